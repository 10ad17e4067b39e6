#include "proto/verdict_codec.h"

#include <optional>
#include <string>

namespace bonafide::proto {
namespace {

using registry::Evidenced;
using registry::Grade;
using registry::LegName;
using registry::Outcome;

v1::Outcome ToProto(Outcome outcome) {
  switch (outcome) {
    case Outcome::kYes:
      return v1::OUTCOME_YES;
    case Outcome::kCannotSay:
      return v1::OUTCOME_CANNOT_SAY;
    case Outcome::kNo:
      return v1::OUTCOME_NO;
  }
  return v1::OUTCOME_UNSPECIFIED;
}

v1::LegName ToProto(LegName name) {
  switch (name) {
    case LegName::kRegistration:
      return v1::LEG_NAME_REGISTRATION;
    case LegName::kTraining:
      return v1::LEG_NAME_TRAINING;
    case LegName::kInsuranceOnDay:
      return v1::LEG_NAME_INSURANCE_ON_DAY;
    case LegName::kInsuranceIfClaimed:
      return v1::LEG_NAME_INSURANCE_IF_CLAIMED;
    case LegName::kStanding:
      return v1::LEG_NAME_STANDING;
  }
  return v1::LEG_NAME_UNSPECIFIED;
}

v1::Grade ToProto(std::optional<Grade> grade) {
  if (!grade) return v1::GRADE_UNSPECIFIED;
  switch (*grade) {
    case Grade::kSelfDeclared:
      return v1::GRADE_SELF_DECLARED;
    case Grade::kDocumentSeen:
      return v1::GRADE_DOCUMENT_SEEN;
    case Grade::kIssuerConfirmed:
      return v1::GRADE_ISSUER_CONFIRMED;
    case Grade::kIssuerSigned:
      return v1::GRADE_ISSUER_SIGNED;
  }
  return v1::GRADE_UNSPECIFIED;
}

std::string ToProto(const std::optional<registry::Day>& day) {
  return day ? day->ToString() : std::string();
}

void Fill(const Evidenced& record, v1::FiledRecord* out) {
  out->set_event_id(record.event.ToString());
  out->set_signer(record.signer.value);
  out->set_grade(ToProto(record.grade));
  out->set_logged_at_ms(record.logged_at_ms);
  out->set_index(record.index.value);
}

void Fill(const registry::Reason& reason, v1::Reason* out) {
  out->set_code(std::string(registry::ReasonCodeText(reason.code)));
  if (reason.record) Fill(*reason.record, out->mutable_record());
  out->set_detail(reason.detail);
}

void Fill(const registry::Leg& leg, v1::Leg* out) {
  out->set_name(ToProto(leg.name));
  out->set_outcome(ToProto(leg.outcome));
  out->set_decides(leg.decides);
  for (const auto& reason : leg.reasons) Fill(reason, out->add_reasons());
  for (const auto& record : leg.rests_on) Fill(record, out->add_rests_on());
  out->set_weakest_grade(ToProto(leg.weakest_grade));
  out->set_holds_until(ToProto(leg.holds_until));
}

}  // namespace

v1::Verdict VerdictToProto(const registry::Verdict& verdict) {
  v1::Verdict message;
  message.set_outcome(ToProto(verdict.outcome));
  for (const auto& leg : verdict.legs) Fill(leg, message.add_legs());
  for (const auto& reason : verdict.warnings) Fill(reason, message.add_warnings());
  for (const auto& reason : verdict.negatives) Fill(reason, message.add_negatives());
  for (const auto& reason : verdict.conditions) Fill(reason, message.add_conditions());
  message.set_weakest_grade(ToProto(verdict.weakest_grade));
  message.set_holds_until(ToProto(verdict.holds_until));
  message.set_update_needed(verdict.update_needed);
  if (verdict.scheme) message.set_scheme(verdict.scheme->value);
  message.set_scheme_version_from(ToProto(verdict.scheme_version_from));
  message.set_as_of(verdict.as_of.ToString());
  message.set_as_of_ms(verdict.as_of_ms);
  return message;
}

}  // namespace bonafide::proto
