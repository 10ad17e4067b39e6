#include "server/answer/paper_namings.h"

#include <algorithm>
#include <optional>
#include <string>

#include "certs/reason.h"

namespace bonafide::server::answer {
namespace {

std::optional<storage::SubjectNumber> NamedIssuer(const registry::LoggedEvent& event) {
  if (const auto* training = event.As<registry::Training>()) return training->issuer.number;
  if (const auto* insurance = event.As<registry::Insurance>()) return insurance->issuer.number;
  return std::nullopt;
}

}  // namespace

absl::StatusOr<std::vector<storage::PaperNaming>> NamingsOf(const storage::View& view,
                                                            const Digest& paper) {
  const auto references = storage::ReferencesTo(view.snapshot(), paper, kMaxNamings);
  if (!references.ok()) return references.status();
  std::vector<storage::PaperNaming> namings;
  for (const storage::PaperReference& reference : *references) {
    const auto subject = view.FindSubject(reference.event.subject);
    if (!subject.ok()) return subject.status();
    const auto& events = (*subject)->events();
    const auto event = std::ranges::lower_bound(events, reference.event.index, {},
                                                [](const auto& logged) { return logged->index; });
    if (event == events.end() || (*event)->index != reference.event.index) {
      return Damaged("data_damaged", "no event at index " +
                                         std::to_string(reference.event.index.value) +
                                         ", which is said to name a paper");
    }
    namings.push_back(
        {reference,
         {(*event)->event().issuer, NamedIssuer(**event), (*subject)->creation().event().issuer}});
  }
  return namings;
}

}  // namespace bonafide::server::answer
