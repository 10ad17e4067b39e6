// Who may see which personal slot (docs/protocol.md, section 2: the table of slots).
#ifndef BONAFIDE_STORAGE_HISTORY_AUDIENCE_H_
#define BONAFIDE_STORAGE_HISTORY_AUDIENCE_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "merkle/index.h"
#include "registry/event.h"

namespace bonafide::storage {

using merkle::SubjectNumber;

// The slots, as stored: one byte each, never renumbered.
enum class SlotKind : uint8_t {
  kName = 1,
  kTown = 2,
  kPhoto = 3,
  kBirthDate = 4,
  kNameOnPaper = 5,
  kCertificateNumber = 6,
  kPolicyNumber = 7,
  kPapers = 8,
  kPublicPapers = 9,
  kCasePapers = 10,
  kText = 11,
};

// Nothing for a name that is in no slot table.
std::optional<SlotKind> SlotNamed(std::string_view name);
std::string_view NameOf(SlotKind slot);

// The parties to an event with slots.
struct Parties {
  SubjectNumber signer;
  std::optional<SubjectNumber> issuer;  // whom a training or insurance names
  SubjectNumber registered_by;          // the signer of the subject's creation
};

// For whom an answer is made. A value; the default is the public, who gave no identity.
class Audience {
 public:
  Audience() = default;
  // An organisation that has shown its key, with its kind at the head the answer is made from.
  Audience(SubjectNumber organisation, registry::OrganisationKind kind)
      : organisation_(organisation), kind_(kind) {}
  // The register itself: checks, indexes.
  static Audience Everything();

  bool MaySee(SlotKind slot, const Parties& parties) const;
  // Sees what everyone sees, whoever the parties are.
  bool is_public() const { return !everything_ && !organisation_; }

 private:
  std::optional<SubjectNumber> organisation_;
  registry::OrganisationKind kind_ = registry::OrganisationKind::kClinic;
  bool everything_ = false;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_HISTORY_AUDIENCE_H_
