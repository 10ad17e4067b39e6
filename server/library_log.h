// What gRPC and protobuf say, as lines of our log instead of text on standard error.
#ifndef BONAFIDE_SERVER_LIBRARY_LOG_H_
#define BONAFIDE_SERVER_LIBRARY_LOG_H_

#include <string>
#include <string_view>

#include "server/log.h"

namespace bonafide::server {

// While it lives, what the libraries say goes to `log`, under the event "grpc" or "protobuf", with
// the place in their source. At most one at a time. Their errors are warnings of ours: a stranger's
// failed handshake is one.
class LibraryLog {
 public:
  explicit LibraryLog(const Log& log);
  ~LibraryLog();
  LibraryLog(const LibraryLog&) = delete;
  LibraryLog& operator=(const LibraryLog&) = delete;
};

// `text` with "(address)" for everything in it that looks like a network address.
std::string WithoutAddresses(std::string_view text);

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_LIBRARY_LOG_H_
