// bonafide.v1.LookupService.
#ifndef BONAFIDE_SERVER_RPC_LOOKUP_SERVICE_H_
#define BONAFIDE_SERVER_RPC_LOOKUP_SERVICE_H_

#include <memory>

#include "server/answer/dependencies.h"

namespace grpc {
class Service;
}

namespace bonafide::server::rpc {

// `dependencies` has to outlive the service.
std::unique_ptr<grpc::Service> MakeLookupService(const answer::Dependencies& dependencies);

}  // namespace bonafide::server::rpc

#endif  // BONAFIDE_SERVER_RPC_LOOKUP_SERVICE_H_
