// What the commands share: the options of the program, and what is opened from them when needed.
#ifndef BONAFIDE_CLIENT_CLI_SESSION_H_
#define BONAFIDE_CLIENT_CLI_SESSION_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "client/cli/arguments.h"
#include "client/cli/output.h"
#include "client/clock.h"
#include "client/connection.h"
#include "client/filing.h"
#include "client/lookup.h"
#include "client/memory.h"
#include "client/trust.h"

namespace bonafide::client::cli {

// Not thread-safe. Everything it opens stays open.
class Session {
 public:
  // Adds the options of the program; `program` must not outlive this.
  explicit Session(Arguments& program);

  // Called first by every command that runs.
  void Begin() { out_.Configure(json_, no_colour_); }

  Output& out() { return out_; }
  // Print only the number or identity that matters, for scripts.
  bool quiet() const { return quiet_; }
  int64_t now_ms() const { return clock_(); }
  // Today where this machine is.
  registry::Day Today() const;
  // Today for the register, whose days are those of UTC.
  registry::Day UtcToday() const { return registry::Day::OfTime(clock_()); }

  // Where this program keeps what it remembers. Error: "state_directory" (no home directory).
  absl::StatusOr<std::string> StateDirectory() const;
  // The paths `bonafide trust` writes.
  absl::StatusOr<std::string> TrustPath() const;

  // host:port, from --server or as `bonafide trust` saved it. Error: "server_missing".
  absl::StatusOr<std::string> ServerAddress() const;
  // PEM from --ca or as saved; "" for the authorities of the system.
  absl::StatusOr<std::string> CaPem() const;
  // The territory that `bonafide trust` saved, or "".
  std::string SavedTerritory() const;

  // Errors of all of these name the file or option. "trust_missing": no trust file yet.
  absl::StatusOr<const Trust*> trust();
  absl::StatusOr<Connection*> connection();
  absl::StatusOr<const Memory*> memory();
  absl::StatusOr<const Lookup*> lookup();
  // "identity_missing" without --as and --key.
  absl::StatusOr<const Filing*> filing();
  // Calls of connection() say who asks, where --as and --key are given.
  absl::Status ActWhereGiven();
  // The newest head, or with --cosigned the newest that is cosigned.
  Head asked_head() const { return cosigned_ ? Head::kCosigned : Head::kNewest; }
  // The same for answers: also a cosigned one where the trust file asks for cosigners.
  Head head();

  // `number` with its first event, proven. For filing, where no cosigner is asked for: the newest
  // head knows subjects that no cosigner has seen yet, and an event for a wrong one is refused.
  absl::StatusOr<About> Find(merkle::SubjectNumber number);

 private:
  absl::StatusOr<Identity> OpenIdentity();
  absl::StatusOr<certs::Json> Saved() const;

  std::string server_, ca_, trust_path_, state_, as_, key_;
  int64_t timeout_s_ = 30;
  bool json_ = false, no_colour_ = false, quiet_ = false, cosigned_ = false;

  Output out_;
  Clock clock_ = SystemClock();
  std::optional<Trust> trust_;
  std::optional<Trust> filing_trust_;  // the same without a policy
  std::unique_ptr<Connection> connection_;
  std::optional<Memory> memory_;
  std::optional<Lookup> lookup_;
  std::optional<Filing> filing_;
};

}  // namespace bonafide::client::cli

#endif  // BONAFIDE_CLIENT_CLI_SESSION_H_
