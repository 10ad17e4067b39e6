// The ways to ask for evidence, and for a verdict.
#ifndef BONAFIDE_SERVER_ANSWER_VERIFY_H_
#define BONAFIDE_SERVER_ANSWER_VERIFY_H_

#include <absl/status/statusor.h>

#include <cstddef>
#include <functional>

#include "bonafide/v1/lookup.pb.h"
#include "bonafide/v1/verdict.pb.h"
#include "proto/evidence_file.h"
#include "server/answer/dependencies.h"

namespace bonafide::server::answer {

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
absl::StatusOr<proto::EvidenceFile> GetEvidence(const Dependencies& dependencies,
                                                const storage::Audience& audience,
                                                const v1::GetEvidenceRequest& request);

// The server's own verdict, without what proves it. Errors: those of Verify.
absl::StatusOr<v1::Verdict> GetVerdict(const Dependencies& dependencies,
                                       const v1::VerifyRequest& request);

}  // namespace bonafide::server::answer

#endif  // BONAFIDE_SERVER_ANSWER_VERIFY_H_
