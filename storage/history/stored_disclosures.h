// What opens the personal slots of one event, as stored: with what decides who may see it, so that
// reading parses no token.
#ifndef BONAFIDE_STORAGE_HISTORY_STORED_DISCLOSURES_H_
#define BONAFIDE_STORAGE_HISTORY_STORED_DISCLOSURES_H_

#include <absl/status/statusor.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/event.h"
#include "storage/history/audience.h"

namespace bonafide::storage {

struct StoredDisclosure {
  SlotKind slot = SlotKind::kName;
  std::string encoded;  // secret until its reader may see it
};

// In the annex of the event's entry (storage/history/history_page.h).
struct StoredDisclosures {
  SubjectNumber signer;
  std::optional<SubjectNumber> issuer;
  // In slot order; empty once erased. The rest stays, so that what was erased is told from what was
  // lost.
  std::vector<StoredDisclosure> disclosures;
};

// flags:u8 (1: issuer given) signer:u64 [issuer:u64] then (slot:u8 length:u16 text) for each.
std::string EncodeDisclosures(const StoredDisclosures& stored);
// Error: "data_damaged".
absl::StatusOr<StoredDisclosures> ParseDisclosures(std::string_view bytes);
// The same without the disclosures. Error: "data_damaged".
absl::StatusOr<std::string> ErasedDisclosures(std::string_view bytes);

// What is stored for `event`, whose slots `encoded` opens, in slot order. Preconditions: one for
// each slot, and every slot is known.
StoredDisclosures DisclosuresOf(const registry::Event& event,
                                const std::vector<std::string>& encoded);

// Appends each disclosure `audience` may see and a "~" to `out`. Error: "data_damaged".
absl::Status AppendVisible(std::string_view stored, const Audience& audience,
                           SubjectNumber registered_by, std::string& out);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_HISTORY_STORED_DISCLOSURES_H_
