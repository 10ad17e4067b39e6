// A register in a directory of its own, with the keys of everybody in it and a clock that stands
// still, for the tests of what surrounds the sequencer.
#ifndef BONAFIDE_TESTS_STORAGE_TEST_REGISTER_H_
#define BONAFIDE_TESTS_STORAGE_TEST_REGISTER_H_

#include <absl/status/statusor.h>

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "certs/key.h"
#include "registry/event_schema.h"
#include "registry/evidence.h"
#include "storage/register/register.h"
#include "tests/registry/seeded_random.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::storage {

class SteppedClock final : public Clock {
 public:
  static constexpr int64_t kStartMs = 1'780'000'000'000;  // 2026-05-28

  int64_t NowMs() const override { return now_ms_; }
  int64_t ElapsedMs() const override { return elapsed_ms_; }
  // Time passes.
  void Advance(int64_t ms) {
    elapsed_ms_ += ms;
    now_ms_ += ms;
  }
  // Somebody sets the wall clock.
  void Step(int64_t ms) { now_ms_ += ms; }

 private:
  std::atomic<int64_t> now_ms_ = kStartMs;
  std::atomic<int64_t> elapsed_ms_ = 1000;
};

struct Party {
  SubjectNumber number;
  registry::EventId anchor;
  std::shared_ptr<certs::PrivateKey> key;
};

class TestRegister {
 public:
  // Makes the register; Open it before use.
  explicit TestRegister(uint64_t seed = 1);

  RegisterOptions& options() { return options_; }
  SteppedClock& clock() { return clock_; }
  const std::string& directory() const { return directory_.path(); }
  const std::string& origin() const { return origin_; }
  const Party& regulator() const { return regulator_; }
  const std::string& genesis() const { return genesis_; }

  // Opens it, or says why not. `get()` is null then.
  absl::Status Open();
  void Close() { register_.reset(); }
  Register* get() { return register_.get(); }
  Register* operator->() { return register_.get(); }
  ViewPtr Newest() { return *register_->Newest(); }

  std::shared_ptr<certs::PrivateKey> NewKey();
  // Signs without filing. `about` is absent for creations.
  registry::SignedEvent Sign(const Party& by, registry::EventBody body,
                             std::optional<Party> about = std::nullopt,
                             std::vector<registry::OpenedSlot> personal = {});
  // Checks, submits and waits.
  absl::StatusOr<Receipt> File(const std::string& sd_jwt);
  absl::StatusOr<Receipt> File(const registry::SignedEvent& event) { return File(event.Framed()); }

  // Sign and File; abort the test program where that is refused.
  Party Admit(registry::OrganisationKind kind, const Party& by);
  registry::EventId Grant(const Party& by, const Party& to, registry::Power power,
                          bool delegable = false);
  Party AddPractitioner(const Party& by, const std::string& name);
  Party CreateScheme(const Party& by, const std::string& treatment);
  registry::SignedEvent TrainingFor(const Party& by, const Party& practitioner);

  registry::TrustAnchors anchors() const;
  registry::Question QuestionAbout(const Party& practitioner) const;
  // Whether the evidence for that question at `view` passes the client's own check.
  absl::StatusOr<registry::Proven> Verify(const View& view, const registry::Question& question,
                                          const Audience& audience = {}) const;

 private:
  Party Created(const registry::SignedEvent& event, std::shared_ptr<certs::PrivateKey> key);

  std::string origin_ = "register.example/test";
  TemporaryDirectory directory_;
  SteppedClock clock_;
  registry::SeededRandom random_;
  std::shared_ptr<const certs::NoteSigner> log_signer_;
  Party regulator_;
  std::string genesis_;
  RegisterOptions options_;
  std::unique_ptr<Register> register_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_TESTS_STORAGE_TEST_REGISTER_H_
