// What Verify is compared with: a call of the same server that returns as many bytes and does
// nothing else.
#ifndef BONAFIDE_BENCH_SAME_SIZE_SERVICE_H_
#define BONAFIDE_BENCH_SAME_SIZE_SERVICE_H_

#include <grpcpp/impl/service_type.h>
#include <grpcpp/support/slice.h>

#include <cstddef>
#include <string>

namespace bonafide::bench {

inline constexpr char kSameSizeMethod[] = "/bonafide.bench.Baseline/SameSize";

// A request for an answer of `size_bytes`, as long as the request it stands for.
std::string SameSizeRequest(size_t size_bytes, size_t request_bytes);

// Answers inline with a part of one buffer that is never copied: no gate, no limits, no counting.
class SameSizeService final : public grpc::Service {
 public:
  SameSizeService();

 private:
  const grpc::Slice bytes_;
};

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_SAME_SIZE_SERVICE_H_
