#include "storage/register/register_impl.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "certs/reason.h"
#include "merkle/prove.h"
#include "storage/log/database_log_store.h"
#include "storage/register/backup.h"
#include "storage/register/boot_gate.h"

namespace bonafide::storage {
namespace {

std::string MarkPath(const RegisterOptions& options) {
  return options.database.directory + "/high-water";
}

absl::StatusOr<merkle::Checkpoint> CheckpointIn(const absl::StatusOr<std::unique_ptr<HighWater>>& m,
                                                const certs::NoteVerifier& log) {
  if (!m.ok()) return m.status();
  auto opened = merkle::OpenCheckpoint((*m)->note(), log);
  if (!opened.ok()) return opened.status();
  return opened->checkpoint;
}

absl::Status CheckMeta(const Database& database, const certs::NoteVerifier& log) {
  const auto version = database.Require(Family::kMeta, kMetaVersion);
  if (!version.ok()) return version.status();
  const auto number = ParseU64Value(*version);
  if (!number.ok()) return number.status();
  if (*number != kStoreVersion) {
    return NotAdmitted("store_version", "the store has version " + std::to_string(*number) +
                                            ", this program reads " +
                                            std::to_string(kStoreVersion));
  }
  const auto key = database.Require(Family::kMeta, kMetaLogKey);
  if (!key.ok()) return key.status();
  if (*key == log.ToVkey()) return absl::OkStatus();
  return NotAdmitted("log_key_wrong",
                     "this register is signed with " + *key + ", not with " + log.ToVkey());
}

}  // namespace

Register::Impl::Impl(const RegisterOptions& options, const Clock& clock)
    : options_(options),
      clock_(clock),
      signer_(options.log_signer),
      queue_(options.queue_events, options.queue_bytes),
      clock_gate_(options.clock_jump_ms),
      cosigned_(options.cosigner_policy, [](const ViewPtr& view, std::string note) {
        return ViewPtr(new View(view->head_, std::move(note)));
      }) {}

void Register::Impl::Say(const std::string& message) const {
  if (options_.log) options_.log(message);
}

absl::Status Register::Impl::Open() {
  DatabaseOptions database_options = options_.database;
  database_options.create = false;
  auto database = Database::Open(database_options);
  if (!database.ok()) return database.status();
  database_ = *std::move(database);
  if (const auto lost = LostEverything(); !lost.ok() || *lost) return lost.status();
  absl::Status status = CheckMeta(*database_, signer_.verifier());
  if (status.ok()) status = Start();
  if (absl::IsDataLoss(status)) status = Within(LossBehindMark(), status);
  if (!status.ok()) return status;
  if (this->status().state != SigningState::kReadOnly) {
    thread_ = std::jthread([this] { Run(); });
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Register::Impl::LostEverything() {
  for (Family family : {Family::kMeta, Family::kHistories, Family::kPlaces}) {
    bool empty = true;
    const absl::Status scanned =
        database_->Now()->Scan(family, "", "", [&empty](std::string_view, std::string_view) {
          empty = false;
          return false;
        });
    if (!scanned.ok()) return scanned;
    if (!empty) return false;
  }
  const auto marked = CheckpointIn(HighWater::Open(MarkPath(options_)), signer_.verifier());
  if (!marked.ok()) return false;
  origin_ = marked->origin;
  const std::string message = "the last signed head has " + std::to_string(marked->size.value) +
                              " entries, and the database has lost all of them";
  SetStatus(SigningState::kReadOnly, "behind_high_water", message);
  Say("read-only: " + message);
  return true;
}

std::string Register::Impl::LossBehindMark() const {
  const auto marked = CheckpointIn(HighWater::Open(MarkPath(options_)), signer_.verifier());
  if (!marked.ok()) return "the database cannot be used";
  return "the database cannot be used, though " + std::to_string(marked->size.value) +
         " entries were signed for";
}

absl::Status Register::Impl::Start() {
  auto state = RegisterState::Load(*database_, options_.open_threads);
  if (!state.ok()) return state.status();
  origin_ = (*state)->origin();
  const merkle::Checkpoint stored = CheckpointOf(**state);
  auto mark = HighWater::Open(MarkPath(options_));
  const auto marked = CheckpointIn(mark, signer_.verifier());
  const auto snapshot = (*state)->head()->snapshot;
  const BootRuling ruling = JudgeBoot(stored, marked, [&](TreeSize size) {
    StoredHashes hashes(*snapshot, stored.size);
    return merkle::RootAt(size, hashes);
  });
  if (!ruling.may_sign) {
    SetStatus(SigningState::kReadOnly, "behind_high_water", ruling.message);
    Say("read-only: " + ruling.message);
    const std::string note = StoredNote(**state);
    if (!note.empty()) Publish((*state)->head(), note);
    return absl::OkStatus();
  }
  if ((*mark)->was_torn()) Say("one slot of the high-water file was not whole; the other one is");

  if (absl::Status space = database_->CheckFreeSpace(); !space.ok()) {
    SetStatus(SigningState::kRecovering, "disk_full", std::string(space.message()));
    Say("not signing yet: " + std::string(space.message()));
    if (marked->size == stored.size) Publish((*state)->head(), (*mark)->note());
    return absl::OkStatus();
  }
  Committer::Parts parts;
  parts.note = (*mark)->note();
  if (marked->size != stored.size) {
    signer_.Start(stored);
    auto note = signer_.Finish();
    if (!note.ok()) return note.status();
    parts.note = *std::move(note);
  }
  // Also where it says so already: after a sync that failed, what is read may be in memory only.
  if (absl::Status status = (*mark)->Mark(parts.note); !status.ok()) return status;
  parts.log = options_.make_log_store ? options_.make_log_store(*database_)
                                      : std::make_unique<DatabaseLogStore>(*database_);
  const auto epoch = parts.log->BeginEpoch();
  if (!epoch.ok()) return epoch.status();
  parts.epoch = *epoch;
  const int64_t last_time_ms = (*state)->last_time_ms();
  parts.state = *std::move(state);
  parts.mark = *std::move(mark);
  parts.signer = &signer_;
  parts.projections = options_.projections;
  committer_ = std::make_unique<Committer>(std::move(parts));
  {
    const std::scoped_lock lock(mutex_);
    const int64_t now_ms = clock_.NowMs();
    const bool believable = options_.accept_clock || now_ms - last_time_ms <= options_.clock_gap_ms;
    clock_gate_.Believe(believable ? now_ms : last_time_ms, clock_.ElapsedMs());
  }
  SetStatus(SigningState::kSigning, "", "");
  Publish(committer_->state().head(), committer_->note());
  return absl::OkStatus();
}

std::string Register::Impl::StoredNote(const RegisterState& state) const {
  const auto row = database_->Get(Family::kMeta, kMetaNote);
  if (!row.ok() || !row->has_value()) return {};
  const auto opened = merkle::OpenCheckpoint(**row, signer_.verifier());
  if (!opened.ok() || opened->checkpoint != CheckpointOf(state)) return {};
  return **row;
}

std::string Register::Impl::WithStoredCosignatures(const std::string& note, TreeSize size) const {
  if (!options_.cosigner_policy.requires_cosignatures()) return note;
  auto parsed = certs::ParseNote(note);
  if (!parsed.ok()) return note;
  for (const merkle::PolicyWitness& witness : options_.cosigner_policy.witnesses()) {
    const auto row =
        database_->Get(Family::kCosignatures,
                       CosignatureKey(size, witness.verifier.key_id(), witness.verifier.name()));
    if (!row.ok() || !row->has_value()) continue;
    parsed->signatures.push_back({witness.verifier.name(), witness.verifier.key_id(), **row});
    if (!merkle::VerifyCosignature(*parsed, witness.verifier).ok()) parsed->signatures.pop_back();
  }
  return certs::WriteNote(*parsed);
}

void Register::Impl::Publish(const std::shared_ptr<const HeadState>& head,
                             const std::string& note) {
  const ViewPtr view(new View(head, WithStoredCosignatures(note, head->size)));
  const std::scoped_lock lock(mutex_);
  newest_ = view;
  cosigned_.Offer(view, clock_.ElapsedMs());
}

void Register::Impl::SetStatus(SigningState state, std::string reason, std::string message) {
  const std::scoped_lock lock(mutex_);
  status_ = {state, std::move(reason), std::move(message)};
}

RegisterStatus Register::Impl::status() const {
  const std::scoped_lock lock(mutex_);
  return status_;
}

RegisterCounters Register::Impl::counters() const {
  RegisterCounters counters;
  counters.events_logged = events_logged_;
  counters.events_refused = events_refused_;
  counters.batches = batches_;
  counters.heartbeats = heartbeats_;
  counters.recoveries = recoveries_;
  counters.queued_events = queue_.size();
  counters.disk_bytes = database_->DiskBytes();
  return counters;
}

absl::StatusOr<VerifiedSubmission> Register::Impl::Check(std::string_view sd_jwt) const {
  if (status().state == SigningState::kReadOnly) return NotSigning();
  auto submission = VerifiedSubmission::Check(
      sd_jwt, origin_, [this](SubjectNumber issuer, const certs::KeyId& key) {
        const auto view = Newest();
        return view.ok() ? (*view)->StandingKey(issuer, key)
                         : absl::StatusOr<certs::PublicKey>(view.status());
      });
  if (!submission.ok()) return submission;
  for (const std::shared_ptr<Projection>& projection : options_.projections) {
    absl::Status status = projection->CheckIntake(submission->event(), submission->opened());
    if (!status.ok()) return status;
  }
  return submission;
}

absl::Status Register::Impl::NotSigning() const {
  const RegisterStatus now = status();
  if (now.reason == "disk_full") {
    return Refusal(absl::StatusCode::kResourceExhausted, "disk_full", now.message);
  }
  return Refusal(absl::StatusCode::kUnavailable, "not_signing", now.reason + ": " + now.message);
}

void Register::Impl::Submit(VerifiedSubmission submission, ReceiptCallback done) {
  const RegisterStatus now = status();
  if (now.state == SigningState::kReadOnly || now.state == SigningState::kRecovering) {
    done(NotSigning());
    return;
  }
  QueuedSubmission item{std::move(submission), std::move(done)};
  if (absl::Status status = queue_.Push(item); !status.ok()) item.done(std::move(status));
}

absl::StatusOr<ViewPtr> Register::Impl::Newest() const {
  const std::scoped_lock lock(mutex_);
  if (newest_) return newest_;
  return Refusal(absl::StatusCode::kUnavailable, "no_signed_head",
                 "there is no signed head to read from: " + status_.message);
}

absl::StatusOr<ViewPtr> Register::Impl::Cosigned() const {
  const std::scoped_lock lock(mutex_);
  if (const ViewPtr view = cosigned_.cosigned()) return view;
  return Refusal(absl::StatusCode::kUnavailable, "no_cosigned_head",
                 "no head has the cosignatures its policy asks for yet");
}

absl::StatusOr<ViewPtr> Register::Impl::ToCosign() {
  {
    const std::scoped_lock lock(mutex_);
    if (const ViewPtr view = cosigned_.ToCosign(clock_.ElapsedMs())) return view;
  }
  return Newest();
}

absl::StatusOr<std::string> Register::Impl::AddCosignature(std::string_view note) {
  ViewPtr view;
  {
    const std::scoped_lock lock(mutex_);
    auto added = cosigned_.Add(note);
    if (!added.ok()) return added.status();
    view = *added;
    if (newest_ && newest_->size() == view->size()) newest_ = view;
  }
  WriteBatch batch;
  const auto lines = certs::ParseNote(view->note());
  for (const certs::NoteSignature& line : lines->signatures) {
    if (line.key_id == signer_.verifier().key_id()) continue;
    batch.Put(Family::kCosignatures, CosignatureKey(view->size(), line.key_id, line.name),
              line.signature);
  }
  // Cosignatures may be asked for again, so losing them in a crash does no harm.
  if (absl::Status status = database_->WriteLazily(std::move(batch)); !status.ok()) {
    Say("a cosignature was not stored: " + status.ToString());
  }
  return view->note();
}

void Register::Impl::AcceptClock() {
  {
    const std::scoped_lock lock(mutex_);
    clock_gate_.Believe(clock_.NowMs(), clock_.ElapsedMs());
  }
  queue_.Wake();
}

absl::Status Register::Impl::BackUp(const std::string& directory) {
  return BackUpRegister(*database_, signer_.verifier(), MarkPath(options_), directory);
}

void Register::Impl::Close() {
  closing_ = true;
  queue_.Close();
  if (thread_.joinable()) thread_.join();
  for (QueuedSubmission& item : queue_.Take(options_.queue_events, 0)) {
    item.done(Refusal(absl::StatusCode::kUnavailable, "closing", "the register is closed"));
  }
  committer_.reset();
  {
    const std::scoped_lock lock(mutex_);
    newest_.reset();
    cosigned_.Clear();
    status_ = {SigningState::kClosed, "", ""};
  }
}

}  // namespace bonafide::storage
