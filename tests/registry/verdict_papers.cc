#include "tests/registry/verdict_papers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "registry/vocabulary.h"

namespace bonafide::registry {
namespace {

constexpr char kScalp[] = "999/0001/4";
constexpr int64_t kUsualLimitMinor = 100'000'000;

// The qualifications of the example land. The last has a wrong check digit.
std::string TitleOf(const std::string& number) {
  static const std::map<std::string, std::string> kTitles = {
      {kScalp, "Level 4 Certificate in Scalp Pigmentation"},
      {"999/0002/6", "Level 4 Certificate in Face Pigmentation"},
      {"999/0003/8", "Level 4 Award in Scalp Tinting"},
      {"999/0004/X", "Scalp Pigmentation Refresher"},
      {"999/0005/1", "Level 4 Award in Infection Control"},
      {"999/0007/0", "Level 4 Diploma in Scalp Pigmentation"}};
  const auto found = kTitles.find(number);
  if (found == kTitles.end()) ADD_FAILURE() << "no qualification " << number;
  return found == kTitles.end() ? "" : found->second;
}

Grade GradeIn(const std::string& word) {
  const auto grade = ValueNamed<Grade>(word);
  if (!grade) ADD_FAILURE() << '"' << word << "\" is no grade";
  return grade.value_or(Grade::kSelfDeclared);
}

Qualification UsualQualification(const std::string& number) {
  Qualification accepted;
  accepted.number = number;
  accepted.title = TitleOf(number);
  accepted.framework = "RQF";
  accepted.level = 4;
  accepted.owner = "EX1001";
  return accepted;
}

CoverRequirement UsualRequirement(const std::string& section) {
  return {section, "GBP", kUsualLimitMinor, std::nullopt};
}

// The phrases by which a paper says how it is known; the usual paper is signed by its issuer.
PhraseTable ProvenancePhrases(PaperFiled& paper, Provenance& provenance) {
  return {{"declared by",
           [&](const std::string& who) {
             paper.by = who;
             provenance.grade = Grade::kSelfDeclared;
           }},
          {"seen by",
           [&](const std::string& said) {
             paper.by = SplitText(said, " on ").front();
             provenance.grade = Grade::kDocumentSeen;
             provenance.seen_on = DayIn(SplitText(said, " on ").back());
           }},
          {"confirmed by",
           [&](const std::string& said) {
             paper.by = SplitText(said, " on ").front();
             provenance.grade = Grade::kIssuerConfirmed;
             provenance.confirmed = {"the issuer's office", DayIn(SplitText(said, " on ").back()),
                                     ConfirmedHow::kTelephone};
           }},
          {"signed by", [&](const std::string& who) { paper.by = who; }},
          {"name on paper", [&](const std::string& name) { paper.name_on_paper = name; }},
          {"filed", [](const std::string&) {}}};
}

PhraseTable Joined(PhraseTable a, const PhraseTable& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace

SchemeVersion RulesOf(const VerdictLine& line) {
  SchemeVersion rules;
  rules.from = DayIn("2020-01-01");
  rules.zone = "Example/Capital";
  rules.training = {{"scalp", {UsualQualification(kScalp)}}};
  rules.insurance = {UsualRequirement("treatment_risk"), UsualRequirement("public_liability")};
  const auto last = [&rules]() -> Qualification& { return rules.training.back().any_of.back(); };
  DoPhrases(
      line.phrases,
      {{"filed", [](const std::string&) {}},
       {"usual", [](const std::string&) {}},
       {"from", [&](const std::string& day) { rules.from = DayIn(day); }},
       {"in a newer language", [&](const std::string&) { rules.rules = 2; }},
       {"or",
        [&](const std::string& number) {
          rules.training.back().any_of.push_back(UsualQualification(number));
        }},
       {"and also",
        [&](const std::string& number) {
          rules.training.push_back({"hygiene", {UsualQualification(number)}});
        }},
       {"operational from", [&](const std::string& day) { last().operational_start = DayIn(day); }},
       {"certified until", [&](const std::string& day) { last().certification_end = DayIn(day); }},
       {"awarded from", [&](const std::string& day) { last().awarded_from = DayIn(day); }},
       {"awarded to", [&](const std::string& day) { last().awarded_to = DayIn(day); }},
       {"accepted until", [&](const std::string& day) { last().accepted_until = DayIn(day); }},
       {"valid for months",
        [&](const std::string& months) { last().valid_for_months = NumberIn(months); }},
       {"refreshed by", [&](const std::string& number) { last().refreshers.push_back(number); }},
       {"training grade", [&](const std::string& word) { rules.training_grade = GradeIn(word); }},
       {"insurance grade", [&](const std::string& word) { rules.insurance_grade = GradeIn(word); }},
       {"training age days",
        [&](const std::string& days) { rules.training_max_age_days = NumberIn(days); }},
       {"insurance age days",
        [&](const std::string& days) { rules.insurance_max_age_days = NumberIn(days); }},
       {"own clinic may attest", [&](const std::string&) { rules.own_clinic_may_attest = true; }},
       {"aggregate too",
        [&](const std::string&) { rules.insurance.front().aggregate_minor = kUsualLimitMinor; }}});
  if (rules.rules == 1) return rules;
  SchemeVersion unreadable;
  unreadable.rules = rules.rules;
  return unreadable;
}

PaperFiled TrainingOf(const VerdictLine& line, const VerdictRegister& world) {
  PaperFiled paper{"the awarding body", "Ada Example", {}};
  Training training;
  training.framework = "RQF";
  training.level = 4;
  training.qualification = kScalp;
  training.issuer = {"Example Awarding Body", std::nullopt, world.Number("the awarding body")};
  training.awarded_on = DayIn("2019-11-20");
  training.provenance.grade = Grade::kIssuerSigned;
  std::optional<std::string> title;
  DoPhrases(
      line.phrases,
      Joined(
          ProvenancePhrases(paper, training.provenance),
          {{"usual", [](const std::string&) {}},
           {"number", [&](const std::string& n) { training.qualification = n; }},
           {"titled", [&](const std::string& text) { title = text; }},
           {"framework", [&](const std::string& text) { training.framework = text; }},
           {"level", [&](const std::string& text) { training.level = NumberIn(text); }},
           {"awarded", [&](const std::string& day) { training.awarded_on = DayIn(day); }},
           {"issuer", [&](const std::string& who) { training.issuer.number = world.Number(who); }},
           {"issuer not on the register",
            [&](const std::string&) { training.issuer.number.reset(); }},
           {"recognition", [&](const std::string& code) { training.issuer.recognition = code; }},
           {"replaces", [&](const std::string& label) {
              training.replaces = world.Labelled(label).event().id;
            }}}));
  training.title = title.value_or(TitleOf(training.qualification));
  paper.body = training;
  return paper;
}

PaperFiled InsuranceOf(const VerdictLine& line, const VerdictRegister& world) {
  PaperFiled paper{"the insurer", "Ada Example", {}};
  Insurance policy;
  policy.issuer = {"Example Insurer", std::nullopt, world.Number("the insurer")};
  policy.from = DayIn("2025-01-01");
  policy.until = DayIn("2025-12-31");
  policy.territories = {kTerritory};
  for (const char* section : {"treatment_risk", "public_liability"}) {
    policy.sections.push_back({section, "GBP", kUsualLimitMinor, kUsualLimitMinor, std::nullopt});
  }
  policy.treatments = {{kTreatment}};
  policy.provenance.grade = Grade::kIssuerSigned;
  const auto section = [&policy](const std::string& name) -> CoverSection& {
    const auto found = std::ranges::find(policy.sections, name, &CoverSection::section);
    EXPECT_NE(found, policy.sections.end()) << name;
    return found == policy.sections.end() ? policy.sections.front() : *found;
  };
  // "treatment_risk 500000", or "treatment_risk unstated".
  const auto set_limit = [&section](const std::string& said,
                                    std::optional<int64_t> CoverSection::*member) {
    const auto parts = SplitText(said, " ");
    std::optional<int64_t> minor;
    if (parts.back() != "unstated") minor = int64_t{NumberIn(parts.back())} * 100;
    section(parts.front()).*member = minor;
  };
  DoPhrases(
      line.phrases,
      Joined(
          ProvenancePhrases(paper, policy.provenance),
          {{"usual", [](const std::string&) {}},
           {"from", [&](const std::string& day) { policy.from = DayIn(day); }},
           {"until", [&](const std::string& day) { policy.until = DayIn(day); }},
           {"claims made", [&](const std::string&) { policy.basis = Basis::kClaimsMade; }},
           {"retroactive to",
            [&](const std::string& day) {
              policy.retroactive = {false, DayIn(day)};
            }},
           {"retroactive without limit",
            [&](const std::string&) {
              policy.retroactive = {true, DayIn("2199-12-31")};
            }},
           {"extended until", [&](const std::string& day) { policy.extended_until = DayIn(day); }},
           {"for", [&](const std::string& what) { policy.treatments = {{what}}; }},
           {"not for", [&](const std::string& what) { policy.not_covered.push_back(what); }},
           {"in", [&](const std::string& where) { policy.territories = {where}; }},
           {"without",
            [&](const std::string& name) {
              std::erase_if(policy.sections,
                            [&name](const CoverSection& s) { return s.section == name; });
            }},
           {"limit",
            [&](const std::string& said) { set_limit(said, &CoverSection::per_claim_minor); }},
           {"aggregate",
            [&](const std::string& said) { set_limit(said, &CoverSection::aggregate_minor); }},
           {"currency",
            [&](const std::string& said) {
              const auto parts = SplitText(said, " ");
              section(parts.front()).currency = parts.back();
            }},
           {"excludes under 18",
            [&](const std::string&) { policy.treatments[0].excludes_under_18 = true; }},
           {"excludes no patch test",
            [&](const std::string&) { policy.treatments[0].excludes_no_patch_test = true; }},
           {"excludes no consent",
            [&](const std::string&) { policy.treatments[0].excludes_no_consent = true; }},
           {"only while working for",
            [&](const std::string& who) { policy.only_while_working_for = world.Number(who); }},
           {"issuer not on the register",
            [&](const std::string&) { policy.issuer.number.reset(); }},
           {"replaces", [&](const std::string& label) {
              policy.replaces = world.Labelled(label).event().id;
            }}}));
  paper.body = policy;
  return paper;
}

}  // namespace bonafide::registry
