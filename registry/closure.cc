#include "registry/closure.h"

#include <algorithm>
#include <string>

#include "certs/reason.h"

namespace bonafide::registry {

std::vector<SubjectNumber> ReferencesOf(const Event& event) {
  std::vector<SubjectNumber> numbers = {event.issuer};
  if (const auto* same = event.As<SamePerson>()) {
    if (event.subject) numbers.push_back(*event.subject);
    numbers.push_back(same->other);
  }
  if (const auto* grant = event.As<Accreditation>(); grant != nullptr && grant->insurer) {
    numbers.push_back(*grant->insurer);
  }
  // It may have been logged under a second subject as well, and is read from there.
  if (event.As<UnknownEvent>() != nullptr && event.subject) numbers.push_back(*event.subject);
  if (const auto named = NamedIssuer(event)) numbers.push_back(*named);
  return numbers;
}

absl::StatusOr<std::vector<SubjectNumber>> Closure(const Question& question,
                                                   const ReferenceSource& source) {
  constexpr size_t kUsual = 16;
  std::vector<SubjectNumber> reached;  // ascending
  std::vector<SubjectNumber> open;
  reached.reserve(kUsual);
  open.reserve(kUsual);
  const auto reach = [&](SubjectNumber number) {
    if (number.value >= source.subject_count()) return;
    const auto at = std::ranges::lower_bound(reached, number);
    if (at != reached.end() && *at == number) return;
    reached.insert(at, number);
    open.push_back(number);
  };
  reach(SubjectNumber{0});
  reach(question.practitioner);
  if (question.at) reach(*question.at);
  const auto scheme = source.Scheme(question.treatment, question.territory);
  if (!scheme.ok()) return scheme.status();
  if (*scheme) reach(**scheme);
  while (!open.empty()) {
    if (reached.size() > kMaxEvidenceSubjects) {
      return Refusal(absl::StatusCode::kResourceExhausted, "evidence_too_large",
                     "the answer would rest on more than " + std::to_string(kMaxEvidenceSubjects) +
                         " subjects");
    }
    const SubjectNumber next = open.back();
    open.pop_back();
    const auto references = source.References(next);
    if (!references.ok()) return references.status();
    for (SubjectNumber number : *references) reach(number);
  }
  return reached;
}

}  // namespace bonafide::registry
