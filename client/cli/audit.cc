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
    if (absl::Status status = Replay(auditor); !status.ok()) return out.CouldNotCheck(status);
    std::string note;
    if (!options_.cosign.empty()) {
      auto cosigned = Cosign(auditor.replay());
      if (!cosigned.ok()) {
        Report(auditor.replay(), "");
        return out.Failed(cosigned.status());
      }
      note = *std::move(cosigned);
    }
    Report(auditor.replay(), note);
    return kYes;
  }

 private:
  // The head to audit up to, and how it relates to what this machine has seen.
  absl::Status Prepare() {
    const auto lookup = session_.lookup();  // opens trust, memory and connection
    if (!lookup.ok()) return lookup.status();
    remote_ = *session_.connection();
    const Memory& memory = **session_.memory();
    const auto note = remote_->Checkpoint(session_.head());
    if (!note.ok()) return note.status();
    auto head = merkle::OpenCheckpoint(*note, (*session_.trust())->anchors.log_key);
    if (!head.ok()) return head.status();
    head_ = *std::move(head);
    auto remembered = memory.Remembered();
    if (!remembered.ok()) return remembered.status();
    remembered_ = *std::move(remembered);
    const auto relation = memory.Compare(*note, *remote_);
    if (!relation.ok()) return relation.status();
    relation_ = *relation;
    return absl::OkStatus();
  }

  absl::Status Replay(Auditor& auditor) {
    const uint64_t size = head_.checkpoint.size.value;
    auditor.Expect(head_.checkpoint);
    if (remembered_ && remembered_->checkpoint.size <= head_.checkpoint.size) {
      auditor.Expect(remembered_->checkpoint);
    }
    absl::Status status = remote_->StreamEntries(
        merkle::LogIndex{0}, size, [&](merkle::LogIndex first, std::string_view frames) {
          session_.out().Progress("auditing", first.value, size);
          return auditor.Add(frames);
        });
    // What was received may explain better than the stream why it ended.
    if (absl::Status found = auditor.Finish(); !found.ok()) status = found;
    session_.out().EndProgress();
    if (ReasonOf(status) == "fork" && remembered_) {
      return (*session_.memory())
          ->KeepFork(certs::WriteNote(remembered_->note), certs::WriteNote(head_.note));
    }
    if (!status.ok()) return status;
    const auto& replay = auditor.replay();
    if (replay.size() != head_.checkpoint.size) {
      return Damaged("audit_incomplete", "the register showed " +
                                             std::to_string(replay.size().value) + " of " +
                                             std::to_string(size) + " entries");
    }
    if (!replay.ends_in_state()) {
      return Damaged("audit_state_entry", "the head does not end in a state entry");
    }
    if (replay.head_time_ms() > session_.now_ms() + kFutureHeadMs) {
      return Damaged("head_in_future", "the head is dated after this machine's clock");
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::string> Cosign(const client::Replay& replay) {
    if (replay.unknown_events() > 0) {
      return NotAdmitted("update_needed",
                         "not cosigned: the log holds events that are newer than "
                         "this program; update it");
    }
    if (relation_ == HeadRelation::kOlder) {
      return NotAdmitted("head_older", "not cosigned: this machine has seen a newer head");
    }
    auto key = certs::ReadKeyFile(options_.cosign);
    if (!key.ok()) return key.status();
    const auto cosigner =
        certs::NoteSigner::Create(options_.name, certs::NoteKeyType::kCosignature,
                                  std::make_shared<certs::PrivateKey>(*std::move(key)));
    if (!cosigner.ok()) return cosigner.status();
    return CosignHead(head_, *cosigner, session_.now_ms() / 1000, *remote_);
  }

  void Report(const client::Replay& replay, const std::string& note) {
    Output& out = session_.out();
    const auto number = [](uint64_t value) { return Json::Integer(static_cast<int64_t>(value)); };
    out.Value(Json::Object({
        {"entries", number(replay.size().value)},
        {"events", number(replay.events())},
        {"states", number(replay.states())},
        {"subjects", number(replay.subject_count())},
        {"heads", number(replay.heads_checked())},
        {"unknown_events", number(replay.unknown_events())},
        {"root", Json::String(replay.root().Hex())},
        {"head_time_ms", Json::Integer(replay.head_time_ms())},
        {"cosigned", Json::Bool(!note.empty())},
    }));
    if (session_.quiet()) return;
    out.Line("The log is right: " + std::to_string(replay.events()) + " events with as many " +
                 "signatures, " + std::to_string(replay.states()) + " state entries over " +
                 std::to_string(replay.subject_count()) + " subjects, " +
                 std::to_string(replay.heads_checked()) + " known heads",
             Colour::kGood);
    out.Line("  head of " + std::to_string(replay.size().value) + " entries, " +
             TimeWords(replay.head_time_ms()) + ", root " + replay.root().Hex());
    if (relation_ == HeadRelation::kOlder) {
      out.Line("  this is an older head than one this machine has seen");
    }
    if (replay.unknown_events() > 0) {
      out.Line("  " + std::to_string(replay.unknown_events()) +
               " events are newer than this program: update it");
    }
    if (!note.empty()) out.Line("  cosigned as " + options_.name);
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
