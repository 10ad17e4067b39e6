// One line of a case: a verb, perhaps a label, and phrases between commas.
#ifndef BONAFIDE_TESTS_REGISTRY_VERDICT_LINE_H_
#define BONAFIDE_TESTS_REGISTRY_VERDICT_LINE_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "registry/day.h"

namespace bonafide::registry {

// "insurance  A: from 2025-01-01, claims made" has verb "insurance", label "A" and two phrases.
struct VerdictLine {
  std::string verb;
  std::string rest;  // as written, with single spaces
  std::string label;
  std::vector<std::string> phrases;
};

VerdictLine ReadVerdictLine(const std::string& text);

// What each phrase does: "from" takes what follows it; the longest beginning that fits is meant.
using PhraseTable = std::vector<std::pair<std::string, std::function<void(const std::string&)>>>;

// Does every phrase in order. One that nothing in `table` begins fails the running test.
void DoPhrases(const std::vector<std::string>& phrases, const PhraseTable& table);

std::vector<std::string> SplitText(const std::string& text, const std::string& separator);
// Each fails the running test where the text is something else.
Day DayIn(const std::string& text);
int NumberIn(const std::string& text);

}  // namespace bonafide::registry

#endif  // BONAFIDE_TESTS_REGISTRY_VERDICT_LINE_H_
