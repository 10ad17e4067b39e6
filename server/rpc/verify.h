// The three ways to ask for evidence, without gRPC.
#ifndef BONAFIDE_SERVER_RPC_VERIFY_H_
#define BONAFIDE_SERVER_RPC_VERIFY_H_

#include <absl/status/status.h>

#include <cstddef>
#include <functional>

#include "bonafide/v1/lookup.pb.h"
#include "server/rpc/dependencies.h"

namespace bonafide::server::rpc {

inline constexpr int kMaxKnownSubjects = 256;
inline constexpr int kMaxQuestions = 100;

// Gives room for an answer of that many bytes; it is all written before the call returns.
using AnswerRoom = std::function<char*(size_t size_bytes)>;

// Each gives what the method of that name answers to `audience`; Verify in wire form. Errors: those
// of proto/bonafide/v1/lookup.proto.
absl::Status Verify(const Dependencies& dependencies, const storage::Audience& audience,
                    const v1::VerifyRequest& request, const AnswerRoom& room);
absl::Status VerifyMany(const Dependencies& dependencies, const storage::Audience& audience,
                        const v1::VerifyManyRequest& request, v1::VerifyManyResponse* response);
absl::Status GetEvidence(const Dependencies& dependencies, const storage::Audience& audience,
                         const v1::GetEvidenceRequest& request, v1::GetEvidenceResponse* response);

}  // namespace bonafide::server::rpc

#endif  // BONAFIDE_SERVER_RPC_VERIFY_H_
