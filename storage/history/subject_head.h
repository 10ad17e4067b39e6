// The head of a subject: the small row that says how much there has to be, so that a lost part is
// seen, and from which the state tree is made without reading any entry. Which subjects belong to
// an answer is asked of the heads of residents only; of another subject, its pages say it.
#ifndef BONAFIDE_STORAGE_HISTORY_SUBJECT_HEAD_H_
#define BONAFIDE_STORAGE_HISTORY_SUBJECT_HEAD_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "certs/digest.h"
#include "merkle/frontier.h"
#include "registry/subject.h"
#include "storage/database/schema.h"

namespace bonafide::storage {

struct SubjectHead {
  registry::SubjectKind kind = registry::SubjectKind::kUnknown;
  SubjectNumber created_by;               // the signer of its creation
  registry::EventId anchor;               // the identity of its creation
  TreeSize log_size;                      // of the log with the subject's last entry
  merkle::Frontier frontier;              // over the leaf hashes of its entries
  uint64_t stored_bytes = 0;              // entries and disclosures together, as they travel
  uint32_t disclosure_rows = 0;           // events with personal slots, erased ones included
  std::vector<SubjectNumber> references;  // registry::ReferencesOf over all entries: a sorted set

  uint64_t entries() const { return frontier.size().value; }
  // Adds references, keeping them a sorted set.
  void Refer(const std::vector<SubjectNumber>& numbers);
  bool operator==(const SubjectHead&) const = default;
};

// kind:u8 created_by:u64 anchor:32 bytes log_size:u64 stored_bytes:u64 disclosure_rows:u32
// count:u32 references:u64 x count, serialised frontier.
std::string EncodeSubjectHead(const SubjectHead& head);
// Error: "data_damaged" for anything else, and for no entries.
absl::StatusOr<SubjectHead> ParseSubjectHead(std::string_view bytes);

// The subject's leaf in the state tree.
Digest StateLeafOf(SubjectNumber subject, const SubjectHead& head);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_HISTORY_SUBJECT_HEAD_H_
