#include "proto/question_codec.h"

#include "proto/field.h"
#include "registry/text_rules.h"

namespace bonafide::proto {
namespace {

constexpr uint64_t kMaxNumber = (uint64_t{1} << 53) - 1;
constexpr char kReason[] = "question";

}  // namespace

absl::StatusOr<registry::Question> QuestionFromProto(const v1::Question& message) {
  registry::Question question;
  if (message.practitioner() > kMaxNumber) {
    return MalformedField("practitioner", kReason, "above 2^53 - 1");
  }
  question.practitioner.value = message.practitioner();
  if (!registry::IsCode(message.treatment())) {
    return MalformedField("treatment", kReason, "not a code such as scalp_micropigmentation");
  }
  question.treatment = message.treatment();
  if (!registry::IsCode(message.territory())) {
    return MalformedField("territory", kReason, "not a code such as gb-eng");
  }
  question.territory = message.territory();
  const auto on = registry::Day::Parse(message.on());
  if (!on.ok()) return MalformedField("on", kReason, "not a day in the form YYYY-MM-DD");
  question.on = *on;
  if (!message.claim_on().empty()) {
    const auto claim_on = registry::Day::Parse(message.claim_on());
    if (!claim_on.ok()) {
      return MalformedField("claim_on", kReason, "not a day in the form YYYY-MM-DD");
    }
    if (*claim_on < *on) return MalformedField("claim_on", kReason, "before the treatment");
    question.claim_on = *claim_on;
  }
  if (message.has_at()) {
    if (message.at() > kMaxNumber) return MalformedField("at", kReason, "above 2^53 - 1");
    question.at = merkle::SubjectNumber{message.at()};
  }
  question.under_18 = message.under_18();
  if (message.has_known_at_ms()) {
    if (message.known_at_ms() < 0 || message.known_at_ms() > static_cast<int64_t>(kMaxNumber)) {
      return MalformedField("known_at_ms", kReason, "negative or above 2^53 - 1");
    }
    question.known_at_ms = message.known_at_ms();
  }
  return question;
}

v1::Question QuestionToProto(const registry::Question& question) {
  v1::Question message;
  message.set_practitioner(question.practitioner.value);
  message.set_treatment(question.treatment);
  message.set_territory(question.territory);
  message.set_on(question.on.ToString());
  if (question.claim_on) message.set_claim_on(question.claim_on->ToString());
  if (question.at) message.set_at(question.at->value);
  message.set_under_18(question.under_18);
  if (question.known_at_ms) message.set_known_at_ms(*question.known_at_ms);
  return message;
}

}  // namespace bonafide::proto
