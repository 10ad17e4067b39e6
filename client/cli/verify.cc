#include <memory>
#include <string>

#include "certs/reason.h"
#include "client/cli/argument_value.h"
#include "client/cli/commands.h"
#include "client/cli/exit_code.h"
#include "client/cli/print_answer.h"
#include "client/evidence_store.h"
#include "registry/text_rules.h"

namespace bonafide::client::cli {
namespace {

struct Options {
  std::string number, treatment, territory, on, claim_on, at, known_at, save;
  bool under_18 = false;
};

absl::StatusOr<registry::Question> QuestionOf(const Options& options, const Session& session) {
  registry::Question question;
  const auto number = ParseNumber("number", options.number);
  if (!number.ok()) return number.status();
  question.practitioner = *number;
  question.treatment = options.treatment;
  question.territory = options.territory.empty() ? session.SavedTerritory() : options.territory;
  if (!registry::IsCode(question.treatment)) {
    return Malformed("question", "treatment: not a code such as scalp_micropigmentation");
  }
  if (!registry::IsCode(question.territory)) {
    return Malformed("question", "whose rules? give --territory CODE, for example gb-eng");
  }
  question.on = session.Today();
  if (!options.on.empty()) {
    const auto day = ParseDay("--on", options.on);
    if (!day.ok()) return day.status();
    question.on = *day;
  }
  if (!options.claim_on.empty()) {
    const auto day = ParseDay("--claim-on", options.claim_on);
    if (!day.ok()) return day.status();
    if (*day < question.on) {
      return Malformed("question", "--claim-on: a claim cannot be made before the treatment");
    }
    question.claim_on = *day;
  }
  if (!options.at.empty()) {
    const auto clinic = ParseNumber("--at", options.at);
    if (!clinic.ok()) return clinic.status();
    question.at = *clinic;
  }
  if (!options.known_at.empty()) {
    const auto time_ms = ParseTime("--known-at", options.known_at);
    if (!time_ms.ok()) return time_ms.status();
    question.known_at_ms = *time_ms;
  }
  question.under_18 = options.under_18;
  return question;
}

int Verify(const Options& options, Session& session) {
  session.Begin();
  Output& out = session.out();
  const auto question = QuestionOf(options, session);
  if (!question.ok()) return out.Usage(question.status());
  if (absl::Status status = session.ActWhereGiven(); !status.ok()) {
    return out.CouldNotCheck(status);
  }
  const auto lookup = session.lookup();
  if (!lookup.ok()) return out.CouldNotCheck(lookup.status());
  const auto answer = (*lookup)->Ask(*question, session.head());
  if (!answer.ok()) return out.CouldNotCheck(answer.status());
  if (!options.save.empty()) {
    const absl::Status saved = SaveEvidence(options.save, {answer->question, answer->evidence});
    if (!saved.ok()) return out.CouldNotCheck(saved);
  }
  PrintAnswer(session, *question, answer->proven, AnswerKind::kNow);
  if (IsOlder(answer->head)) {
    out.Note("this is proven under an older head than one this machine has seen");
  }
  if (!options.save.empty()) out.Line("Evidence saved in " + options.save);
  return ExitCodeOf(answer->proven.verdict.outcome);
}

}  // namespace

void AddVerify(Arguments& program, Session& session) {
  auto options = std::make_shared<Options>();
  Arguments command = program.Command(
      "verify", "Ask whether somebody's papers meet the rules for a treatment on a day");
  command.Option("number", options->number, "Registration number, such as 0000-4711-30",
                 Need::kRequired);
  command.Option("treatment", options->treatment, "Code, such as scalp_micropigmentation",
                 Need::kRequired);
  command.Option("--territory", options->territory, "Whose rules apply, such as gb-eng");
  command.FromEnvironment("--territory", "BONAFIDE_TERRITORY");
  command.Option("--on", options->on, "Day of the treatment, YYYY-MM-DD (default: today)");
  command.Option("--claim-on", options->claim_on, "Would a claim made on this day find cover?");
  command.Option("--at", options->at, "Registration number of the clinic");
  command.Flag("--under-18", options->under_18, "The patient is under 18");
  command.Option(
      "--known-at", options->known_at,
      "What the register said by then: YYYY-MM-DD, YYYY-MM-DDThh:mm:ssZ or @MILLISECONDS");
  command.Option("--save", options->save, "Keep the evidence in this file (see `bonafide check`)");
  command.Run([options, &session] { return Verify(*options, session); });
}

}  // namespace bonafide::client::cli
