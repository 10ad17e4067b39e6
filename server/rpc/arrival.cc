#include "server/rpc/arrival.h"

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <algorithm>
#include <iterator>
#include <string>

namespace bonafide::server::rpc {
namespace {

// How long the caller still waits; a year when it gave no deadline.
int64_t CallerWaitsNs(const grpc::CallbackServerContext& context) {
  constexpr int64_t kYearNs = int64_t{365} * 24 * 3600 * 1'000'000'000;
  const gpr_timespec deadline = context.raw_deadline();
  if (gpr_time_cmp(deadline, gpr_inf_future(deadline.clock_type)) == 0) return kYearNs;
  const gpr_timespec left = gpr_time_sub(deadline, gpr_now(deadline.clock_type));
  return std::clamp(left.tv_sec * 1'000'000'000 + left.tv_nsec, -kYearNs, kYearNs);
}

// The last one of that name: a proxy adds a line of its own behind those that the caller sent.
std::string_view Header(const grpc::CallbackServerContext& context, const char* name) {
  const auto [begin, end] = context.client_metadata().equal_range(name);
  if (begin == end) return {};
  const grpc::string_ref& last = std::prev(end)->second;
  return {last.data(), last.size()};
}

}  // namespace

std::string_view AddressOf(std::string_view peer) {
  if (!peer.starts_with("ipv4:") && !peer.starts_with("ipv6:")) return {};
  peer = peer.substr(5, peer.rfind(':') - 5);
  for (std::string_view open : {"[", "%5B"}) {
    if (peer.starts_with(open)) peer.remove_prefix(open.size());
  }
  for (std::string_view close : {"]", "%5D"}) {
    if (peer.ends_with(close)) peer.remove_suffix(close.size());
  }
  return peer.substr(0, peer.find('%'));  // without a zone
}

Call BeginCall(Gate& gate, const grpc::CallbackServerContext& context, std::string_view method) {
  const std::string peer = context.peer();
  return gate.Begin({AddressOf(peer), Header(context, "x-forwarded-for"),
                     Header(context, "authorization"), CallerWaitsNs(context)},
                    method);
}

}  // namespace bonafide::server::rpc
