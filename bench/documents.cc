#include "bench/documents.h"

#include <iterator>

namespace bonafide::bench {

using merkle::SubjectNumber;
using registry::Day;

std::string InventedName(uint64_t i) {
  static constexpr const char* kSyllables[] = {"ba", "ce", "do", "fi", "gu", "ha", "je", "ko",
                                               "li", "mu", "na", "pe", "ro", "si", "tu", "va"};
  static constexpr uint64_t kCount = std::size(kSyllables);
  // Neighbours get names that have little in common.
  uint64_t left = i * 2'654'435'761 % (uint64_t{1} << 32);
  const auto word = [&left](int syllables) {
    std::string text;
    for (; syllables > 0; --syllables, left /= kCount) text += kSyllables[left % kCount];
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
  };
  const std::string given = word(3);
  return given + " " + word(5);
}

registry::SchemeVersion Rules() {
  registry::SchemeVersion rules;
  rules.from = Day::Parse("2025-01-01").value();
  rules.zone = "Europe/London";
  registry::Qualification qualification;
  qualification.number = kQualification;
  qualification.title = kTitle;
  qualification.framework = "rqf";
  qualification.level = 4;
  qualification.owner = "EX-RN-0001";
  rules.training = {{"Scalp micropigmentation", {qualification}}};
  rules.insurance = {{"treatment_risk", "GBP", 100'000'000, std::nullopt},
                     {"public_liability", "GBP", 100'000'000, std::nullopt}};
  return rules;
}

registry::Training TrainingBy(SubjectNumber body) {
  registry::Training training;
  training.framework = "rqf";
  training.level = 4;
  training.qualification = kQualification;
  training.title = kTitle;
  training.issuer = {"Example Awards", "EX-RN-0001", body};
  training.awarded_on = Day::Parse("2024-03-15").value();
  training.provenance.grade = registry::Grade::kIssuerSigned;
  return training;
}

registry::Insurance PolicyBy(SubjectNumber insurer, Day today) {
  registry::Insurance policy;
  policy.issuer = {"Example Mutual", "EX-INS-0001", insurer};
  policy.from = today.PlusDays(-30);
  policy.until = today.PlusDays(335);
  policy.territories = {kTerritory};
  policy.sections = {{"treatment_risk", "GBP", 200'000'000, std::nullopt, 25'000},
                     {"public_liability", "GBP", 500'000'000, std::nullopt, std::nullopt}};
  policy.treatments = {{kTreatment, false, false, false}};
  policy.provenance.grade = registry::Grade::kIssuerSigned;
  return policy;
}

std::vector<registry::OpenedSlot> Slot(const char* name, const std::string& value) {
  return {{name, certs::Json::String(value)}};
}

}  // namespace bonafide::bench
