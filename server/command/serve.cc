#include "server/command/serve.h"

#include <string_view>

#include "certs/reason.h"
#include "server/control.h"
#include "server/instance.h"
#include "server/library_log.h"
#include "server/open_files.h"
#include "server/stop_signal.h"

namespace bonafide::server::command {
namespace {

constexpr std::string_view kBackup = "backup ";

absl::Status Obey(Instance& instance, const Log& log, const std::string& request) {
  if (!request.starts_with(kBackup)) return Malformed("control_request", "no such request");
  absl::Status status = instance.data().BackUp(request.substr(kBackup.size()));
  log.Write(status.ok() ? LogLevel::kInfo : LogLevel::kError, "backup",
            {{"code", static_cast<int64_t>(status.code())}});
  return status;
}

}  // namespace

absl::Status Serve(const DataDirectoryOptions& options, const Log& log,
                   const storage::Clock& clock) {
  const LibraryLog library_log(log);
  const Config& config = options.config;
  const int64_t http_files = config.http_address.empty() ? 0 : config.http_connections;
  absl::Status raised = RaiseOpenFiles(config.open_files + http_files);
  if (!raised.ok()) return raised;
  auto instance = Instance::Start({options, {}}, log, clock);
  if (!instance.ok()) return instance.status();
  auto control = ControlSocket::Listen(
      options.directory,
      [&instance, &log](const std::string& request) { return Obey(**instance, log, request); });
  if (!control.ok()) return control.status();
  // What came of it is in the log; the server goes on either way.
  WaitForStopSignal([&instance] { (*instance)->ReloadTls().IgnoreError(); });
  log.Write(LogLevel::kInfo, "stopping");
  (*control).reset();
  (*instance)->Stop();
  return absl::OkStatus();
}

}  // namespace bonafide::server::command
