#include <memory>
#include <string>

#include "client/cli/commands.h"
#include "client/cli/print_answer.h"
#include "client/evidence_store.h"

namespace bonafide::client::cli {
namespace {

int Check(const std::string& path, Session& session) {
  session.Begin();
  Output& out = session.out();
  const auto trust = session.trust();
  if (!trust.ok()) return out.CouldNotCheck(trust.status());
  const auto file = LoadEvidence(path);
  if (!file.ok()) return out.CouldNotCheck(file.status());
  const auto proven = CheckSaved(**trust, file->evidence, file->question, session.now_ms());
  if (!proven.ok()) return out.CouldNotCheck(proven.status());
  PrintAnswer(session, file->question, *proven, AnswerKind::kSaved);
  return ExitCodeOf(proven->verdict.outcome);
}

}  // namespace

void AddCheck(Arguments& program, Session& session) {
  auto path = std::make_shared<std::string>();
  Arguments command =
      program.Command("check", "Check a saved evidence file, without asking the register");
  command.Option("file", *path, "The file (\"-\": standard input)", Need::kRequired);
  command.Run([path, &session] { return Check(*path, session); });
}

}  // namespace bonafide::client::cli
