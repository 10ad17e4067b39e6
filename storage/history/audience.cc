#include "storage/history/audience.h"

#include <array>

#include "registry/slot_visibility.h"

namespace bonafide::storage {
namespace {

using registry::OrganisationKind;

// In the order of SlotKind.
constexpr std::array<std::string_view, 11> kNames = {
    "name",          "town",          "photo",
    "birth_date",    "name_on_paper", "certificate_number",
    "policy_number", "papers",        "public_papers",
    "case_papers",   "text"};

// Asked for every slot of every answer, so looked up by name only once.
registry::Audience ShownTo(SlotKind slot) {
  static const auto shown_to = [] {
    std::array<registry::Audience, kNames.size()> all;
    for (size_t i = 0; i < kNames.size(); ++i) all[i] = registry::AudienceOf(kNames[i]);
    return all;
  }();
  return shown_to[static_cast<size_t>(slot) - 1];
}

}  // namespace

std::optional<SlotKind> SlotNamed(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<SlotKind>(i + 1);
  }
  return std::nullopt;
}

std::string_view NameOf(SlotKind slot) { return kNames[static_cast<size_t>(slot) - 1]; }

Audience Audience::Everything() {
  Audience audience;
  audience.everything_ = true;
  return audience;
}

bool Audience::MaySee(SlotKind slot, const Parties& parties) const {
  const registry::Audience shown_to = ShownTo(slot);
  if (everything_ || shown_to == registry::Audience::kEveryone) return true;
  if (!organisation_) return false;
  if (kind_ == OrganisationKind::kRegulator) return true;
  const bool registrar = kind_ == OrganisationKind::kRegistrar;
  switch (shown_to) {
    case registry::Audience::kEveryone:
      return true;
    case registry::Audience::kParties:
      return registrar || *organisation_ == parties.signer || organisation_ == parties.issuer ||
             *organisation_ == parties.registered_by;
    case registry::Audience::kRegistrars:
      return registrar;
    case registry::Audience::kRegulators:
      return false;
  }
  return false;
}

}  // namespace bonafide::storage
