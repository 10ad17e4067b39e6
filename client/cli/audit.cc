#include <algorithm>
#include <memory>
#include <string>
#include <thread>

#include "certs/key_file.h"
#include "certs/reason.h"
#include "client/auditor.h"
#include "client/cli/commands.h"
#include "client/cli/exit_code.h"
#include "client/cosigning.h"
#include "client/wording.h"

namespace bonafide::client::cli {
namespace {

using certs::Json;

constexpr int64_t kFutureHeadMs = int64_t{5} * 60 * 1000;
constexpr int kMostAttempts = 5;

std::string Count(uint64_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

struct Options {
  std::string cosign, name;
  int64_t threads = 0;
};

class Audit {
 public:
  Audit(const Options& options, Session& session) : options_(options), session_(session) {}

  int Run() {
    Output& out = session_.out();
    if (absl::Status status = Prepare(); !status.ok()) return out.CouldNotCheck(status);
    const unsigned cores = std::max(std::thread::hardware_concurrency(), 1u);
    const auto threads = options_.threads > 0
                             ? static_cast<unsigned>(std::min<int64_t>(options_.threads, 256))
                             : cores;
    Auditor auditor((*session_.trust())->anchors, threads);
    auditor.Expect(head_.checkpoint);
    if (remembered_ && remembered_->checkpoint.size < head_.checkpoint.size) {
      auditor.Expect(remembered_->checkpoint);
    }
    if (absl::Status status = Replay(auditor); !status.ok()) return out.CouldNotCheck(status);
    absl::Status cosigned;
    if (!options_.cosign.empty()) {
      cosigned = Cosign(auditor);
      // What was replayed to catch up, or a second history: the log is not right.
      if (absl::IsDataLoss(cosigned)) return out.CouldNotCheck(cosigned);
    }
    return Report(auditor.replay(), cosigned);
  }

 private:
  // The head to audit up to, and how it relates to what this machine has seen.
  absl::Status Prepare() {
    const auto lookup = session_.lookup();  // opens trust, memory and connection
    if (!lookup.ok()) return lookup.status();
    remote_ = *session_.connection();
    auto remembered = (*session_.memory())->Remembered();
    if (!remembered.ok()) return remembered.status();
    remembered_ = *std::move(remembered);
    return TakeHead();
  }

  absl::Status TakeHead() {
    // An audit is about history, so no cosigner is asked for; --cosigned asks for a cosigned head.
    const auto note =
        remote_->Checkpoint(options_.cosign.empty() ? session_.asked_head() : Head::kToCosign);
    if (!note.ok()) return note.status();
    auto head = merkle::OpenCheckpoint(*note, (*session_.trust())->anchors.log_key);
    if (!head.ok()) return head.status();
    const auto relation = (*session_.memory())->Compare(*note, *remote_);
    if (!relation.ok()) return relation.status();
    head_ = *std::move(head);
    relation_ = *relation;
    return absl::OkStatus();
  }

  // Goes on from where `auditor` is, up to head_.
  absl::Status Replay(Auditor& auditor) {
    const uint64_t size = head_.checkpoint.size.value;
    const merkle::LogIndex begin{auditor.replay().size().value};
    absl::Status status = remote_->StreamEntries(
        begin, size - begin.value, [&](merkle::LogIndex first, std::string_view frames) {
          session_.out().Progress("auditing", first.value, size);
          return auditor.Add(frames);
        });
    // What was received may explain better than the stream why it ended.
    if (absl::Status found = auditor.Finish(); !found.ok()) status = found;
    session_.out().EndProgress();
    if (!status.ok()) return status;
    const auto& replay = auditor.replay();
    if (replay.size() != head_.checkpoint.size) {
      return Damaged("audit_incomplete", "the register showed " +
                                             std::to_string(replay.size().value) + " of " +
                                             std::to_string(size) + " entries");
    }
    if (replay.root() != head_.checkpoint.root) {
      return Damaged("fork", "FORK: the head of size " + std::to_string(size) +
                                 " that the register signed has another root than the log it "
                                 "shows now");
    }
    if (!replay.ends_in_state()) {
      return Damaged("audit_state_entry", "the head does not end in a state entry");
    }
    if (replay.head_time_ms() > session_.now_ms() + kFutureHeadMs) {
      return Damaged("head_in_future", "the head is dated after this machine's clock");
    }
    return absl::OkStatus();
  }

  // A head waits for cosignatures only for seconds, and the replay may have taken longer: so catch
  // up with the one that waits now, which takes less each time.
  absl::Status Cosign(Auditor& auditor) {
    auto key = certs::ReadKeyFile(options_.cosign);
    if (!key.ok()) return key.status();
    const auto cosigner =
        certs::NoteSigner::Create(options_.name, certs::NoteKeyType::kCosignature,
                                  std::make_shared<certs::PrivateKey>(*std::move(key)));
    if (!cosigner.ok()) return cosigner.status();
    const auto cosigned = CosignedHead(cosigner->verifier());
    if (!cosigned.ok()) return cosigned.status();
    for (int attempt = 1;; ++attempt) {
      if (absl::Status status = TakeHead(); !status.ok()) return status;
      if (head_.checkpoint.size > auditor.replay().size()) {
        if (absl::Status status = Replay(auditor); !status.ok()) return status;
      }
      if (absl::Status status = MayCosign(auditor.replay()); !status.ok()) return status;
      const auto note = CosignHead(head_, *cosigner, session_.now_ms() / 1000, *cosigned, *remote_);
      const bool too_late = ReasonOf(note.status()) == "checkpoint_unknown";
      if (!too_late || attempt == kMostAttempts) return note.status();
    }
  }

  // What this cosigner has cosigned, whoever else uses this machine.
  absl::StatusOr<Memory> CosignedHead(const certs::NoteVerifier& cosigner) const {
    const auto directory = session_.StateDirectory();
    if (!directory.ok()) return directory.status();
    return Memory::Open(*directory + "/cosigned/" + Sha256(cosigner.ToVkey()).Hex().substr(0, 32),
                        (*session_.trust())->anchors.log_key);
  }

  absl::Status MayCosign(const client::Replay& replay) const {
    if (head_.checkpoint.size != replay.size()) {
      return NotAdmitted("head_older", "not cosigned: the register offers an older head now");
    }
    if (relation_ == HeadRelation::kOlderUnproven) {
      return NotAdmitted("consistency_unproven",
                         "not cosigned: the register did not show that its head comes before the "
                         "larger one that this machine remembers");
    }
    if (replay.unknown_events() > 0) {
      return NotAdmitted("update_needed",
                         "not cosigned: the log holds events that are newer than "
                         "this program; update it");
    }
    return absl::OkStatus();
  }

  // `cosigned`: whether that went well, where it was asked for.
  int Report(const client::Replay& replay, const absl::Status& cosigned) {
    Output& out = session_.out();
    const bool done = !options_.cosign.empty() && cosigned.ok();
    const auto number = [](uint64_t value) { return Json::Integer(static_cast<int64_t>(value)); };
    Json::Members found = {
        {"entries", number(replay.size().value)},
        {"events", number(replay.events())},
        {"states", number(replay.states())},
        {"subjects", number(replay.subject_count())},
        {"heads", number(replay.heads_checked())},
        {"unknown_events", number(replay.unknown_events())},
        {"root", Json::String(replay.root().Hex())},
        {"head_time_ms", Json::Integer(replay.head_time_ms())},
        {"cosigned", Json::Bool(done)},
    };
    if (!session_.quiet()) Print(replay, done);
    if (!cosigned.ok()) return out.Failed(cosigned, std::move(found));
    out.Value(Json::Object(std::move(found)));
    return kYes;
  }

  void Print(const client::Replay& replay, bool cosigned) {
    Output& out = session_.out();
    out.Line("The log is right: " + Count(replay.events(), "signed event") + ", " +
                 Count(replay.states(), "state") + " of " +
                 Count(replay.subject_count(), "subject") + ", " +
                 Count(replay.heads_checked(), "known head"),
             Colour::kGood);
    out.Line("  head of " + std::to_string(replay.size().value) + " entries, " +
             TimeWords(replay.head_time_ms()) + ", root " + replay.root().Hex());
    if (IsOlder(relation_)) out.Line("  this is an older head than one this machine has seen");
    if (replay.unknown_events() > 0) {
      out.Line("  " + std::to_string(replay.unknown_events()) +
               " events are newer than this program: update it");
    }
    if (cosigned) out.Line("  cosigned as " + options_.name);
  }

  const Options& options_;
  Session& session_;
  Remote* remote_ = nullptr;
  merkle::OpenedCheckpoint head_;
  std::optional<merkle::OpenedCheckpoint> remembered_;
  HeadRelation relation_ = HeadRelation::kFirst;
};

}  // namespace

void AddAudit(Arguments& program, Session& session) {
  auto options = std::make_shared<Options>();
  Arguments command = program.Command(
      "audit", "Replay the whole log: every signature, every rule, every state, every known head");
  command.Option("--cosign", options->cosign,
                 "Then cosign the head with this key (bonafide keygen --cosigner)");
  command.Option("--name", options->name, "Name of the cosigner");
  command.Option("--threads", options->threads, "How many threads (default: one a core)");
  command.Run([options, &session] {
    session.Begin();
    if (!options->cosign.empty() && options->name.empty()) {
      return session.out().Usage(Malformed("cosigner", "--cosign needs --name"));
    }
    return Audit(*options, session).Run();
  });
}

}  // namespace bonafide::client::cli
