#include "registry/slot_visibility.h"

#include <algorithm>
#include <array>

namespace bonafide::registry {
namespace {

struct Row {
  std::string_view name;
  Audience audience;
};

constexpr auto kTable = std::to_array<Row>({
    {"name", Audience::kEveryone},
    {"town", Audience::kEveryone},
    {"photo", Audience::kEveryone},
    {"birth_date", Audience::kRegistrars},
    {"name_on_paper", Audience::kEveryone},
    {"certificate_number", Audience::kParties},
    {"policy_number", Audience::kParties},
    {"papers", Audience::kParties},
    {"public_papers", Audience::kEveryone},
    {"case_papers", Audience::kRegulators},
    {"text", Audience::kEveryone},
});

// The narrowest audience `reader` belongs to for `event`.
Audience StandingOf(const Event& event, SubjectNumber registered_by,
                    const std::optional<Reader>& reader) {
  if (!reader) return Audience::kEveryone;
  if (reader->kind == OrganisationKind::kRegulator) return Audience::kRegulators;
  if (reader->kind == OrganisationKind::kRegistrar) return Audience::kRegistrars;
  const bool is_party = reader->number == event.issuer || reader->number == registered_by ||
                        NamedIssuer(event) == reader->number;
  return is_party ? Audience::kParties : Audience::kEveryone;
}

}  // namespace

Audience AudienceOf(std::string_view name) {
  const auto found = std::ranges::find(kTable, name, &Row::name);
  return found == kTable.end() ? Audience::kRegulators : found->audience;
}

bool MaySeeSlot(std::string_view name, const Event& event, SubjectNumber registered_by,
                const std::optional<Reader>& reader) {
  return AudienceOf(name) <= StandingOf(event, registered_by, reader);
}

}  // namespace bonafide::registry
