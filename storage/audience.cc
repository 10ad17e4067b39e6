#include "storage/audience.h"

#include <array>

namespace bonafide::storage {
namespace {

using registry::OrganisationKind;

enum class ShownTo { kEveryone, kParties, kRegistrars, kRegulators };

struct SlotRule {
  SlotKind kind;
  std::string_view name;
  ShownTo shown_to;
};

constexpr std::array<SlotRule, 11> kRules = {{
    {SlotKind::kName, "name", ShownTo::kEveryone},
    {SlotKind::kTown, "town", ShownTo::kEveryone},
    {SlotKind::kPhoto, "photo", ShownTo::kEveryone},
    {SlotKind::kBirthDate, "birth_date", ShownTo::kRegistrars},
    {SlotKind::kNameOnPaper, "name_on_paper", ShownTo::kEveryone},
    {SlotKind::kCertificateNumber, "certificate_number", ShownTo::kParties},
    {SlotKind::kPolicyNumber, "policy_number", ShownTo::kParties},
    {SlotKind::kPapers, "papers", ShownTo::kParties},
    {SlotKind::kPublicPapers, "public_papers", ShownTo::kEveryone},
    {SlotKind::kCasePapers, "case_papers", ShownTo::kRegulators},
    {SlotKind::kText, "text", ShownTo::kEveryone},
}};

const SlotRule& RuleOf(SlotKind slot) { return kRules[static_cast<size_t>(slot) - 1]; }

}  // namespace

std::optional<SlotKind> SlotNamed(std::string_view name) {
  for (const SlotRule& rule : kRules) {
    if (rule.name == name) return rule.kind;
  }
  return std::nullopt;
}

std::string_view NameOf(SlotKind slot) { return RuleOf(slot).name; }

Audience Audience::Everything() {
  Audience audience;
  audience.everything_ = true;
  return audience;
}

bool Audience::MaySee(SlotKind slot, const Parties& parties) const {
  const ShownTo shown_to = RuleOf(slot).shown_to;
  if (everything_ || shown_to == ShownTo::kEveryone) return true;
  if (!organisation_) return false;
  const bool regulator = kind_ == OrganisationKind::kRegulator;
  const bool registrar = regulator || kind_ == OrganisationKind::kRegistrar;
  switch (shown_to) {
    case ShownTo::kEveryone:
      return true;
    case ShownTo::kParties:
      return registrar || *organisation_ == parties.signer || organisation_ == parties.issuer ||
             *organisation_ == parties.registered_by;
    case ShownTo::kRegistrars:
      return registrar;
    case ShownTo::kRegulators:
      return regulator;
  }
  return false;
}

}  // namespace bonafide::storage
