// `bonafided init`: a new register in an empty directory.
#ifndef BONAFIDE_SERVER_COMMAND_INIT_H_
#define BONAFIDE_SERVER_COMMAND_INIT_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "server/log.h"
#include "storage/register/clock.h"

namespace bonafide::server::command {

struct InitOptions {
  std::string directory;
  std::string origin;
  std::string regulator_name;
  std::string regulator_key;       // PEM of a private key; it signs entry 0
  std::vector<std::string> hosts;  // names and addresses for the certificate
  std::string listen_address;      // "" for the default
  std::string http_address;        // likewise
  std::string admin_address;       // likewise
  int64_t max_head_gap_s = 300;
};

// Makes the log key, a development authority with a server certificate, the configuration, and the
// register with its genesis; then trust.json, which is what clients pin. Returns that file's path.
// Errors: "directory_not_empty" (kAlreadyExists), "origin", those of certs/key_file.h, certs/tls.h,
// registry/event_schema.h and Register::Init. A directory that it could not finish is left for
// inspection and refused afterwards.
absl::StatusOr<std::string> Init(const InitOptions& options, const Log& log,
                                 const storage::Clock& clock);

}  // namespace bonafide::server::command

#endif  // BONAFIDE_SERVER_COMMAND_INIT_H_
