#include "bench/same_size_service.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace bonafide::bench {
namespace {

constexpr size_t kMaxBytes = size_t{4} << 20;

size_t SizeIn(const grpc::ByteBuffer& request) {
  uint64_t size = 0;
  grpc::Slice slice;
  if (!request.TrySingleSlice(&slice).ok() && !request.DumpToSingleSlice(&slice).ok()) return 0;
  if (slice.size() >= sizeof size) std::memcpy(&size, slice.begin(), sizeof size);
  return std::min<size_t>(size, kMaxBytes);
}

}  // namespace

std::string SameSizeRequest(size_t size_bytes, size_t request_bytes) {
  const uint64_t size = size_bytes;
  std::string request(std::max(request_bytes, sizeof size), '\0');
  std::memcpy(request.data(), &size, sizeof size);
  return request;
}

SameSizeService::SameSizeService() : bytes_(std::string(kMaxBytes, 'x')) {
  AddMethod(new grpc::internal::RpcServiceMethod(kSameSizeMethod,
                                                 grpc::internal::RpcMethod::NORMAL_RPC, nullptr));
  MarkMethodRawCallback(
      0, new grpc::internal::CallbackUnaryHandler<grpc::ByteBuffer, grpc::ByteBuffer>(
             [this](grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                    grpc::ByteBuffer* response) {
               const grpc::Slice part = bytes_.sub(0, SizeIn(*request));
               *response = grpc::ByteBuffer(&part, 1);
               grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
               reactor->Finish(grpc::Status::OK);
               return reactor;
             }));
}

}  // namespace bonafide::bench
