#include "server/rpc/call_timer.h"

#include <grpcpp/server_context.h>

#include <chrono>

namespace bonafide::server::rpc {

CallTimer::CallTimer(grpc::CallbackServerContext* context, int64_t deadline_ns)
    : target_(std::make_shared<Target>()) {
  target_->context = context;
  const auto left =
      std::chrono::nanoseconds(deadline_ns) - std::chrono::steady_clock::now().time_since_epoch();
  alarm_.Set(std::chrono::system_clock::now() +
                 std::chrono::duration_cast<std::chrono::system_clock::duration>(left),
             [target = target_](bool expired) {
               if (!expired) return;
               const std::lock_guard lock(target->mutex);
               if (target->context != nullptr) target->context->TryCancel();
             });
}

CallTimer::~CallTimer() {
  {
    const std::lock_guard lock(target_->mutex);
    target_->context = nullptr;
  }
  alarm_.Cancel();
}

}  // namespace bonafide::server::rpc
