// The gate every call of the API goes through: who may call what, how often, how many at once, and
// what is counted and logged about it.
#ifndef BONAFIDE_SERVER_GATE_H_
#define BONAFIDE_SERVER_GATE_H_

#include <absl/status/status.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "server/caller.h"
#include "server/config.h"
#include "server/log.h"
#include "server/method_table.h"
#include "server/metrics.h"
#include "server/peer.h"
#include "server/place_table.h"
#include "server/rate_limiter.h"

namespace bonafide::server {

class Gate;

// What a transport knows of a call before it is let in. The texts live until Begin returns.
struct Arrival {
  std::string_view address;        // IP address of the other end of the connection, as text
  std::string_view forwarded_for;  // the header of that name, or ""
  std::string_view authorization;  // the header of that name, or ""
  int64_t waits_ns = 0;            // how long the caller still waits
};

// One call that was let in or refused. Move only; a call that ends without End is counted as
// cancelled.
class Call {
 public:
  ~Call();
  Call(Call&& other) noexcept;
  Call& operator=(Call&&) = delete;

  // OK, or why the call was not let in.
  const absl::Status& admission() const { return admission_; }
  const Caller& caller() const { return caller_; }
  // When the server ends it, by the clock of steady_clock, in nanoseconds: the lesser of the
  // caller's deadline and the limit of its class.
  int64_t deadline_ns() const { return deadline_ns_; }
  // Error: "deadline" (kDeadlineExceeded) when that is over: nobody waits for an answer any more.
  absl::Status CheckDeadline() const;

  // Gives its place back, counts and logs it. Call it once.
  void End(const absl::Status& status);

 private:
  friend class Gate;
  Call(Gate* gate, const MethodRule* rule) : gate_(gate), rule_(rule) {}

  Gate* gate_;
  const MethodRule* rule_;
  bool holds_place_ = false;
  bool ended_ = false;
  Peer peer_;
  Caller caller_;
  int64_t start_ns_ = 0;
  int64_t deadline_ns_ = 0;
  absl::Status admission_;
};

// Thread-safe. Outlives every call.
class Gate {
 public:
  Gate(const Config& config, CallerCheck caller_check, Metrics& metrics, const Log& log);

  // Lets the call of `method` in, or not. The reasons of a refusal:
  //   "method_unknown" (kUnimplemented)      no rule: nobody may
  //   "shutting_down"  (kUnavailable)
  //   "deadline"       (kDeadlineExceeded)   its deadline has passed already
  //   "rate_limited"   (kResourceExhausted)
  //   "overloaded"     (kResourceExhausted)
  //   "token_missing"  (kUnauthenticated)    the method needs an organisation
  //   and those of CallerCheck
  Call Begin(const Arrival& arrival, std::string_view method);

  // From now on every call is refused.
  void StopTaking() { stopped_ = true; }
  // Calls that have begun and not ended.
  int64_t under_way() const { return under_way_; }

 private:
  friend class Call;
  // The limits of one class of calls.
  struct Limits {
    Limits(const Config& config, int64_t at_once, int64_t per_second, int64_t deadline_ms);
    PlaceTable places;
    RateLimiter rate;
    const int64_t deadline_ns;
  };

  absl::Status Admit(const Arrival& arrival, Call& call);
  void WriteLog(const MethodRule& rule, const Caller& caller, const absl::Status& status,
                int64_t duration_ns) const;

  std::array<Limits, kCallClassCount> limits_;
  PeerTable peers_;
  CallerCheck caller_check_;
  Metrics& metrics_;
  const Log& log_;
  std::atomic<bool> stopped_{false};
  std::atomic<int64_t> under_way_{0};
};

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_GATE_H_
