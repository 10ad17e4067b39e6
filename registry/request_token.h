// Requests with an identity: a short-lived token by which an organisation asks for what is not
// public (docs/protocol.md, section 13). It works through any proxy, since authority comes from the
// organisation's key and not from the connection.
#ifndef BONAFIDE_REGISTRY_REQUEST_TOKEN_H_
#define BONAFIDE_REGISTRY_REQUEST_TOKEN_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "certs/digest.h"
#include "certs/jws.h"
#include "certs/key.h"
#include "certs/random.h"
#include "merkle/index.h"

namespace bonafide::registry {

inline constexpr char kRequestTyp[] = "bonafide-request+jwt";
inline constexpr int64_t kMaxRequestLifeS = 300;
// How far the clock of the asking side may run ahead.
inline constexpr int64_t kRequestClockSkewS = 60;
inline constexpr size_t kMaxRequestTokenBytes = 4096;

// What the asking organisation says.
struct Request {
  merkle::SubjectNumber issuer;
  int64_t issued_at_s = 0;
  int64_t expires_at_s = 0;
  std::string method;           // "/bonafide.v1.Papers/Fetch", as in the path of the call
  std::optional<Digest> paper;  // `digest`: which paper, where one is asked for
};

// A request as parsed: who says so is not checked yet.
struct RequestToken {
  certs::Jws jws;
  Request request;
  std::string jti;  // a server that refuses replays remembers it until expires_at_s
};

// Makes and signs the token, with a new `jti` from `random`. The result passes ParseRequestToken;
// what is refused there is refused here.
absl::StatusOr<std::string> MakeRequestToken(const Request& request, std::string_view origin,
                                             const certs::Signer& signer, certs::Random& random);

// Reads a request to the register `origin`. Errors: "token_size", "token_typ", "claim_missing",
// "claim_unknown", "claim_type", "claim_range", "claim_conflict" (exp not in (iat, iat + 300 s]),
// "iss", "aud", and those of certs/json.h and certs/jws.h.
absl::StatusOr<RequestToken> ParseRequestToken(std::string_view token, std::string_view origin);

// Checks a parsed request at `now_s` for the call of `method` (with `paper`, for papers). `key` is
// the standing key of `request.issuer` that the caller found under `jws.kid`. Errors:
//   "request_expired"      now is at or after exp
//   "request_early"        iat is more than kRequestClockSkewS after now
//   "request_method"       signed for another method
//   "request_paper"        signed for another paper, or for one where none is asked for
//   and those of certs::VerifyJws
absl::Status VerifyRequestToken(const RequestToken& token, const certs::PublicKey& key,
                                std::string_view method, const std::optional<Digest>& paper,
                                int64_t now_s);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_REQUEST_TOKEN_H_
