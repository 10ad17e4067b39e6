#include "registry/schema/schemes.h"

#include "registry/schema/member.h"

namespace bonafide::registry::schema {
namespace {

constexpr int64_t kKnownRules = 1;
constexpr Count kGroupCount = {1, 8};
constexpr Count kQualificationCount = {1, 64};
constexpr Count kRefresherCount = {1, 16};
constexpr Count kRequirementCount = {1, 16};
constexpr IntegerForm kDaysForm = {0, 36'500};
constexpr IntegerForm kMonthsForm = {1, 600};
constexpr IntegerForm kLevelForm = {0, 8};

std::optional<int> Narrow(std::optional<int64_t> value) {
  return value ? std::optional<int>(static_cast<int>(*value)) : std::nullopt;
}

Qualification ReadQualification(Claims& claims) {
  Qualification out;
  out.number = claims.Required("number", RecognitionForm());
  out.title = claims.Required("title", TextForm());
  out.framework = claims.Required("framework", CodeForm());
  out.level = static_cast<int>(claims.Required("level", kLevelForm));
  out.owner = claims.Required("owner", RecognitionForm());
  out.operational_start = claims.Optional("operational_start", DayForm());
  out.certification_end = claims.Optional("certification_end", DayForm());
  out.awarded_from = claims.Optional("awarded_from", DayForm());
  out.awarded_to = claims.Optional("awarded_to", DayForm());
  out.accepted_until = claims.Optional("accepted_until", DayForm());
  out.valid_for_months = Narrow(claims.Optional("valid_for_months", kMonthsForm));
  out.refreshers = claims.OptionalArray("refreshers", kRefresherCount, RecognitionForm());
  return out;
}

void Write(const Qualification& qualification, Json::Members& members) {
  Put(members, "number", qualification.number);
  Put(members, "title", qualification.title);
  Put(members, "framework", qualification.framework);
  Put(members, "level", qualification.level);
  Put(members, "owner", qualification.owner);
  Put(members, "operational_start", qualification.operational_start);
  Put(members, "certification_end", qualification.certification_end);
  Put(members, "awarded_from", qualification.awarded_from);
  Put(members, "awarded_to", qualification.awarded_to);
  Put(members, "accepted_until", qualification.accepted_until);
  Put(members, "valid_for_months", qualification.valid_for_months);
  PutUnlessEmpty(members, "refreshers", qualification.refreshers);
}

TrainingGroup ReadGroup(Claims& claims) {
  TrainingGroup out;
  out.name = claims.Required("name", TextForm());
  out.any_of = claims.RequiredObjects("any_of", kQualificationCount, ReadQualification);
  return out;
}

void Write(const TrainingGroup& group, Json::Members& members) {
  Put(members, "name", group.name);
  Put(members, "any_of",
      ObjectsOf(group.any_of,
                [](const Qualification& each, Json::Members& inner) { Write(each, inner); }));
}

CoverRequirement ReadRequirement(Claims& claims) {
  CoverRequirement out;
  out.section = claims.Required("section", CodeForm());
  out.currency = claims.Required("currency", CurrencyForm());
  out.per_claim_minor = claims.Required("per_claim_minor", kAmountForm);
  out.aggregate_minor = claims.Optional("aggregate_minor", kAmountForm);
  return out;
}

void Write(const CoverRequirement& requirement, Json::Members& members) {
  Put(members, "section", requirement.section);
  Put(members, "currency", requirement.currency);
  Put(members, "per_claim_minor", requirement.per_claim_minor);
  Put(members, "aggregate_minor", requirement.aggregate_minor);
}

}  // namespace

EventBody ReadScheme(Claims& claims) {
  SchemeCreated body;
  body.treatment = claims.Required("treatment", CodeForm());
  body.territory = claims.Required("territory", CodeForm());
  body.name = claims.Required("name", TextForm());
  return body;
}

void Write(const SchemeCreated& body, Json::Members& members) {
  Put(members, "treatment", body.treatment);
  Put(members, "territory", body.territory);
  Put(members, "name", body.name);
}

EventBody ReadSchemeVersion(Claims& claims) {
  SchemeVersion body;
  body.rules = claims.Required("rules", IntegerForm{1, kMaxNumber});
  if (body.rules != kKnownRules) {
    claims.IgnoreOthers();
    return body;
  }
  body.from = claims.Required("from", DayForm());
  body.zone = claims.Required("zone", TextForm{64});
  body.training = claims.RequiredObjects("training", kGroupCount, ReadGroup);
  body.training_grade = claims.Required("training_grade", WordForm<Grade>());
  body.training_max_age_days = Narrow(claims.Optional("training_max_age_days", kDaysForm));
  body.insurance = claims.RequiredObjects("insurance", kRequirementCount, ReadRequirement);
  body.insurance_grade = claims.Required("insurance_grade", WordForm<Grade>());
  body.insurance_max_age_days = Narrow(claims.Optional("insurance_max_age_days", kDaysForm));
  body.own_clinic_may_attest = claims.Required("own_clinic_may_attest", BooleanForm());
  body.spent_after_days = static_cast<int>(claims.Required("spent_after_days", kDaysForm));
  return body;
}

void Write(const SchemeVersion& body, Json::Members& members) {
  Put(members, "rules", body.rules);
  if (body.rules != kKnownRules) return;
  Put(members, "from", body.from);
  Put(members, "zone", body.zone);
  Put(members, "training",
      ObjectsOf(body.training,
                [](const TrainingGroup& each, Json::Members& inner) { Write(each, inner); }));
  Put(members, "training_grade", body.training_grade);
  Put(members, "training_max_age_days", body.training_max_age_days);
  Put(members, "insurance",
      ObjectsOf(body.insurance,
                [](const CoverRequirement& each, Json::Members& inner) { Write(each, inner); }));
  Put(members, "insurance_grade", body.insurance_grade);
  Put(members, "insurance_max_age_days", body.insurance_max_age_days);
  Put(members, "own_clinic_may_attest", body.own_clinic_may_attest);
  Put(members, "spent_after_days", body.spent_after_days);
}

}  // namespace bonafide::registry::schema
