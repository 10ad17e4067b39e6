#include "registry/event.h"

namespace bonafide::registry {

std::optional<SubjectNumber> NamedIssuer(const Event& event) {
  if (const auto* training = event.As<Training>()) return training->issuer.number;
  if (const auto* insurance = event.As<Insurance>()) return insurance->issuer.number;
  return std::nullopt;
}

}  // namespace bonafide::registry
