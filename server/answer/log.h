// The log's head and proofs.
#ifndef BONAFIDE_SERVER_ANSWER_LOG_H_
#define BONAFIDE_SERVER_ANSWER_LOG_H_

#include <absl/status/status.h>

#include "bonafide/v1/log.pb.h"
#include "server/answer/dependencies.h"

namespace bonafide::server::answer {

// Each gives what the method of that name of LogService answers, and its errors.
absl::Status GetCheckpoint(const Dependencies& dependencies,
                           const v1::GetCheckpointRequest& request,
                           v1::GetCheckpointResponse* response);
absl::Status GetInclusionProof(const Dependencies& dependencies,
                               const v1::GetInclusionProofRequest& request,
                               v1::GetInclusionProofResponse* response);
absl::Status GetConsistencyProof(const Dependencies& dependencies,
                                 const v1::GetConsistencyProofRequest& request,
                                 v1::GetConsistencyProofResponse* response);

}  // namespace bonafide::server::answer

#endif  // BONAFIDE_SERVER_ANSWER_LOG_H_
