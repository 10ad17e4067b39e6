#include "registry/schema/records.h"

#include "registry/schema/member.h"

namespace bonafide::registry::schema {
namespace {

constexpr Count kTerritoryCount = {1, 64};
constexpr Count kSectionCount = {1, 16};
constexpr Count kTreatmentCount = {1, 128};
constexpr Count kExclusionCount = {1, 3};
constexpr std::string_view kUnlimited = "unlimited";
constexpr std::string_view kUnder18 = "under_18";
constexpr std::string_view kNoPatchTest = "no_patch_test";
constexpr std::string_view kNoConsent = "no_consent";

bool IsExclusion(std::string_view text) {
  return text == kUnder18 || text == kNoPatchTest || text == kNoConsent;
}

struct RetroactiveForm {
  using Value = Retroactive;
  static constexpr Json::Kind kKind = Json::Kind::kString;
  std::optional<Value> operator()(const Json& json) const {
    if (*json.AsString() == kUnlimited) return Retroactive{true, Day()};
    const std::optional<Day> since = DayForm()(json);
    return since ? std::optional<Value>(Retroactive{false, *since}) : std::nullopt;
  }
};

IssuerName ReadIssuer(Claims& claims) {
  IssuerName issuer;
  claims.RequiredObject("issuer", [&issuer](Claims& inner) {
    issuer.name = inner.Required("name", TextForm());
    issuer.recognition = inner.Optional("recognition", RecognitionForm());
    issuer.number = inner.Optional("number", SubjectForm());
  });
  return issuer;
}

Json WriteIssuer(const IssuerName& issuer) {
  Json::Members members;
  Put(members, "name", issuer.name);
  Put(members, "recognition", issuer.recognition);
  Put(members, "number", issuer.number);
  return Json::Object(std::move(members));
}

// A member that occurs with one grade and no other.
void RequireWithGrade(Claims& claims, std::string_view name, bool given, bool wanted) {
  if (wanted && !given) claims.Fail("claim_missing", name, "this grade needs it");
  if (given && !wanted) claims.Fail("claim_conflict", name, "not with this grade");
}

Provenance ReadProvenance(Claims& claims) {
  Provenance out;
  out.grade = claims.Required("grade", WordForm<Grade>());
  out.seen_on = claims.Optional("seen_on", DayForm());
  claims.OptionalObject("confirmed", [&out](Claims& inner) {
    out.confirmed.emplace();
    out.confirmed->with = inner.Required("with", TextForm());
    out.confirmed->on = inner.Required("on", DayForm());
    out.confirmed->how = inner.Required("how", WordForm<ConfirmedHow>());
  });
  RequireWithGrade(claims, "seen_on", out.seen_on.has_value(), out.grade == Grade::kDocumentSeen);
  RequireWithGrade(claims, "confirmed", out.confirmed.has_value(),
                   out.grade == Grade::kIssuerConfirmed);
  return out;
}

void WriteProvenance(const Provenance& provenance, Json::Members& members) {
  Put(members, "grade", provenance.grade);
  Put(members, "seen_on", provenance.seen_on);
  if (!provenance.confirmed) return;
  Json::Members confirmed;
  Put(confirmed, "with", provenance.confirmed->with);
  Put(confirmed, "on", provenance.confirmed->on);
  Put(confirmed, "how", provenance.confirmed->how);
  Put(members, "confirmed", Json::Object(std::move(confirmed)));
}

CoverSection ReadSection(Claims& claims) {
  CoverSection out;
  out.section = claims.Required("section", CodeForm());
  out.currency = claims.Required("currency", CurrencyForm());
  out.per_claim_minor = claims.Optional("per_claim_minor", kAmountForm);
  out.aggregate_minor = claims.Optional("aggregate_minor", kAmountForm);
  out.excess_minor = claims.Optional("excess_minor", kAmountForm);
  return out;
}

void WriteSection(const CoverSection& section, Json::Members& members) {
  Put(members, "section", section.section);
  Put(members, "currency", section.currency);
  Put(members, "per_claim_minor", section.per_claim_minor);
  Put(members, "aggregate_minor", section.aggregate_minor);
  Put(members, "excess_minor", section.excess_minor);
}

CoveredTreatment ReadTreatment(Claims& claims) {
  CoveredTreatment out;
  out.treatment = claims.Required("treatment", CodeForm());
  for (const std::string& exclusion :
       claims.OptionalArray("excludes", kExclusionCount, StringForm<&IsExclusion>())) {
    out.excludes_under_18 |= exclusion == kUnder18;
    out.excludes_no_patch_test |= exclusion == kNoPatchTest;
    out.excludes_no_consent |= exclusion == kNoConsent;
  }
  return out;
}

void WriteTreatment(const CoveredTreatment& treatment, Json::Members& members) {
  Put(members, "treatment", treatment.treatment);
  std::vector<std::string> excludes;
  if (treatment.excludes_under_18) excludes.emplace_back(kUnder18);
  if (treatment.excludes_no_patch_test) excludes.emplace_back(kNoPatchTest);
  if (treatment.excludes_no_consent) excludes.emplace_back(kNoConsent);
  PutUnlessEmpty(members, "excludes", excludes);
}

// The claims that say when a policy answers.
void ReadPeriod(Claims& claims, Insurance& body) {
  body.basis = claims.Required("basis", WordForm<Basis>());
  body.from = claims.Required("from", DayForm());
  body.until = claims.Required("until", DayForm());
  body.retroactive = claims.Optional("retroactive", RetroactiveForm());
  body.extended_until = claims.Optional("extended_until", DayForm());
  claims.RequireOrder("until", body.from, body.until);
  claims.RequireOrder("extended_until", body.until, body.extended_until);
  if (body.basis == Basis::kClaimsMade) return;
  if (body.retroactive) claims.Fail("claim_conflict", "retroactive", "only with claims_made");
  if (body.extended_until) claims.Fail("claim_conflict", "extended_until", "only with claims_made");
}

}  // namespace

EventBody ReadTraining(Claims& claims) {
  Training body;
  body.framework = claims.Required("framework", CodeForm());
  body.level = static_cast<int>(claims.Required("level", IntegerForm{0, 8}));
  body.qualification = claims.Required("qualification", RecognitionForm());
  body.title = claims.Required("title", TextForm());
  body.issuer = ReadIssuer(claims);
  body.awarded_on = claims.Required("awarded_on", DayForm());
  body.provenance = ReadProvenance(claims);
  body.replaces = claims.Optional("replaces", EventIdForm());
  return body;
}

void Write(const Training& body, Json::Members& members) {
  Put(members, "framework", body.framework);
  Put(members, "level", body.level);
  Put(members, "qualification", body.qualification);
  Put(members, "title", body.title);
  Put(members, "issuer", WriteIssuer(body.issuer));
  Put(members, "awarded_on", body.awarded_on);
  WriteProvenance(body.provenance, members);
  Put(members, "replaces", body.replaces);
}

EventBody ReadInsurance(Claims& claims) {
  Insurance body;
  body.issuer = ReadIssuer(claims);
  body.intermediary = claims.Optional("intermediary", TextForm());
  ReadPeriod(claims, body);
  body.territories = claims.RequiredArray("territories", kTerritoryCount, CodeForm());
  body.sections = claims.RequiredObjects("sections", kSectionCount, ReadSection);
  claims.RefuseTwice(
      "sections", body.sections,
      [](const CoverSection& each) -> const auto& { return each.section; });
  body.treatments = claims.RequiredObjects("treatments", kTreatmentCount, ReadTreatment);
  claims.RefuseTwice(
      "treatments", body.treatments,
      [](const CoveredTreatment& each) -> const auto& { return each.treatment; });
  body.not_covered = claims.OptionalArray("not_covered", kTreatmentCount, CodeForm());
  body.policyholder = claims.Optional("policyholder", SubjectForm());
  body.only_while_working_for = claims.Optional("only_while_working_for", SubjectForm());
  body.provenance = ReadProvenance(claims);
  body.replaces = claims.Optional("replaces", EventIdForm());
  return body;
}

void Write(const Insurance& body, Json::Members& members) {
  Put(members, "issuer", WriteIssuer(body.issuer));
  Put(members, "intermediary", body.intermediary);
  Put(members, "basis", body.basis);
  Put(members, "from", body.from);
  Put(members, "until", body.until);
  if (body.retroactive) {
    Put(members, "retroactive",
        body.retroactive->unlimited ? std::string(kUnlimited) : body.retroactive->since.ToString());
  }
  Put(members, "extended_until", body.extended_until);
  Put(members, "territories", body.territories);
  Put(members, "sections", ObjectsOf(body.sections, WriteSection));
  Put(members, "treatments", ObjectsOf(body.treatments, WriteTreatment));
  PutUnlessEmpty(members, "not_covered", body.not_covered);
  Put(members, "policyholder", body.policyholder);
  Put(members, "only_while_working_for", body.only_while_working_for);
  WriteProvenance(body.provenance, members);
  Put(members, "replaces", body.replaces);
}

}  // namespace bonafide::registry::schema
