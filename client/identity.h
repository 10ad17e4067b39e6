// Who files and asks: an organisation of the register with one of its keys.
#ifndef BONAFIDE_CLIENT_IDENTITY_H_
#define BONAFIDE_CLIENT_IDENTITY_H_

#include <absl/status/statusor.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "certs/digest.h"
#include "certs/key.h"
#include "merkle/index.h"

namespace bonafide::client {

// A value; copies share the key.
struct Identity {
  std::string origin;  // of the register
  merkle::SubjectNumber number;
  std::shared_ptr<const certs::Signer> key;

  // A token for one call of `method` ("/bonafide.v1.SubmissionService/FetchPaper"), good for two
  // minutes from `now_s` (docs/protocol.md, section 13).
  absl::StatusOr<std::string> RequestToken(std::string_view method,
                                           const std::optional<Digest>& paper, int64_t now_s) const;
};

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_IDENTITY_H_
