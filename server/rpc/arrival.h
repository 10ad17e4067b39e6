// A call of gRPC as the gate sees it.
#ifndef BONAFIDE_SERVER_RPC_ARRIVAL_H_
#define BONAFIDE_SERVER_RPC_ARRIVAL_H_

#include <string_view>

#include "server/gate.h"

namespace grpc {
class CallbackServerContext;
}

namespace bonafide::server::rpc {

// "192.0.2.1" of "ipv4:192.0.2.1:4711", "2001:db8::1" of "ipv6:%5B2001:db8::1%5D:4711"; "" of what
// has no IP address.
std::string_view AddressOf(std::string_view peer);

// Lets a call of `method` in, or not.
Call BeginCall(Gate& gate, const grpc::CallbackServerContext& context, std::string_view method);

}  // namespace bonafide::server::rpc

#endif  // BONAFIDE_SERVER_RPC_ARRIVAL_H_
