// A register made by `init` in a temporary directory, served over TLS, with clients beside it.
#ifndef BONAFIDE_TESTS_SERVER_RUNNING_REGISTER_H_
#define BONAFIDE_TESTS_SERVER_RUNNING_REGISTER_H_

#include <grpcpp/channel.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "bonafide/v1/log.grpc.pb.h"
#include "bonafide/v1/lookup.grpc.pb.h"
#include "bonafide/v1/submission.grpc.pb.h"
#include "registry/event_schema.h"
#include "registry/evidence.h"
#include "server/instance.h"

namespace bonafide::server {

inline constexpr char kOrigin[] = "register.example/test";

// An event that was filed.
struct Filed {
  registry::SubjectNumber subject;  // its own
  registry::EventId id;
  std::string sd_jwt;
  v1::Receipt receipt;
};

class RunningRegister {
 public:
  // `adjust` changes the configuration before the server starts; `free_bytes` is as
  // DataDirectoryOptions::free_bytes.
  explicit RunningRegister(
      const std::function<void(Config&)>& adjust = {},
      const std::function<uint64_t(const std::string& directory)>& free_bytes = {});
  ~RunningRegister();

  Instance& instance() { return *instance_; }
  const std::string& directory() const { return directory_; }
  const registry::TrustAnchors& anchors() const { return *anchors_; }

  v1::LookupService::StubInterface& lookup() { return *lookup_; }
  v1::SubmissionService::StubInterface& submission() { return *submission_; }
  v1::LogService::StubInterface& log() { return *log_; }
  std::shared_ptr<grpc::Channel> channel() { return channel_; }

  // An organisation by its number, which signs with its one key.
  struct Organisation {
    registry::SubjectNumber number;
    certs::PrivateKey key;
  };
  const Organisation& regulator() const { return regulator_; }

  // Signs an event about `about` (nothing: a creation) now.
  registry::SignedEvent Sign(const Organisation& by, const std::optional<Filed>& about,
                             registry::EventBody body,
                             std::vector<registry::OpenedSlot> slots = {}) const;
  grpc::Status Submit(const std::string& sd_jwt, v1::SubmitEventResponse* response);
  // Signs and files; a refusal fails the test.
  Filed File(const Organisation& by, const std::optional<Filed>& about, registry::EventBody body,
             std::vector<registry::OpenedSlot> slots = {});

  // The value of the header `authorization` for a call of `method` by `by`.
  std::string Authorization(const Organisation& by, const std::string& method,
                            const std::optional<Digest>& paper = {}) const;
  // Uploads as `by`, with a token for `named`, in pieces of `piece_bytes`.
  grpc::Status Upload(const Organisation& by, const Digest& named, std::string_view bytes,
                      size_t piece_bytes, v1::UploadPaperResponse* response);

  std::vector<std::string> log_lines() const;

 private:
  const std::string directory_;
  mutable std::mutex mutex_;
  std::vector<std::string> log_lines_;
  Log log_file_;
  Organisation regulator_;
  std::unique_ptr<Instance> instance_;
  std::optional<registry::TrustAnchors> anchors_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::LookupService::StubInterface> lookup_;
  std::unique_ptr<v1::SubmissionService::StubInterface> submission_;
  std::unique_ptr<v1::LogService::StubInterface> log_;
};

}  // namespace bonafide::server

#endif  // BONAFIDE_TESTS_SERVER_RUNNING_REGISTER_H_
