#include <memory>
#include <string>

#include "certs/reason.h"
#include "client/cli/commands.h"
#include "client/cli/file_event.h"

namespace bonafide::client::cli {
namespace {

struct Options {
  std::string number, target;
  bool yes = false;
};

int Erase(const Options& options, Session& session) {
  session.Begin();
  if (!options.yes) {
    return session.out().Usage(
        Malformed("confirm", "what is erased is gone for ever: add --yes if that is meant"));
  }
  Claims claims;
  claims.SetText("target", options.target);
  return FileEvent(session, "erasure", claims, options.number);
}

}  // namespace

void AddErase(Arguments& program, Session& session) {
  auto options = std::make_shared<Options>();
  Arguments command = program.Command("erase", "Destroy personal details for ever");
  command.Option("number", options->number, "Registration number of the subject", Need::kRequired);
  command.Option("--target", options->target, "Only those of this event");
  command.Flag("--yes", options->yes, "Yes, for ever");
  command.Run([options, &session] { return Erase(*options, session); });
}

}  // namespace bonafide::client::cli
