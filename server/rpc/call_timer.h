// Ends a stream whose time is over, however slow the other side is.
#ifndef BONAFIDE_SERVER_RPC_CALL_TIMER_H_
#define BONAFIDE_SERVER_RPC_CALL_TIMER_H_

#include <grpcpp/alarm.h>

#include <cstdint>
#include <memory>
#include <mutex>

namespace grpc {
class CallbackServerContext;
}

namespace bonafide::server::rpc {

// Cancels the call of `context` at a time, until it is destroyed.
class CallTimer {
 public:
  // `deadline_ns` by the clock of steady_clock (Call::deadline_ns).
  CallTimer(grpc::CallbackServerContext* context, int64_t deadline_ns);
  // Waits for a cancellation that is just happening; the context may go afterwards.
  ~CallTimer();
  CallTimer(const CallTimer&) = delete;
  CallTimer& operator=(const CallTimer&) = delete;

 private:
  struct Target {
    std::mutex mutex;
    grpc::CallbackServerContext* context;
  };
  std::shared_ptr<Target> target_;
  grpc::Alarm alarm_;
};

}  // namespace bonafide::server::rpc

#endif  // BONAFIDE_SERVER_RPC_CALL_TIMER_H_
