#include "server/tls_credentials.h"

#include <grpc/grpc_security.h>
#include <grpcpp/security/server_credentials.h>

#include <mutex>
#include <utility>

namespace bonafide::server {

struct TlsCredentials::Shown {
  std::mutex mutex;
  TlsPair pair;
  bool fetched = false;
};

namespace {

// The C++ interface has no certificates that change, but for one that is experimental; gRPC's core
// has, and asks before every handshake.
class ListenerCredentials final : public grpc::ServerCredentials {
 public:
  explicit ListenerCredentials(grpc_server_credentials* core) : core_(core) {}
  ~ListenerCredentials() override { grpc_server_credentials_release(core_); }
  void SetAuthMetadataProcessor(const std::shared_ptr<grpc::AuthMetadataProcessor>&) override {}

 private:
  int AddPortToServer(const std::string& address, grpc_server* server) override {
    return grpc_server_add_http2_port(server, address.c_str(), core_);
  }

  grpc_server_credentials* core_;
};

template <typename Shown>
grpc_ssl_certificate_config_reload_status Fetch(void* user_data,
                                                grpc_ssl_server_certificate_config** config) {
  auto* shown = static_cast<Shown*>(user_data);
  const std::lock_guard lock(shown->mutex);
  if (std::exchange(shown->fetched, true)) return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
  const grpc_ssl_pem_key_cert_pair pair = {shown->pair.private_key_pem.c_str(),
                                           shown->pair.certificate_pem.c_str()};
  // It insists on roots for certificates of clients, which are never asked for here.
  *config =
      grpc_ssl_server_certificate_config_create(shown->pair.certificate_pem.c_str(), &pair, 1);
  return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
}

}  // namespace

TlsCredentials::TlsCredentials(TlsPair pair) : shown_(std::make_unique<Shown>()) {
  shown_->pair = std::move(pair);
}

TlsCredentials::~TlsCredentials() = default;

std::shared_ptr<grpc::ServerCredentials> TlsCredentials::ForListener() {
  return std::make_shared<ListenerCredentials>(grpc_ssl_server_credentials_create_with_options(
      grpc_ssl_server_credentials_create_options_using_config_fetcher(
          GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE, Fetch<Shown>, shown_.get())));
}

void TlsCredentials::Replace(TlsPair pair) {
  const std::lock_guard lock(shown_->mutex);
  shown_->pair = std::move(pair);
  shown_->fetched = false;
}

}  // namespace bonafide::server
