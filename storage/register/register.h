// The register of one data directory: what a server opens, submits to and reads from.
//
//   <directory>/db          RocksDB (storage/database/database.h)
//   <directory>/high-water  the last signed checkpoint, outside RocksDB
//   (storage/register/high_water.h) <directory>/lock        one server at a time
#ifndef BONAFIDE_STORAGE_REGISTER_REGISTER_H_
#define BONAFIDE_STORAGE_REGISTER_REGISTER_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "certs/note.h"
#include "merkle/policy.h"
#include "storage/database/database.h"
#include "storage/register/clock.h"
#include "storage/register/projection.h"
#include "storage/register/receipt.h"
#include "storage/register/submission.h"
#include "storage/register/view.h"

namespace bonafide::storage {

struct RegisterOptions {
  DatabaseOptions database;  // names the data directory; `create` is set by Init alone
  // Signs heads under the register's origin.
  std::shared_ptr<const certs::NoteSigner> log_signer;
  // What Cosigned() waits for.
  merkle::Policy cosigner_policy = merkle::Policy::None();

  size_t queue_events = 4096;
  size_t queue_bytes = size_t{64} << 20;
  size_t batch_events = 256;
  // A state entry is logged when nothing else was for this long; 0: never.
  int64_t heartbeat_ms = 60'000;
  // How far the wall clock may run ahead of the elapsed time between two heads.
  int64_t clock_jump_ms = 60'000;
  // How far the wall clock may be ahead of the last head when a register is opened.
  int64_t clock_gap_ms = int64_t{366} * 24 * 3600 * 1000;
  // The operator's word that the wall clock is right, however far it jumped since the last head.
  bool accept_clock = false;
  unsigned open_threads = 2;

  std::vector<std::shared_ptr<Projection>> projections;
  // The log's driver; by default the register's own database (storage/log/database_log_store.h).
  std::function<std::unique_ptr<class LogStore>(Database&)> make_log_store;
  // Receives one line for each thing an operator should know. From any thread.
  std::function<void(const std::string& message)> log;
};

enum class SigningState {
  kSigning,
  kReadOnly,    // the boot gate refused; until an operator acts
  kRecovering,  // a commit's outcome is unknown; the store is being opened again
  kClosed,
};

struct RegisterStatus {
  SigningState state = SigningState::kClosed;
  std::string reason;   // "behind_high_water", "outcome_unknown", "sign_gate", "clock_jump", ...
  std::string message;  // for people
};

// How much the register has done since it was opened.
struct RegisterCounters {
  uint64_t events_logged = 0;
  uint64_t events_refused = 0;
  uint64_t batches = 0;
  uint64_t heartbeats = 0;
  uint64_t recoveries = 0;
  size_t queued_events = 0;
  uint64_t disk_bytes = 0;
};

using ReceiptCallback = std::function<void(absl::StatusOr<Receipt>)>;

// Thread-safe, but for Close.
class Register {
 public:
  // Makes a register in a directory that has none, with `genesis_sd_jwt` as entry 0 under a signed
  // head, and closes it again. Errors: "already_a_register" (kAlreadyExists), "genesis" when the
  // token's origin or log key is not that of `options.log_signer`, and those of the token.
  static absl::Status Init(const RegisterOptions& options, std::string_view genesis_sd_jwt,
                           const Clock& clock);

  // Opens an existing one. Where the store is behind the high-water mark, or contradicts it, or the
  // mark is missing, this succeeds and the register only reads (status()); where the store is whole
  // but has nothing left, there is nothing to read either. Errors: those of
  // Database::Open; "log_key_wrong" (the signer is not the register's); "data_damaged"; nothing is
  // changed then. `clock` must outlive the register.
  static absl::StatusOr<std::unique_ptr<Register>> Open(const RegisterOptions& options,
                                                        const Clock& clock);
  // Closes.
  ~Register();
  Register(const Register&) = delete;
  Register& operator=(const Register&) = delete;

  const std::string& origin() const;
  RegisterStatus status() const;
  RegisterCounters counters() const;

  // Checks a token on the caller's thread. Errors as VerifiedSubmission::Check, Newest() and
  // Projection::CheckIntake; "not_signing" at once where the register is read-only.
  absl::StatusOr<VerifiedSubmission> Check(std::string_view sd_jwt) const;
  // Files an event; `done` is called exactly once, on the sequencer's thread or before this
  // returns, and must not block. Its receipt says that the event is on disk, under a signed head.
  // The same statement again gets a receipt again. Errors:
  //   those of registry/admission.h   the register does not admit it
  //   "jti_reused" (kAlreadyExists)   the issuer used this jti for another statement
  //   "subject_full" (kResourceExhausted)  the subject has as many entries, or bytes, as it may
  //   "queue_full" (kResourceExhausted)    try again after RetryAfterMs()
  //   "disk_full" (kResourceExhausted)     below the free-space floor; nothing was written
  //   "not_signing" (kUnavailable)    the register is read-only; the message says why
  //   "outcome_unknown" (kUnknown)    send the same token again later: it gets the one truth
  //   "closing" (kUnavailable)        nothing was written
  void Submit(VerifiedSubmission submission, ReceiptCallback done);

  // The newest head. Errors: "no_signed_head" (kUnavailable) when the store is behind its mark and
  // holds no head it once signed, or while it is being opened again; on a full disk it stays open,
  // and the head stays.
  absl::StatusOr<ViewPtr> Newest() const;
  // The newest head that satisfies the cosigner policy; the newest when the policy asks for none.
  // Error: "no_cosigned_head" (kUnavailable).
  absl::StatusOr<ViewPtr> Cosigned() const;
  // The head to cosign: a recent one that is kept long enough for cosignatures to come back.
  absl::StatusOr<ViewPtr> ToCosign() const;
  // Adds the cosignatures in `note` to the head it is of, and returns the note with all of them.
  // Lines of keys that are not in the policy are passed over. Errors: those of certs/note.h,
  // merkle/checkpoint.h and merkle/policy.h; "checkpoint_unknown" (kNotFound: not a head that is
  // kept); "cosigner_unknown" (no line is of the policy's keys).
  absl::StatusOr<std::string> AddCosignature(std::string_view note);

  // Believes the wall clock after a jump.
  void AcceptClock();

  // A consistent copy in `directory`, which must be empty or missing: openable by itself, with the
  // high-water mark of a head it holds. Writes may go on meanwhile.
  absl::Status BackUp(const std::string& directory);

  // For what is kept beside the register in the same database (papers, names, access records). It
  // stays valid as long as the register, also while the store is being opened again.
  Database& database();

  // Takes no more, finishes what was taken, closes. Submitting afterwards gives "closing".
  void Close();

 private:
  class Impl;
  explicit Register(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// How long the caller should wait, when `status` carries it ("queue_full").
std::optional<int64_t> RetryAfterMs(const absl::Status& status);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_REGISTER_H_
