#include "client/identity.h"

#include "certs/random.h"
#include "registry/request_token.h"

namespace bonafide::client {
namespace {

constexpr int64_t kRequestLifeS = 120;

}  // namespace

absl::StatusOr<std::string> Identity::RequestToken(std::string_view method,
                                                   const std::optional<Digest>& paper,
                                                   int64_t now_s) const {
  const registry::Request request{number, now_s, now_s + kRequestLifeS, std::string(method), paper};
  return registry::MakeRequestToken(request, origin, *key, certs::SystemRandom());
}

}  // namespace bonafide::client
