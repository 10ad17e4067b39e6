#include "client/cli/print_answer.h"

#include "client/cli/exit_code.h"
#include "client/verdict_json.h"

namespace bonafide::client::cli {
namespace {

constexpr size_t kLegWidth = 24;
constexpr size_t kOutcomeWidth = 12;

Colour ColourOf(std::string_view outcome) {
  if (outcome == OutcomeWords(registry::Outcome::kYes)) return Colour::kGood;
  if (outcome == OutcomeWords(registry::Outcome::kNo)) return Colour::kBad;
  return Colour::kUnsure;
}

std::string Padded(std::string_view text, size_t width) {
  std::string padded(text);
  if (padded.size() < width) padded.append(width - padded.size(), ' ');
  return padded;
}

}  // namespace

int ExitCodeOf(registry::Outcome outcome) {
  switch (outcome) {
    case registry::Outcome::kYes:
      return kYes;
    case registry::Outcome::kCannotSay:
      return kCannotSay;
    case registry::Outcome::kNo:
      break;
  }
  return kNo;
}

void PrintAnswer(Session& session, const registry::Question& question,
                 const registry::Proven& proven, AnswerKind kind) {
  Output& out = session.out();
  if (out.json()) return out.Value(VerdictJson(question, proven, kind));
  const AnswerWords words = WordsOf(question, proven, kind);
  const std::string_view outcome = OutcomeWords(proven.verdict.outcome);
  if (session.quiet()) return out.Line(outcome, ColourOf(outcome));
  out.Line(out.Coloured(outcome, ColourOf(outcome)) + words.headline.substr(outcome.size()));
  for (const std::string& remark : words.remarks) out.Line("  " + remark);
  out.Line();
  for (const auto& leg : words.legs) {
    std::string head = "  " + Padded(leg.leg, kLegWidth) +
                       out.Coloured(Padded(leg.outcome, kOutcomeWidth), ColourOf(leg.outcome));
    if (!leg.decides) head += "(only informs; --claim-on makes it decide) ";
    if (leg.details.empty()) out.Line(head);
    for (size_t i = 0; i < leg.details.size(); ++i) {
      out.Line((i == 0 ? head : std::string(2 + kLegWidth + kOutcomeWidth, ' ')) + leg.details[i]);
    }
  }
  if (!words.warnings.empty()) {
    out.Line();
    out.Line("  Mind also:");
    for (const std::string& warning : words.warnings) out.Line("  - " + warning);
  }
  out.Line();
  out.Line(words.as_of, Colour::kDim);
}

}  // namespace bonafide::client::cli
