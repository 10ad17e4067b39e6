// The table of verdicts (verdict_cases.txt): cases as a regulator reads them.
#ifndef BONAFIDE_TESTS_REGISTRY_VERDICT_CASES_H_
#define BONAFIDE_TESTS_REGISTRY_VERDICT_CASES_H_

#include <string>
#include <vector>

#include "registry/verdict.h"
#include "tests/registry/verdict_line.h"
#include "tests/registry/verdict_register.h"

namespace bonafide::registry {

struct VerdictCase {
  std::string chapter;
  std::string name;
  std::vector<VerdictLine> facts;
  VerdictLine asked;
  std::vector<std::string> answer;  // lines with single spaces, the first beginning with "answer"
};

// Reads the file: `# chapter`, then for each case an unindented name and indented lines.
std::vector<VerdictCase> ReadVerdictCases(const std::string& path);

// The question of an "asked" line. Unless it says otherwise it is asked at the end of the very day,
// knowing all that was filed by then.
Question QuestionOf(const VerdictLine& asked, const VerdictRegister& world);

Verdict Ask(const VerdictRegister& world, const Question& question);

// `verdict` in the words of the table: the answer, then why, and what is shown beside it.
std::vector<std::string> InWords(const Verdict& verdict);
// Lines that the table may leave out.
std::vector<std::string> InMoreWords(const Verdict& verdict);

}  // namespace bonafide::registry

#endif  // BONAFIDE_TESTS_REGISTRY_VERDICT_CASES_H_
