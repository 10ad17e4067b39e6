#include "client/cli/print_answer.h"

#include "client/cli/exit_code.h"
#include "client/verdict_json.h"

namespace bonafide::client::cli {
namespace {

constexpr size_t kLegWidth = 24;
constexpr size_t kOutcomeWidth = 14;

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
  out.Wrapped(out.Coloured(outcome, ColourOf(outcome)), outcome.size(),
              words.headline.substr(outcome.size()), 2);
  for (const std::string& remark : words.remarks) out.Line("  " + remark);
  out.Line();
  bool informs = false;
  for (const auto& leg : words.legs) {
    informs = informs || !leg.decides;
    const std::string shown =
        leg.decides ? std::string(leg.outcome) : "(" + std::string(leg.outcome) + ")";
    const std::string head = "  " + Padded(leg.leg, kLegWidth) +
                             out.Coloured(Padded(shown, kOutcomeWidth),
                                          leg.decides ? ColourOf(leg.outcome) : Colour::kDim);
    const std::string hang(2 + kLegWidth + kOutcomeWidth, ' ');
    if (leg.details.empty()) out.Line(head);
    for (size_t i = 0; i < leg.details.size(); ++i) {
      out.Wrapped(i == 0 ? head : hang, hang.size(), leg.details[i]);
    }
  }
  if (informs) out.Line("  In brackets: for information only; --claim-on DAY makes it decide.");
  if (!words.warnings.empty()) {
    out.Line();
    out.Line("  Mind also:");
    for (const std::string& warning : words.warnings) out.Wrapped("  - ", 4, warning);
  }
  out.Line();
  out.Line(words.as_of, Colour::kDim);
}

}  // namespace bonafide::client::cli
