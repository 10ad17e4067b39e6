#include "client/verdict_json.h"

#include <string>
#include <utility>

#include "client/lookup.h"
#include "registry/registration_number.h"
#include "registry/vocabulary.h"

namespace bonafide::client {
namespace {

using certs::Json;

void Put(Json::Members& members, const char* name, Json value) {
  members.push_back({name, std::move(value)});
}
void Put(Json::Members& members, const char* name, std::string_view value) {
  members.push_back({name, Json::String(value)});
}

Json NumberJson(uint64_t value) { return Json::Integer(static_cast<int64_t>(value)); }

Json RecordJson(const registry::Evidenced& record) {
  Json::Members members;
  Put(members, "event", record.event.ToString());
  Put(members, "signer", registry::RegistrationNumber(record.signer));
  if (record.grade) Put(members, "grade", registry::WordOf(*record.grade));
  Put(members, "logged_at_ms", Json::Integer(record.logged_at_ms));
  Put(members, "index", NumberJson(record.index.value));
  return Json::Object(std::move(members));
}

Json ReasonsJson(const std::vector<registry::Reason>& reasons, const registry::Question& question,
                 const registry::Proven& proven) {
  Json::Items items;
  for (const registry::Reason& reason : reasons) {
    Json::Members members;
    Put(members, "code", registry::ReasonCodeText(reason.code));
    Put(members, "text", ReasonWords(reason, question.practitioner, *proven.world));
    if (!reason.detail.empty()) Put(members, "detail", reason.detail);
    if (reason.record) Put(members, "record", RecordJson(*reason.record));
    items.push_back(Json::Object(std::move(members)));
  }
  return Json::Array(std::move(items));
}

Json LegJson(const registry::Leg& leg, const registry::Question& question,
             const registry::Proven& proven) {
  Json::Members members;
  Put(members, "leg", registry::LegNameText(leg.name));
  Put(members, "outcome", registry::OutcomeName(leg.outcome));
  Put(members, "decides", Json::Bool(leg.decides));
  Put(members, "reasons", ReasonsJson(leg.reasons, question, proven));
  Json::Items rests_on;
  for (const registry::Evidenced& record : leg.rests_on) rests_on.push_back(RecordJson(record));
  Put(members, "rests_on", Json::Array(std::move(rests_on)));
  if (leg.weakest_grade) Put(members, "weakest_grade", registry::WordOf(*leg.weakest_grade));
  if (leg.holds_until) Put(members, "holds_until", leg.holds_until->ToString());
  return Json::Object(std::move(members));
}

}  // namespace

Json QuestionJson(const registry::Question& question) {
  Json::Members members;
  Put(members, "practitioner", registry::RegistrationNumber(question.practitioner));
  Put(members, "treatment", question.treatment);
  Put(members, "territory", question.territory);
  Put(members, "on", question.on.ToString());
  if (question.claim_on) Put(members, "claim_on", question.claim_on->ToString());
  if (question.at) Put(members, "at", registry::RegistrationNumber(*question.at));
  if (question.under_18) Put(members, "under_18", Json::Bool(true));
  if (question.known_at_ms) Put(members, "known_at_ms", Json::Integer(*question.known_at_ms));
  return Json::Object(std::move(members));
}

Json VerdictJson(const registry::Question& question, const registry::Proven& proven,
                 AnswerKind kind) {
  const auto& verdict = proven.verdict;
  Json::Members members;
  Put(members, "outcome", registry::OutcomeName(verdict.outcome));
  Put(members, "current", Json::Bool(kind == AnswerKind::kNow));
  Put(members, "text", WordsOf(question, proven, kind).headline);
  Put(members, "question", QuestionJson(question));
  if (const auto name = ProvenName(proven, question.practitioner)) Put(members, "name", *name);
  Json::Items legs;
  for (const registry::Leg& leg : verdict.legs) legs.push_back(LegJson(leg, question, proven));
  Put(members, "legs", Json::Array(std::move(legs)));
  Put(members, "reasons", ReasonsJson(verdict.reasons, question, proven));
  Put(members, "warnings", ReasonsJson(verdict.warnings, question, proven));
  Put(members, "negatives", ReasonsJson(verdict.negatives, question, proven));
  Put(members, "conditions", ReasonsJson(verdict.conditions, question, proven));
  if (verdict.weakest_grade) {
    Put(members, "weakest_grade", registry::WordOf(*verdict.weakest_grade));
  }
  if (verdict.holds_until) Put(members, "holds_until", verdict.holds_until->ToString());
  Put(members, "update_needed", Json::Bool(verdict.update_needed));
  if (verdict.scheme) Put(members, "scheme", registry::RegistrationNumber(*verdict.scheme));
  if (verdict.scheme_version_from) {
    Put(members, "scheme_version_from", verdict.scheme_version_from->ToString());
  }
  Put(members, "as_of_ms", Json::Integer(verdict.as_of_ms));
  Put(members, "head_size", NumberJson(proven.checkpoint.size.value));
  Put(members, "head_root", proven.checkpoint.root.Hex());
  Put(members, "head_time_ms", Json::Integer(proven.head_time_ms));
  return Json::Object(std::move(members));
}

}  // namespace bonafide::client
