// The words of the protocol: the text of every enumeration in registry/event.h, and of the event
// types themselves (docs/protocol.md, section 3). One spelling each; these words are in the log.
#ifndef BONAFIDE_REGISTRY_VOCABULARY_H_
#define BONAFIDE_REGISTRY_VOCABULARY_H_

#include <optional>
#include <string>
#include <string_view>

#include "registry/event.h"

namespace bonafide::registry {

std::string_view WordOf(OrganisationKind value);
std::string_view WordOf(Power value);
std::string_view WordOf(Grade value);
std::string_view WordOf(Basis value);
std::string_view WordOf(SanctionKind value);
std::string_view WordOf(ConfirmedHow value);
std::string_view WordOf(RevocationReason value);
std::string_view WordOf(WithdrawalReason value);

// The value that WordOf writes exactly so; nothing for any other text. Defined for each of the
// enumerations above.
template <typename Enum>
std::optional<Enum> ValueNamed(std::string_view word);

// "genesis", "organisation", ... "erasure"; "" for an UnknownEvent.
std::string_view EventTypeOf(const EventBody& body);
// `urn:bonafide:<type>:v1`, for `type` as EventTypeOf gives it.
std::string VctOf(std::string_view type);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_VOCABULARY_H_
