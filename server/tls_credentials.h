// The certificate a listener shows, which may be replaced while it listens.
#ifndef BONAFIDE_SERVER_TLS_CREDENTIALS_H_
#define BONAFIDE_SERVER_TLS_CREDENTIALS_H_

#include <memory>
#include <string>

namespace grpc {
class ServerCredentials;
}

namespace bonafide::server {

struct TlsPair {
  std::string certificate_pem;  // the chain
  std::string private_key_pem;
};

// Thread-safe. Outlives every listener that was given its credentials.
class TlsCredentials {
 public:
  explicit TlsCredentials(TlsPair pair);
  ~TlsCredentials();
  TlsCredentials(const TlsCredentials&) = delete;
  TlsCredentials& operator=(const TlsCredentials&) = delete;

  // For one listener.
  std::shared_ptr<grpc::ServerCredentials> ForListener();
  // Shows `pair` in every handshake from now on; connections there are go on. A pair that does not
  // fit is not taken: look at it before.
  void Replace(TlsPair pair);

 private:
  struct Shown;
  std::unique_ptr<Shown> shown_;
};

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_TLS_CREDENTIALS_H_
