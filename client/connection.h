// A gRPC connection to a register over TLS.
#ifndef BONAFIDE_CLIENT_CONNECTION_H_
#define BONAFIDE_CLIENT_CONNECTION_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "client/identity.h"
#include "client/remote.h"

namespace bonafide::client {

struct ConnectionSettings {
  std::string address;           // host:port
  std::string ca_pem;            // authorities to believe; empty: those of the system
  int64_t deadline_ms = 30'000;  // of a call; a transfer or stream has 100 times as long
};

// Thread-safe. Connects at the first call; a lost connection is made again.
class Connection : public Remote {
 public:
  // Errors: "server_address" (no host:port), "ca_file" (no certificate in `ca_pem`).
  static absl::StatusOr<std::unique_ptr<Connection>> Open(const ConnectionSettings& settings);
  ~Connection() override;

  // Calls from now on say who asks. Precondition: no call is running.
  void Act(Identity identity);

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
  absl::StatusOr<Receipt> Submit(const std::string& sd_jwt) override;
  absl::StatusOr<StoredPaper> UploadPaper(std::string_view bytes) override;
  absl::StatusOr<StoredPaper> FetchPaper(
      const Digest& digest, const std::function<absl::Status(std::string_view)>& sink) override;

 private:
  struct Stubs;
  explicit Connection(std::unique_ptr<Stubs> stubs);

  std::unique_ptr<Stubs> stubs_;
};

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_CONNECTION_H_
