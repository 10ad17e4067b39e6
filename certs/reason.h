// Errors as values: an absl::Status that carries a stable reason string beside its prose.
//
// The reason is part of the API (tests, clients and translations match on it); the message is for
// people and may change. Reasons are lower snake case, for example "token_signature_wrong". A
// message says what was wrong, where, and what to do next; it never contains a secret, a salt or
// a withheld value. docs/protocol.md lists every reason.
#ifndef BONAFIDE_CERTS_REASON_H_
#define BONAFIDE_CERTS_REASON_H_

#include <absl/status/status.h>

#include <string>
#include <string_view>

namespace bonafide {

// Builds a status of `code` with `reason` attached. Precondition: code is not kOk and reason is
// not empty.
absl::Status Refusal(absl::StatusCode code, std::string_view reason, std::string_view message);

// The document or argument itself is wrong (kInvalidArgument).
absl::Status Malformed(std::string_view reason, std::string_view message);

// The document is well formed, but the register's present state does not admit it
// (kFailedPrecondition).
absl::Status NotAdmitted(std::string_view reason, std::string_view message);

// Stored bytes contradict themselves (kDataLoss). Never answered as "not found".
absl::Status Damaged(std::string_view reason, std::string_view message);

// The reason attached to `status`, or "" when it carries none.
std::string ReasonOf(const absl::Status& status);

// The same code and reason with `where` put before the message ("row 7: ...").
absl::Status Within(std::string_view where, const absl::Status& status);

}  // namespace bonafide

#endif  // BONAFIDE_CERTS_REASON_H_
