// docs/verdict.md says what the verdict function does: every reason code, and the table of cases.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "tests/registry/verdict_cases.h"

namespace bonafide::registry {
namespace {

constexpr char kDocument[] = BONAFIDE_SOURCE_DIR "/docs/verdict.md";
constexpr char kTableBegin[] = "<!-- cases -->\n";
constexpr char kTableEnd[] = "<!-- end of cases -->\n";

std::string ReadDocument() {
  std::ifstream file(kDocument);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<VerdictCase> Cases() {
  return ReadVerdictCases(BONAFIDE_SOURCE_DIR "/tests/registry/verdict_cases.txt");
}

// Whether a line of the answer carries `code`, as a whole word.
bool Carries(const VerdictCase& told, const std::string& code) {
  return std::ranges::any_of(told.answer, [&code](std::string line) {
    std::ranges::replace_if(
        line, [](char c) { return c == ',' || c == ':'; }, ' ');
    return (" " + line + " ").find(" " + code + " ") != std::string::npos;
  });
}

// The section of `code`, from its heading to the next; empty when there is none.
std::string SectionOf(const std::string& document, const std::string& code) {
  const std::string heading = "\n#### `" + code + "`\n";
  const size_t begin = document.find(heading);
  if (begin == std::string::npos) return "";
  return document.substr(begin, document.find("\n#", begin + heading.size()) - begin);
}

std::string AfterWord(const std::string& section, const std::string& word) {
  const size_t begin = section.find(word);
  if (begin == std::string::npos) return "";
  const size_t text = begin + word.size();
  return section.substr(text, section.find('\n', text) - text);
}

std::string TableOf(const std::vector<VerdictCase>& cases) {
  std::string table;
  std::string chapter;
  for (const VerdictCase& told : cases) {
    if (told.chapter != chapter) {
      chapter = told.chapter;
      table +=
          "\n### Cases: " + chapter + "\n\n| case | filed | asked | answer |\n|---|---|---|---|\n";
    }
    std::string filed;
    for (const VerdictLine& fact : told.facts) {
      filed += (filed.empty() ? "" : "<br>") + fact.verb + " " + fact.rest;
    }
    std::string answer;
    for (const std::string& line : told.answer) {
      answer += answer.empty() ? "**" + line.substr(line.find(' ') + 1) + "**" : "<br>" + line;
    }
    table += "| " + told.name + " | " + filed + " | " + told.asked.rest + " | " + answer + " |\n";
  }
  return table + "\n";
}

TEST(VerdictDocumentTest, ExplainsEveryReasonCodeWithAnExampleAndACase) {
  const std::string document = ReadDocument();
  const std::vector<VerdictCase> cases = Cases();
  for (ReasonCode code : AllReasonCodes()) {
    const std::string text(ReasonCodeText(code));
    SCOPED_TRACE(text);
    const std::string section = SectionOf(document, text);
    ASSERT_FALSE(section.empty());
    EXPECT_GT(AfterWord(section, "*Example:* ").size(), 10U);
    const std::string name = AfterWord(section, "*Case:* ");
    const auto told = std::ranges::find(cases, name, &VerdictCase::name);
    ASSERT_NE(told, cases.end()) << "no case is called \"" << name << '"';
    EXPECT_TRUE(Carries(*told, text)) << name;
  }
}

TEST(VerdictDocumentTest, ExplainsNoCodeThatIsNotThere) {
  std::set<std::string> known;
  for (ReasonCode code : AllReasonCodes()) known.emplace(ReasonCodeText(code));
  std::istringstream lines(ReadDocument());
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("#### `")) continue;
    EXPECT_TRUE(known.contains(line.substr(6, line.size() - 7))) << line;
  }
}

// With BONAFIDE_WRITE_DOCS set the table on the page is written anew instead.
TEST(VerdictDocumentTest, HoldsTheTableOfCases) {
  const std::string document = ReadDocument();
  const size_t begin = document.find(kTableBegin);
  const size_t end = document.find(kTableEnd);
  ASSERT_NE(begin, std::string::npos);
  ASSERT_NE(end, std::string::npos);
  const std::string before = document.substr(0, begin) + kTableBegin;
  const std::string written = before + TableOf(Cases()) + document.substr(end);
  if (std::getenv("BONAFIDE_WRITE_DOCS") != nullptr) {
    std::ofstream(kDocument) << written;
    return;
  }
  EXPECT_TRUE(document == written)
      << "docs/verdict.md holds another table than tests/registry/verdict_cases.txt: run "
         "registry_test with BONAFIDE_WRITE_DOCS=1";
}

}  // namespace
}  // namespace bonafide::registry
