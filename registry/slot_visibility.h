// Who may see what is disclosed in a personal slot (docs/protocol.md, section 2).
#ifndef BONAFIDE_REGISTRY_SLOT_VISIBILITY_H_
#define BONAFIDE_REGISTRY_SLOT_VISIBILITY_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "registry/event.h"

namespace bonafide::registry {

// From the widest to the narrowest; each includes the ones after it.
enum class Audience : uint8_t {
  kEveryone,
  kParties,     // signer, named issuer, the organisation that registered the practitioner
  kRegistrars,  // and regulators
  kRegulators,
};

// To whom slot `name` is shown. A slot this version does not know is for regulators only.
Audience AudienceOf(std::string_view name);

// An organisation of the register that has proven who it is.
struct Reader {
  SubjectNumber number;
  OrganisationKind kind = OrganisationKind::kClinic;
};

// Whether `reader` (nothing: the public) may see slot `name` of `event`. `registered_by` signed the
// creation of the practitioner whose event it is.
bool MaySeeSlot(std::string_view name, const Event& event, SubjectNumber registered_by,
                const std::optional<Reader>& reader);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_SLOT_VISIBILITY_H_
