#include <memory>
#include <string>

#include "client/cli/commands.h"
#include "client/cli/file_event.h"

namespace bonafide::client::cli {
namespace {

struct Options {
  std::string treatment, territory, name, number, file;
};

int Create(const Options& options, Session& session) {
  session.Begin();
  Claims claims;
  claims.SetText("treatment", options.treatment);
  claims.SetText("territory", options.territory);
  claims.SetText("name", options.name);
  return FileEvent(session, "scheme", claims, "");
}

int Version(const Options& options, Session& session) {
  session.Begin();
  Claims claims;
  if (absl::Status status = claims.Load(options.file); !status.ok()) {
    return session.out().Usage(status);
  }
  return FileEvent(session, "scheme-version", claims, options.number);
}

}  // namespace

void AddScheme(Arguments& program, Session& session) {
  auto options = std::make_shared<Options>();
  Arguments scheme = program.Command("scheme", "Set the rules for a treatment in a territory");

  Arguments create = scheme.Command("create", "Create the one scheme for both, without rules yet");
  create.Option("--treatment", options->treatment, "Code", Need::kRequired);
  create.Option("--territory", options->territory, "Code", Need::kRequired);
  create.Option("--name", options->name, "What people call it", Need::kRequired);
  create.Run([options, &session] { return Create(*options, session); });

  Arguments version = scheme.Command("version", "Set its rules from a day on");
  version.Option("number", options->number, "Registration number of the scheme", Need::kRequired);
  version.Option("file", options->file, "JSON file with the claims of a scheme-version",
                 Need::kRequired);
  version.Run([options, &session] { return Version(*options, session); });
}

}  // namespace bonafide::client::cli
