// Papers on their way in and out. What touches the disk runs on the pool; what waits for the other
// side holds no thread.
#ifndef BONAFIDE_SERVER_RPC_PAPER_STREAMS_H_
#define BONAFIDE_SERVER_RPC_PAPER_STREAMS_H_

#include <grpcpp/support/server_callback.h>

#include <cstddef>

#include "bonafide/v1/submission.pb.h"
#include "server/answer/dependencies.h"

namespace bonafide::server::rpc {

inline constexpr size_t kMaxChunkBytes = 256 * 1024;

// The reactors of UploadPaper and FetchPaper; each deletes itself when its call is over.
grpc::ServerReadReactor<v1::UploadPaperRequest>* StartUpload(
    const answer::Dependencies& dependencies, grpc::CallbackServerContext* context,
    v1::UploadPaperResponse* response);
grpc::ServerWriteReactor<v1::FetchPaperResponse>* StartFetch(
    const answer::Dependencies& dependencies, grpc::CallbackServerContext* context,
    const v1::FetchPaperRequest& request);

}  // namespace bonafide::server::rpc

#endif  // BONAFIDE_SERVER_RPC_PAPER_STREAMS_H_
