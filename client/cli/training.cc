#include <memory>
#include <string>

#include "client/cli/commands.h"
#include "client/cli/file_event.h"
#include "client/cli/record_options.h"

namespace bonafide::client::cli {
namespace {

struct Options {
  RecordOptions record;
  std::string framework, qualification, title, awarded_on, certificate_number;
  std::optional<int64_t> level;
};

int Training(const Options& options, Session& session) {
  session.Begin();
  Claims claims;
  if (absl::Status status = options.record.Fill(session, claims); !status.ok()) {
    return session.out().Failed(status);
  }
  claims.SetText("framework", options.framework);
  claims.SetInteger("level", options.level);
  claims.SetText("qualification", options.qualification);
  claims.SetText("title", options.title);
  claims.SetText("awarded_on", options.awarded_on);
  claims.SetText("personal.certificate_number", options.certificate_number);
  return FileEvent(session, "training", claims, options.record.number);
}

}  // namespace

void AddTraining(Arguments& program, Session& session) {
  auto options = std::make_shared<Options>();
  Arguments command = program.Command("training", "File a training record");
  options->record.AddTo(command);
  command.Option("--framework", options->framework, "Code, such as rqf");
  command.Option("--level", options->level, "0 to 8");
  command.Option("--qualification", options->qualification, "Number of the qualification");
  command.Option("--title", options->title, "Its exact title");
  command.Option("--awarded-on", options->awarded_on, "YYYY-MM-DD");
  command.Option("--certificate-number", options->certificate_number, "As on the paper");
  command.Run([options, &session] { return Training(*options, session); });
}

}  // namespace bonafide::client::cli
