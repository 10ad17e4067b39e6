// The trust file: what a reader takes as given about one register (docs/protocol.md, section 12).
#ifndef BONAFIDE_CLIENT_TRUST_H_
#define BONAFIDE_CLIENT_TRUST_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "registry/evidence.h"

namespace bonafide::client {

inline constexpr size_t kMaxTrustFileBytes = 256 * 1024;
// The greatest `max_age_s`: ten years.
inline constexpr int64_t kMaxTrustAgeS = int64_t{10} * 366 * 24 * 3600;

// A value; pinned once, out of band.
struct Trust {
  registry::TrustAnchors anchors;
  std::string policy_text;  // what `anchors.policy` was read from; empty: no cosigner asked for
};

// Puts the parts together and checks them as ParseTrust does.
absl::StatusOr<Trust> MakeTrust(const std::string& origin, const std::string& log_key_vkey,
                                const std::string& genesis_hex, const std::string& policy_text,
                                int64_t max_age_s);

// Reads a trust file: one JSON object with exactly the six members, in any order. Errors:
//   "trust_member"   a member missing, unknown or of another type
//   "trust_version"  a version other than 1
//   "trust_origin"   no origin, or not the name of the log key
//   "trust_log_key"  not a vkey of type 0x01
//   "trust_genesis"  not 64 lower-case hexadecimal characters
//   "trust_policy"   not a policy; the message names its line
//   "trust_age"      outside 1..kMaxTrustAgeS
//   and those of certs::ParseJson
absl::StatusOr<Trust> ParseTrust(std::string_view json);

// What ParseTrust reads, over several lines.
std::string WriteTrust(const Trust& trust);

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_TRUST_H_
