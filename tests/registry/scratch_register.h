// A register in memory for tests: real keys, real tokens, real trees, honest evidence; and the
// means to be dishonest, since nothing it logs is checked unless asked for.
#ifndef BONAFIDE_TESTS_REGISTRY_SCRATCH_REGISTER_H_
#define BONAFIDE_TESTS_REGISTRY_SCRATCH_REGISTER_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "certs/key.h"
#include "certs/note.h"
#include "merkle/dense_tree.h"
#include "registry/event_schema.h"
#include "registry/evidence.h"
#include "registry/subject.h"
#include "tests/registry/seeded_random.h"

namespace bonafide::registry {

// An organisation (or any subject) with the key that signs for it.
struct Party {
  SubjectNumber number;
  EventId anchor;
  std::shared_ptr<certs::PrivateKey> key;
};

class ScratchRegister {
 public:
  static constexpr int64_t kStartMs = 1'780'000'000'000;  // 2026-05-28, 20:26:40 UTC

  // Logs the genesis of subject 0, a regulator. The same seed gives the same keys and salts.
  explicit ScratchRegister(uint64_t seed = 1, std::string origin = "register.example/test");

  const std::string& origin() const { return origin_; }
  const Party& regulator() const { return regulator_; }
  int64_t now_ms() const { return now_ms_; }
  void Advance(int64_t ms) { now_ms_ += ms; }
  void AdvanceDays(int days) { now_ms_ += int64_t{days} * 24 * 3600 * 1000; }

  std::shared_ptr<certs::PrivateKey> NewKey(
      certs::Algorithm algorithm = certs::Algorithm::kEd25519);

  // Signs without logging. `about` is absent for creations.
  SignedEvent Sign(const Party& by, EventBody body, std::optional<Party> about = std::nullopt,
                   std::vector<OpenedSlot> personal = {});

  // Logs whatever it is given under `subjects`, unchecked. Returns its index.
  LogIndex Log(const SignedEvent& event, std::vector<SubjectNumber> subjects);
  // Logs a bare token (hostile ones) unchecked.
  LogIndex LogToken(const std::string& jwt, std::vector<SubjectNumber> subjects);
  // Checks admission first; logs only what is admitted.
  absl::Status Submit(const SignedEvent& event, std::vector<SubjectNumber> subjects);

  // Sign and Submit, aborting the test program where it is refused.
  Party Admit(OrganisationKind kind, const std::string& name, const Party& by,
              std::optional<std::string> recognition = std::nullopt);
  EventId Grant(const Party& by, const Party& to, Power power, std::vector<std::string> scope,
                bool delegable = false, std::optional<SubjectNumber> insurer = std::nullopt);
  Party Register(const Party& by, const std::string& name);  // a practitioner; key is null
  Party CreateScheme(const Party& by, const std::string& treatment, const std::string& territory);
  // Any event about `about` that creates no subject.
  EventId File(const Party& by, EventBody body, const Party& about,
               std::vector<OpenedSlot> personal = {});
  // The same, with the answer.
  absl::StatusOr<EventId> TryFile(const Party& by, EventBody body, const Party& about,
                                  std::vector<OpenedSlot> personal = {});

  // Ends the batch: a state entry and a signed head at now_ms().
  void Publish();

  TrustAnchors anchors() const;
  const certs::NoteSigner& log_signer() const { return *log_signer_; }
  const std::string& checkpoint() const { return checkpoint_; }
  const World& world() const { return admitted_; }
  int64_t head_time_ms() const { return head_time_ms_; }
  uint64_t subject_count() const { return subjects_.size(); }
  const std::vector<std::string>& entries() const { return entries_; }  // all, by index

  // Honest evidence at the published head. Precondition: Publish() came after the last Log().
  Evidence Prove(const Question& question) const;
  // Evidence of exactly these subjects, whether that is right or not.
  Evidence ProveSubjects(const std::vector<SubjectNumber>& numbers) const;

 private:
  // Admitted subjects; a World that grows.
  class Admitted : public World {
   public:
    uint64_t subject_count() const override { return subjects.size(); }
    const Subject* Find(SubjectNumber number) const override {
      const auto found = subjects.find(number);
      return found == subjects.end() ? nullptr : &found->second;
    }
    std::map<SubjectNumber, Subject> subjects;
  };
  struct Stored {
    std::vector<std::string> entries;
    std::string disclosures;
    std::vector<SubjectNumber> references;
  };
  class Index;
  EventEntry NextEntry(const std::string& jwt, std::vector<SubjectNumber> subjects) const;
  LogIndex Append(const EventEntry& entry, const std::vector<std::string>& disclosures);

  std::string origin_;
  SeededRandom random_;
  int64_t now_ms_ = kStartMs;
  std::unique_ptr<certs::NoteSigner> log_signer_;
  Party regulator_;
  std::vector<std::string> entries_;
  std::map<SubjectNumber, Stored> subjects_;
  std::map<std::pair<std::string, std::string>, SubjectNumber> schemes_;
  Admitted admitted_;
  std::string checkpoint_;
  std::string state_entry_;
  std::string state_inclusion_;
  std::unique_ptr<merkle::DenseTree> state_;
  int64_t head_time_ms_ = 0;
};

}  // namespace bonafide::registry

#endif  // BONAFIDE_TESTS_REGISTRY_SCRATCH_REGISTER_H_
