// The register behind its facade. Internal to this room.
#ifndef BONAFIDE_STORAGE_REGISTER_REGISTER_IMPL_H_
#define BONAFIDE_STORAGE_REGISTER_REGISTER_IMPL_H_

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "storage/register/committer.h"
#include "storage/register/cosigned_heads.h"
#include "storage/register/register.h"
#include "storage/register/submission_queue.h"

namespace bonafide::storage {

absl::Status InitRegister(const RegisterOptions& options, std::string_view genesis_sd_jwt,
                          const Clock& clock);

class Register::Impl {
 public:
  Impl(const RegisterOptions& options, const Clock& clock);

  absl::Status Open();
  void Close();

  const std::string& origin() const { return origin_; }
  RegisterStatus status() const;
  RegisterCounters counters() const;
  absl::StatusOr<VerifiedSubmission> Check(std::string_view sd_jwt) const;
  void Submit(VerifiedSubmission submission, ReceiptCallback done);
  absl::StatusOr<ViewPtr> Newest() const;
  absl::StatusOr<ViewPtr> Cosigned() const;
  absl::StatusOr<ViewPtr> ToCosign();
  absl::StatusOr<std::string> AddCosignature(std::string_view note);
  void AcceptClock();
  absl::Status BackUp(const std::string& directory);
  Database& database() { return *database_; }

 private:
  // Loads the state, asks the boot gate, and publishes the head there is. Sets the status.
  absl::Status Start();
  // Whether the database, though it opened, holds nothing of what the high-water mark says was
  // signed for (a deleted write-ahead log with everything in it). The register then only says so.
  absl::StatusOr<bool> LostEverything();
  // What to say where stored bytes are missing: how much there has to be.
  std::string LossBehindMark() const;
  // The note of a head that is not to be signed, if the database has it.
  std::string StoredNote(const RegisterState& state) const;
  std::string WithStoredCosignatures(const std::string& note, TreeSize size) const;
  void Publish(const std::shared_ptr<const HeadState>& head, const std::string& note);
  void SetStatus(SigningState state, std::string reason, std::string message);
  absl::Status NotSigning() const;

  // The sequencer's thread.
  void Run();
  void CommitBatch(std::vector<QueuedSubmission> batch, bool heartbeat);
  bool HeartbeatIsDue() const;
  // How long to wait for submissions before a heartbeat is due.
  int64_t PatienceMs() const;
  void Recover();
  // Publishes a head of before again, where somebody still holds it: its database is still open.
  void ShowAgain(const std::shared_ptr<const HeadState>& head, const std::string& note);
  void Say(const std::string& message) const;

  const RegisterOptions options_;
  const Clock& clock_;
  std::string origin_;
  std::unique_ptr<Database> database_;
  HeadSigner signer_;
  SubmissionQueue queue_;
  std::unique_ptr<Committer> committer_;  // the sequencer's; null when not signing
  bool heartbeat_refused_ = false;        // the sequencer's
  ClockGate clock_gate_;                  // guarded by mutex_

  mutable std::mutex mutex_;
  ViewPtr newest_;          // guarded by mutex_
  CosignedHeads cosigned_;  // guarded by mutex_
  RegisterStatus status_;   // guarded by mutex_
  std::atomic<uint64_t> events_logged_ = 0;
  std::atomic<uint64_t> events_refused_ = 0;
  std::atomic<uint64_t> batches_ = 0;
  std::atomic<uint64_t> heartbeats_ = 0;
  std::atomic<uint64_t> recoveries_ = 0;
  std::atomic<bool> closing_ = false;
  std::jthread thread_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_REGISTER_IMPL_H_
