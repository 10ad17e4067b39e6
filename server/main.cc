// bonafided: makes, serves, checks and copies a register.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "certs/reason.h"
#include "server/command/backup.h"
#include "server/command/check.h"
#include "server/command/init.h"
#include "server/command/reindex.h"
#include "server/command/serve.h"
#include "server/stop_signal.h"

namespace bonafide::server {
namespace {

constexpr int kUsage = 64;
constexpr int kFailed = 1;
constexpr int kDamaged = 2;
constexpr int kNotSigning = 3;

int Report(const absl::Status& status) {
  if (status.ok()) return 0;
  const std::string reason = ReasonOf(status);
  const std::string message(status.message());
  std::fprintf(stderr, "bonafided: %s%s%s%s\n", message.c_str(), reason.empty() ? "" : " (",
               reason.c_str(), reason.empty() ? "" : ")");
  return kFailed;
}

// Counts on one line of a terminal; says nothing elsewhere.
class Counter {
 public:
  explicit Counter(const char* what) : what_(what), shown_(isatty(STDERR_FILENO) != 0) {}
  ~Counter() {
    if (shown_) std::fprintf(stderr, "\n");
  }
  void operator()(uint64_t done) const {
    if (shown_) std::fprintf(stderr, "\r%s %llu", what_, static_cast<unsigned long long>(done));
  }

 private:
  const char* what_;
  bool shown_;
};

// A bar on one line of a terminal; says nothing elsewhere.
class Bar {
 public:
  Bar() : shown_(isatty(STDERR_FILENO) != 0) {}
  ~Bar() {
    if (shown_) std::fprintf(stderr, "\n");
  }
  void Show(const std::string& what, uint64_t done, uint64_t all) {
    if (!shown_ || all == 0) return;
    const int percent = static_cast<int>(100 * done / all);
    if (percent == percent_ && what == what_) return;
    if (what != what_ && !what_.empty()) std::fprintf(stderr, "\n");
    what_ = what;
    percent_ = percent;
    constexpr int kWidth = 40;
    const std::string filled(static_cast<size_t>(kWidth * percent / 100), '#');
    std::fprintf(stderr, "\r%-10s [%-*s] %3d %%", what.c_str(), kWidth, filled.c_str(), percent);
  }

 private:
  bool shown_;
  std::string what_;
  int percent_ = -1;
};

int Check(const DataDirectoryOptions& options, const Log& log) {
  absl::StatusOr<command::CheckOutcome> outcome = [&] {
    Bar bar;
    return command::Check(options, log, storage::SystemClock(),
                          [&bar](const std::string& what, uint64_t done, uint64_t all) {
                            bar.Show(what, done, all);
                          });
  }();
  if (!outcome.ok()) return Report(outcome.status());
  const storage::CheckReport& report = outcome->report;
  for (const storage::CheckProblem& problem : report.problems) {
    if (problem.index) {
      std::printf("entry %llu: ", static_cast<unsigned long long>(problem.index->value));
    }
    std::printf("%s\n", problem.what.c_str());
  }
  if (report.more) std::printf("... and more\n");
  std::printf("%s: %llu entries, %llu subjects: %s\n", report.origin.c_str(),
              static_cast<unsigned long long>(report.entries),
              static_cast<unsigned long long>(report.subjects),
              report.ok() ? "everything is as it should be" : "damaged");
  if (!outcome->opening.ok()) {
    std::printf("it would not open: %s (%s)\n", std::string(outcome->opening.message()).c_str(),
                ReasonOf(outcome->opening).c_str());
    return kDamaged;
  }
  if (!outcome->not_signing_reason.empty()) {
    std::printf("it would not sign: %s (%s)\n", outcome->not_signing_message.c_str(),
                outcome->not_signing_reason.c_str());
    return kNotSigning;
  }
  return report.ok() ? 0 : kDamaged;
}

// The options every command but `init` and `config` has.
struct Place {
  std::string directory;
  std::string config;

  void AddTo(CLI::App* command) {
    command->add_option("--data", directory, "The data directory that `init` made")
        ->required()
        ->type_name("DIR");
    command
        ->add_option("--config", config,
                     "The configuration; without it bonafided.conf in the data directory")
        ->type_name("FILE");
  }

