// What a line of a case says about rules, training and insurance, beside what is usual.
#ifndef BONAFIDE_TESTS_REGISTRY_VERDICT_PAPERS_H_
#define BONAFIDE_TESTS_REGISTRY_VERDICT_PAPERS_H_

#include <string>

#include "tests/registry/verdict_line.h"
#include "tests/registry/verdict_register.h"

namespace bonafide::registry {

struct PaperFiled {
  std::string by;
  std::string name_on_paper;
  EventBody body;
};

SchemeVersion RulesOf(const VerdictLine& line);
PaperFiled TrainingOf(const VerdictLine& line, const VerdictRegister& world);
PaperFiled InsuranceOf(const VerdictLine& line, const VerdictRegister& world);

}  // namespace bonafide::registry

#endif  // BONAFIDE_TESTS_REGISTRY_VERDICT_PAPERS_H_
