#include "tests/server/running_register.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <filesystem>
#include <utility>

#include "certs/key_file.h"
#include "certs/random.h"
#include "registry/entry.h"
#include "registry/request_token.h"
#include "server/command/init.h"
#include "server/secret_file.h"

namespace bonafide::server {
namespace {

std::string MakeTemporaryDirectory() {
  std::string name = testing::TempDir() + "bonafide-server-XXXXXX";
  EXPECT_NE(mkdtemp(name.data()), nullptr) << name;
  return name;
}

int64_t NowS() { return storage::SystemClock().NowMs() / 1000; }

// A broken fixture makes every test below it meaningless.
template <typename T>
T Must(absl::StatusOr<T> value) {
  if (!value.ok()) {
    ADD_FAILURE() << value.status();
    std::abort();
  }
  return *std::move(value);
}

}  // namespace

RunningRegister::RunningRegister(
    const std::function<void(Config&)>& adjust,
    const std::function<uint64_t(const std::string& directory)>& free_bytes)
    : directory_(MakeTemporaryDirectory()),
      log_file_(LogLevel::kDebug,
                [this](const std::string& line) {
                  const std::lock_guard lock(mutex_);
                  log_lines_.push_back(line);
                }),
      regulator_{{}, certs::PrivateKey::Generate(certs::Algorithm::kEs256)} {
  const std::string key = directory_ + "/regulator.key";
  EXPECT_TRUE(certs::WriteKeyFile(key, regulator_.key).ok());
  command::InitOptions init;
  init.directory = directory_ + "/data";
  init.origin = kOrigin;
  init.regulator_name = "Example Regulator";
  init.regulator_key = key;
  init.hosts = {"localhost", "127.0.0.1"};
  init.listen_address = "127.0.0.1:0";
  init.http_address = "127.0.0.1:0";
  init.admin_address = "127.0.0.1:0";
  Must(command::Init(init, log_file_, storage::SystemClock()));

  Instance::Options options;
  options.data.directory = init.directory;
  options.data.config = Must(ReadConfigFile(init.directory + "/bonafided.conf"));
  // Tests call as fast as they can.
  options.data.config.reads_per_second = 0;
  options.data.config.searches_per_second = 0;
  options.data.config.submits_per_second = 0;
  options.data.config.transfers_per_second = 0;
  options.data.config.free_disk_bytes = 0;
  if (adjust) adjust(options.data.config);
  options.data.free_bytes = free_bytes;
  instance_ = Must(Instance::Start(options, log_file_, storage::SystemClock()));
  anchors_ = Must(instance_->data().OwnAnchors());

  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = Must(ReadSmallFile(init.directory + "/tls/ca.pem"));
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(64 << 20);
  channel_ = grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(instance_->port()),
                                       grpc::SslCredentials(tls), arguments);
  lookup_ = v1::LookupService::NewStub(channel_);
  submission_ = v1::SubmissionService::NewStub(channel_);
  log_ = v1::LogService::NewStub(channel_);
}

RunningRegister::~RunningRegister() {
  instance_.reset();
  std::error_code error;
  std::filesystem::remove_all(directory_, error);
}

registry::SignedEvent RunningRegister::Sign(const Organisation& by,
                                            const std::optional<Filed>& about,
                                            registry::EventBody body,
                                            std::vector<registry::OpenedSlot> slots) const {
  registry::EventDraft draft;
  draft.issuer = by.number;
  draft.issued_at_s = NowS();
  if (about) {
    draft.subject = about->subject;
    draft.anchor = about->id;
  }
  draft.body = std::move(body);
  draft.personal = std::move(slots);
  return Must(registry::SignEvent(draft, kOrigin, by.key, certs::SystemRandom()));
}

grpc::Status RunningRegister::Submit(const std::string& sd_jwt, v1::SubmitEventResponse* response) {
  grpc::ClientContext context;
  v1::SubmitEventRequest request;
  request.set_sd_jwt(sd_jwt);
  return submission_->SubmitEvent(&context, request, response);
}

Filed RunningRegister::File(const Organisation& by, const std::optional<Filed>& about,
                            registry::EventBody body, std::vector<registry::OpenedSlot> slots) {
  const registry::SignedEvent event = Sign(by, about, std::move(body), std::move(slots));
  Filed filed;
  filed.sd_jwt = event.Framed();
  v1::SubmitEventResponse response;
  const grpc::Status status = Submit(filed.sd_jwt, &response);
  if (!status.ok()) {
    ADD_FAILURE() << status.error_message();
    std::abort();
  }
  filed.receipt = response.receipt();
  filed.id = {certs::Identity(Must(certs::ParseJws(event.jwt)))};
  filed.subject = Must(registry::ParseEventEntry(filed.receipt.entry())).subjects.front();
  return filed;
}

std::string RunningRegister::Authorization(const Organisation& by, const std::string& method,
                                           const std::optional<Digest>& paper) const {
  registry::Request request;
  request.issuer = by.number;
  request.issued_at_s = NowS();
  request.expires_at_s = request.issued_at_s + 60;
  request.method = method;
  request.paper = paper;
  return "Bearer " +
         Must(registry::MakeRequestToken(request, kOrigin, by.key, certs::SystemRandom()));
}

grpc::Status RunningRegister::Upload(const Organisation& by, const Digest& named,
                                     std::string_view bytes, size_t piece_bytes,
                                     v1::UploadPaperResponse* response) {
  grpc::ClientContext context;
  context.AddMetadata("authorization",
                      Authorization(by, "/bonafide.v1.SubmissionService/UploadPaper", named));
  const auto writer = submission_->UploadPaper(&context, response);
  for (size_t at = 0; at < bytes.size(); at += piece_bytes) {
    v1::UploadPaperRequest piece;
    piece.set_chunk(std::string(bytes.substr(at, piece_bytes)));
    if (!writer->Write(piece)) break;
  }
  writer->WritesDone();
  return writer->Finish();
}

std::vector<std::string> RunningRegister::log_lines() const {
  const std::lock_guard lock(mutex_);
  return log_lines_;
}

}  // namespace bonafide::server
