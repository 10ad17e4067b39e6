#include "server/health_probe.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/security/tls_credentials_options.h>

#include "bonafide/v1/log.grpc.pb.h"

namespace bonafide::server {
namespace {

// The only use of gRPC's experimental TLS options: what others offer cannot leave out the check.
std::shared_ptr<grpc::ChannelCredentials> UncheckedTls() {
  grpc::experimental::TlsChannelCredentialsOptions options;
  options.set_verify_server_certs(false);
  options.set_check_call_host(false);
  options.set_certificate_verifier(std::make_shared<grpc::experimental::NoOpCertificateVerifier>());
  return grpc::experimental::TlsCredentials(options);
}

}  // namespace

struct HealthProbe::Connection {
  std::unique_ptr<v1::LogService::Stub> log;
};

HealthProbe::HealthProbe(const std::string& address) : connection_(std::make_unique<Connection>()) {
  connection_->log = v1::LogService::NewStub(grpc::CreateChannel(address, UncheckedTls()));
}

HealthProbe::~HealthProbe() = default;

absl::Status HealthProbe::Check(std::chrono::milliseconds timeout) const {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + timeout);
  context.set_wait_for_ready(true);
  v1::GetCheckpointResponse response;
  const grpc::Status status = connection_->log->GetCheckpoint(&context, {}, &response);
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

}  // namespace bonafide::server
