#include <memory>
#include <string>

#include "client/cli/commands.h"
#include "client/cli/file_event.h"

namespace bonafide::client::cli {
namespace {

struct Options {
  std::string number, target, from, reason;
};

int Withdraw(const Options& options, Session& session) {
  session.Begin();
  Claims claims;
  claims.SetText("target", options.target);
  claims.SetText("from", options.from);
  claims.SetText("reason", options.reason);
  return FileEvent(session, "withdrawal", claims, options.number);
}

}  // namespace

void AddWithdraw(Arguments& program, Session& session) {
  auto options = std::make_shared<Options>();
  Arguments command = program.Command("withdraw", "Take back a record, sanction or rule for ever");
  command.Option("number", options->number, "Registration number of the subject", Need::kRequired);
  command.Option("--target", options->target, "Identity of the event", Need::kRequired);
  command.Option("--from", options->from,
                 "First day on which it no longer holds (default: never did)");
  command.Option("--reason", options->reason,
                 "false, error, cancelled, unpaid, superseded, fraud or other", Need::kRequired);
  command.Run([options, &session] { return Withdraw(*options, session); });
}

}  // namespace bonafide::client::cli
