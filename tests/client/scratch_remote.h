// A register in memory as a client meets it: honest, or dishonest where a test says so.
#ifndef BONAFIDE_TESTS_CLIENT_SCRATCH_REMOTE_H_
#define BONAFIDE_TESTS_CLIENT_SCRATCH_REMOTE_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "client/remote.h"
#include "client/trust.h"
#include "merkle/checkpoint.h"
#include "merkle/frame.h"
#include "tests/registry/scratch_register.h"

namespace bonafide::client {

// The trust file of whoever trusts `scratch`.
Trust TrustIn(const registry::ScratchRegister& scratch);

// The entries of a log with the root and proofs they have.
class ScratchLog {
 public:
  explicit ScratchLog(std::vector<std::string> entries) : entries_(std::move(entries)) {}

  const std::vector<std::string>& entries() const { return entries_; }
  merkle::Checkpoint Head(const std::string& origin, uint64_t size) const;
  std::string Frames() const;
  merkle::Proof Inclusion(uint64_t index, uint64_t size) const;
  merkle::Proof Consistency(uint64_t first, uint64_t second) const;

 private:
  std::vector<std::string> entries_;
};

class ScratchRemote : public Remote {
 public:
  explicit ScratchRemote(registry::ScratchRegister& scratch) : scratch_(scratch) {}

  absl::StatusOr<std::string> Checkpoint(Head head) override;
  absl::StatusOr<merkle::Proof> InclusionProof(merkle::LogIndex index,
                                               merkle::TreeSize size) override;
  absl::StatusOr<merkle::Proof> ConsistencyProof(merkle::TreeSize first,
                                                 merkle::TreeSize second) override;
  absl::Status StreamEntries(merkle::LogIndex first, uint64_t limit,
                             const EntrySink& sink) override;
  absl::StatusOr<std::string> AddCosignature(const std::string& note) override;
  absl::StatusOr<registry::Evidence> Verify(const registry::Question& question, Head head) override;
  absl::StatusOr<SearchPage> Search(const SearchQuery& query) override;
  // Logs creations of practitioners and events about one subject, and publishes.
  absl::StatusOr<Receipt> Submit(const std::string& sd_jwt) override;
  absl::StatusOr<StoredPaper> UploadPaper(std::string_view bytes) override;
  absl::StatusOr<StoredPaper> FetchPaper(
      const Digest& digest, const std::function<absl::Status(std::string_view)>& sink) override;

  // Each changes what is answered, where it is set.
  std::function<std::string()> spoil_checkpoint;
  std::function<void(std::string& frames)> spoil_frames;
  std::function<void(registry::Evidence&)> spoil_evidence;
  std::function<void(Receipt&)> spoil_receipt;
  std::optional<absl::StatusOr<merkle::Proof>> consistency;
  std::vector<absl::Status> submit_failures;  // given in this order before anything works
  absl::Status verify_failure;  // each given instead of an answer, where it is an error
  absl::Status cosign_failure;
  bool drop_cosignatures = false;
  int submitted = 0;

 private:
  registry::ScratchRegister& scratch_;
};

}  // namespace bonafide::client

#endif  // BONAFIDE_TESTS_CLIENT_SCRATCH_REMOTE_H_
