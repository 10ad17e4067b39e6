#include "tests/registry/verdict_line.h"

#include <gtest/gtest.h>

#include <sstream>

namespace bonafide::registry {
namespace {

std::string SingleSpaced(const std::string& text) {
  std::istringstream words(text);
  std::string out;
  for (std::string word; words >> word;) out += (out.empty() ? "" : " ") + word;
  return out;
}

}  // namespace

std::vector<std::string> SplitText(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  size_t begin = 0;
  for (size_t end; (end = text.find(separator, begin)) != std::string::npos;) {
    parts.push_back(text.substr(begin, end - begin));
    begin = end + separator.size();
  }
  if (begin < text.size()) parts.push_back(text.substr(begin));
  return parts;
}

VerdictLine ReadVerdictLine(const std::string& text) {
  VerdictLine line;
  const std::string spaced = SingleSpaced(text);
  const size_t space = spaced.find(' ');
  line.verb = spaced.substr(0, space);
  if (space == std::string::npos) return line;
  line.rest = spaced.substr(space + 1);
  std::string said = line.rest;
  if (const size_t colon = said.find(':'); colon != std::string::npos) {
    line.label = said.substr(0, colon);
    said = colon + 2 <= said.size() ? said.substr(colon + 2) : "";
  }
  line.phrases = SplitText(said, ", ");
  return line;
}

void DoPhrases(const std::vector<std::string>& phrases, const PhraseTable& table) {
  for (const std::string& phrase : phrases) {
    const PhraseTable::value_type* best = nullptr;
    for (const auto& entry : table) {
      const std::string& key = entry.first;
      const bool fits = phrase == key || phrase.starts_with(key + " ");
      if (fits && (best == nullptr || key.size() > best->first.size())) best = &entry;
    }
    if (best == nullptr) {
      ADD_FAILURE() << "nothing begins like \"" << phrase << '"';
      continue;
    }
    const size_t used = best->first.size();
    best->second(phrase.size() > used ? phrase.substr(used + 1) : "");
  }
}

Day DayIn(const std::string& text) {
  const auto day = Day::Parse(text);
  if (!day.ok()) ADD_FAILURE() << '"' << text << "\" is no day";
  return day.value_or(Day());
}

int NumberIn(const std::string& text) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string::npos) {
    ADD_FAILURE() << '"' << text << "\" is no number";
    return 0;
  }
  return std::stoi(text);
}

}  // namespace bonafide::registry
