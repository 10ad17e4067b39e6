#include "client/lookup.h"

#include "certs/reason.h"
#include "client/wording.h"
#include "registry/effect.h"
#include "registry/held_name.h"
#include "registry/registration_number.h"

namespace bonafide::client {
namespace {

// A question about a subject as such: no scheme has this treatment, so its evidence is the subject,
// what it refers to, and nothing else.
registry::Question AboutSubject(merkle::SubjectNumber number, int64_t now_ms) {
  registry::Question question;
  question.practitioner = number;
  question.treatment = "none";
  question.territory = "none";
  question.on = registry::Day::OfTime(now_ms);
  return question;
}

// What came does not prove what it should: never an answer, whatever it says.
absl::Status Unproven(const absl::Status& status) {
  return Damaged(ReasonOf(status),
                 "the register's answer proves nothing: " +
                     std::string(status.message().data(), status.message().size()));
}

}  // namespace

absl::StatusOr<Answer> Lookup::Ask(const registry::Question& question, Head head) const {
  auto evidence = remote_.Verify(question, head);
  // That something is not there is a claim as any other, and nothing came that proves it.
  if (absl::IsNotFound(evidence.status())) return Unproven(evidence.status());
  if (!evidence.ok()) return evidence.status();
  auto proven = registry::VerifyEvidence(trust_.anchors, *evidence, question, clock_(),
                                         registry::Freshness::kCurrent);
  if (!proven.ok()) return Unproven(proven.status());
  const auto relation = memory_.Compare(evidence->checkpoint, remote_);
  if (!relation.ok()) return relation.status();
  return Answer{question, *std::move(evidence), *std::move(proven), *relation};
}

absl::StatusOr<Answer> Lookup::Show(merkle::SubjectNumber number, Head head) const {
  auto answer = Ask(AboutSubject(number, clock_()), head);
  if (!answer.ok()) return answer.status();
  if (answer->proven.world->Find(number) == nullptr) {
    return Refusal(absl::StatusCode::kNotFound, "subject_unknown",
                   "number " + registry::RegistrationNumber(number) + " had not been given by " +
                       TimeWords(answer->proven.head_time_ms) + ": the register has proven it");
  }
  return answer;
}

absl::StatusOr<registry::Proven> CheckSaved(const Trust& trust, const registry::Evidence& evidence,
                                            const registry::Question& question, int64_t now_ms) {
  return registry::VerifyEvidence(trust.anchors, evidence, question, now_ms,
                                  registry::Freshness::kSaved);
}

std::optional<std::string> ProvenName(const registry::Proven& proven,
                                      merkle::SubjectNumber practitioner) {
  const registry::Subject* subject = proven.world->Find(practitioner);
  if (subject == nullptr) return std::nullopt;
  const registry::Effect effect(*proven.world, proven.verdict.as_of_ms);
  return registry::HeldName(effect, *subject, proven.slots, proven.verdict.as_of);
}

}  // namespace bonafide::client
