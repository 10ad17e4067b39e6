#include <memory>
#include <string>
#include <vector>

#include "client/cli/commands.h"
#include "client/cli/file_event.h"

namespace bonafide::client::cli {
namespace {

struct Options {
  std::string number, kind, from, until, text;
  std::vector<std::string> barred, case_papers;
};

int Sanction(const Options& options, Session& session) {
  session.Begin();
  Claims claims;
  claims.SetText("kind", options.kind);
  claims.SetText("from", options.from.empty() ? session.UtcToday().ToString() : options.from);
  claims.SetText("until", options.until);
  claims.SetTexts("barred", options.barred);
  claims.SetText("personal.text", options.text);
  if (absl::Status status = AttachPapers(session, claims, "case_papers", options.case_papers);
      !status.ok()) {
    return session.out().Failed(status);
  }
  return FileEvent(session, "sanction", claims, options.number);
}

}  // namespace

void AddSanction(Arguments& program, Session& session) {
  auto options = std::make_shared<Options>();
  Arguments command = program.Command("sanction", "Suspend, remove, or set conditions");
  command.Option("number", options->number, "Registration number of the practitioner",
                 Need::kRequired);
  command.Option("--kind", options->kind, "suspension, removal or conditions", Need::kRequired);
  command.Option("--from", options->from, "First day (default: today)");
  command.Option("--until", options->until, "Last day (default: open)");
  command.Option("--barred", options->barred,
                 "With conditions: a treatment that is barred; may be repeated");
  command.Option("--text", options->text, "What everyone may read about it");
  command.Option("--case-paper", options->case_papers, "A paper that only regulators see");
  command.Run([options, &session] { return Sanction(*options, session); });
}

}  // namespace bonafide::client::cli
