#include "server/open_files.h"

#include <sys/resource.h>

#include <string>

#include "certs/reason.h"

namespace bonafide::server {

absl::Status RaiseOpenFiles(int64_t least) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
    return NotAdmitted("open_files", "cannot read the limit of open files");
  }
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur >= static_cast<rlim_t>(least)) {
    return absl::OkStatus();
  }
  return NotAdmitted("open_files", "the limit of open files is " + std::to_string(limit.rlim_cur) +
                                       " where open_files and http_connections ask for " +
                                       std::to_string(least) +
                                       ": raise it (LimitNOFILE in systemd, ulimit -n), or lower "
                                       "these in the configuration");
}

}  // namespace bonafide::server