  absl::StatusOr<DataDirectoryOptions> Read() const {
    DataDirectoryOptions options;
    options.directory = directory;
    auto read = ReadConfigFile(config.empty() ? directory + "/bonafided.conf" : config);
    if (!read.ok()) return read.status();
    options.config = *std::move(read);
    return options;
  }
};

// Runs `command` with the configuration of `place` and a log as it says.
int With(const Place& place, const std::function<int(DataDirectoryOptions&, const Log&)>& command) {
  auto options = place.Read();
  if (!options.ok()) return Report(options.status());
  const Log log(LogLevelNamed(options->config.log_level));
  return command(*options, log);
}

int Main(int argc, char** argv) {
  // A file that may not grow (RLIMIT_FSIZE) is an error, as a full disk is, and no reason to die.
  std::signal(SIGXFSZ, SIG_IGN);
  CLI::App app("bonafided keeps a register of signed documents. docs/operations.md says how.");
  app.require_subcommand(1);

  CLI::App* init = app.add_subcommand("init", "Makes a new register in a directory of its own");
  command::InitOptions init_options;
  init_options.hosts = {"localhost", "127.0.0.1", "::1"};
  init->add_option("--data", init_options.directory, "The directory to make; empty or missing")
      ->required()
      ->type_name("DIR");
  init->add_option("--origin", init_options.origin,
                   "The register's name for ever, such as register.example/demo")
      ->required()
      ->type_name("NAME");
  init->add_option("--regulator-name", init_options.regulator_name,
                   "The legal name of the first regulator, subject 0")
      ->required()
      ->type_name("NAME");
  init->add_option("--regulator-key", init_options.regulator_key,
                   "The regulator's private key, PEM (`bonafide keygen` makes one). It signs the "
                   "first entry and is not kept")
      ->required()
      ->type_name("FILE");
  init->add_option("--host", init_options.hosts,
                   "Names and addresses for the TLS certificate (default: localhost, 127.0.0.1, "
                   "::1)")
      ->type_name("HOST");
  init->add_option("--listen", init_options.listen_address, "listen_address of the configuration")
      ->type_name("HOST:PORT");
  init->add_option("--http", init_options.http_address, "http_address of the configuration")
      ->type_name("HOST:PORT");
  init->add_option("--admin", init_options.admin_address, "admin_address of the configuration")
      ->type_name("HOST:PORT");
  init->add_option("--max-head-gap", init_options.max_head_gap_s,
                   "The longest gap between two heads the register promises, in seconds "
                   "(default: 300)")
      ->check(CLI::Range(1, 86400))
      ->type_name("SECONDS");

  Place place;
  CLI::App* serve =
      app.add_subcommand("serve",
                         "Serves until SIGTERM; a second one ends it at once. SIGHUP: reads the "
                         "certificate and its key again");
  place.AddTo(serve);
  bool accept_clock = false;
  serve->add_flag("--accept-clock", accept_clock,
                  "The operator's word that the clock is right, however far it has jumped");

  CLI::App* check = app.add_subcommand("check",
                                       "Derives everything again from the entries and compares, "
                                       "every signature, root and paper; not "
                                       "while it is served. Exit code 0: all is right; 1: it could "
                                       "not be checked; 2: damaged; 3: the "
                                       "register would not sign");
  place.AddTo(check);

  CLI::App* backup = app.add_subcommand(
      "backup", "Copies the register, also while it is served. Keys are not copied");
  place.AddTo(backup);
  std::string target;
  backup->add_option("--to", target, "The directory to make; empty or missing")
      ->required()
      ->type_name("DIR");

  CLI::App* reindex = app.add_subcommand(
      "reindex-names", "Builds the indexes of names and duplicates anew; not while it is served");
  place.AddTo(reindex);

  CLI::App* config = app.add_subcommand("config", "Prints a configuration with every default");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : kUsage;
  }

  const storage::Clock& clock = storage::SystemClock();
  if (config->parsed()) {
    std::fputs(ConfigText({}).c_str(), stdout);
    return 0;
  }
  if (init->parsed()) {
    const Log log(LogLevel::kWarn);
    const auto trust = command::Init(init_options, log, clock);
    if (!trust.ok()) return Report(trust.status());
    std::printf("The register %s is in %s.\nClients pin %s and reach it with %s/tls/ca.pem.\n",
                init_options.origin.c_str(), init_options.directory.c_str(), trust->c_str(),
                init_options.directory.c_str());
    return 0;
  }
  if (serve->parsed()) {
    BlockStopSignals();
    return With(place, [&](DataDirectoryOptions& options, const Log& log) {
      options.accept_clock = accept_clock;
      return Report(command::Serve(options, log, clock));
    });
  }
  if (backup->parsed()) {
    return With(place, [&](DataDirectoryOptions& options, const Log& log) {
      return Report(command::Backup(options, std::filesystem::absolute(target), log, clock));
    });
  }
  if (check->parsed()) return With(place, Check);
  return With(place, [&](DataDirectoryOptions& options, const Log& log) {
    const Counter counter("events read:");
    return Report(command::Reindex(options, log, clock, counter));
  });
}

}  // namespace
}  // namespace bonafide::server

int main(int argc, char** argv) { return bonafide::server::Main(argc, argv); }
