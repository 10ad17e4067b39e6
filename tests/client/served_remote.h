// Any Remote behind a real port, over TLS: an honest register, or one that lies.
#ifndef BONAFIDE_TESTS_CLIENT_SERVED_REMOTE_H_
#define BONAFIDE_TESTS_CLIENT_SERVED_REMOTE_H_

#include <memory>
#include <string>

#include "client/remote.h"

namespace bonafide::client {

// Serves until it goes. `remote` is used from other threads, one call at a time as the tests make
// them. Papers and searches are not served.
class ServedRemote {
 public:
  explicit ServedRemote(Remote& remote);
  ~ServedRemote();

  const std::string& address() const { return address_; }
  const std::string& ca_pem() const { return ca_pem_; }

 private:
  struct Services;
  std::unique_ptr<Services> services_;
  std::string address_;
  std::string ca_pem_;
};

}  // namespace bonafide::client

#endif  // BONAFIDE_TESTS_CLIENT_SERVED_REMOTE_H_
