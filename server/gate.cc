#include "server/gate.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "certs/random.h"
#include "certs/reason.h"
#include "server/error_table.h"

namespace bonafide::server {
namespace {

int64_t NowNs() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

uint64_t RandomSeed() {
  uint64_t seed = 0;
  certs::SystemRandom().Fill(reinterpret_cast<uint8_t*>(&seed), sizeof seed);
  return seed;
}

LogLevel LevelOf(const MethodRule& rule, const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return rule.call_class == CallClass::kSubmit ? LogLevel::kInfo : LogLevel::kDebug;
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
      return LogLevel::kError;
    case absl::StatusCode::kUnauthenticated:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnavailable:
      return LogLevel::kInfo;
    default:
      return LogLevel::kDebug;
  }
}

absl::Status DeadlineOver() {
  return Refusal(absl::StatusCode::kDeadlineExceeded, "deadline", "the deadline has passed");
}

size_t At(CallClass call_class) { return static_cast<size_t>(call_class); }

}  // namespace

Call::Call(Call&& other) noexcept
    : gate_(other.gate_),
      rule_(other.rule_),
      holds_place_(std::exchange(other.holds_place_, false)),
      ended_(std::exchange(other.ended_, true)),
      peer_(other.peer_),
      caller_(other.caller_),
      start_ns_(other.start_ns_),
      deadline_ns_(other.deadline_ns_),
      admission_(std::move(other.admission_)) {}

Call::~Call() {
  if (!ended_) End(Refusal(absl::StatusCode::kCancelled, "cancelled", "the caller went away"));
}

absl::Status Call::CheckDeadline() const {
  return NowNs() < deadline_ns_ ? absl::OkStatus() : DeadlineOver();
}

void Call::End(const absl::Status& status) {
  if (std::exchange(ended_, true)) return;
  if (holds_place_) gate_->limits_[At(rule_->call_class)].places.GiveBack(peer_.key);
  const int64_t duration_ns = NowNs() - start_ns_;
  if (rule_ != nullptr) {
    gate_->metrics_.CountCall(static_cast<size_t>(rule_ - MethodRules().data()),
                              static_cast<int>(status.code()), duration_ns);
    if (gate_->log_.Wants(LevelOf(*rule_, status))) {
      gate_->WriteLog(*rule_, caller_, status, duration_ns);
    }
  }
  --gate_->under_way_;
}

Gate::Limits::Limits(const Config& config, int64_t at_once, int64_t per_second, int64_t deadline_ms)
    : places(at_once, std::max<int64_t>(1, at_once * config.percent_per_address / 100)),
      rate(per_second, config.rate_burst_s, RandomSeed()),
      deadline_ns(deadline_ms * 1'000'000) {}

Gate::Gate(const Config& config, CallerCheck caller_check, Metrics& metrics, const Log& log)
    : limits_{{{config, config.reads_at_once, config.reads_per_second, config.read_deadline_ms},
               {config, config.searches_at_once, config.searches_per_second,
                config.search_deadline_ms},
               {config, config.submits_at_once, config.submits_per_second,
                config.submit_deadline_ms},
               {config, config.transfers_at_once, config.transfers_per_second,
                config.transfer_deadline_ms}}},
      peers_(config.trusted_proxies),
      caller_check_(std::move(caller_check)),
      metrics_(metrics),
      log_(log) {}

Call Gate::Begin(const Arrival& arrival, std::string_view method) {
  Call call(this, FindMethodRule(method));
  ++under_way_;
  call.start_ns_ = NowNs();
  call.admission_ = Admit(arrival, call);
  return call;
}

absl::Status Gate::Admit(const Arrival& arrival, Call& call) {
  if (call.rule_ == nullptr) {
    return Refusal(absl::StatusCode::kUnimplemented, "method_unknown", "there is no such method");
  }
  if (stopped_) {
    return Refusal(absl::StatusCode::kUnavailable, "shutting_down", "the server is stopping");
  }
  if (arrival.waits_ns <= 0) return DeadlineOver();
  Limits& limits = limits_[At(call.rule_->call_class)];
  call.deadline_ns_ = call.start_ns_ + std::min(arrival.waits_ns, limits.deadline_ns);
  call.peer_ = peers_.Of(arrival.address, arrival.forwarded_for);
  if (!limits.rate.Take(call.peer_.key, call.start_ns_)) {
    return Refusal(absl::StatusCode::kResourceExhausted, "rate_limited",
                   "too many calls from this address; wait a little");
  }
  if (!limits.places.Take(call.peer_.key, call.peer_.many)) {
    return Refusal(absl::StatusCode::kResourceExhausted, "overloaded",
                   "too many calls at once, or from this address; wait a little");
  }
  call.holds_place_ = true;

  if (!arrival.authorization.empty()) {
    auto caller = caller_check_(arrival.authorization, *call.rule_);
    if (!caller.ok()) return caller.status();
    call.caller_ = *std::move(caller);
  } else if (call.rule_->access != Access::kAnyone) {
    return Refusal(absl::StatusCode::kUnauthenticated, "token_missing",
                   "this method needs a request token of an organisation");
  }
  return absl::OkStatus();
}

void Gate::WriteLog(const MethodRule& rule, const Caller& caller, const absl::Status& status,
                    int64_t duration_ns) const {
  const std::string reason = SentReason(status);
  std::vector<LogField> fields = {{"method", rule.name.substr(rule.name.rfind('/') + 1)},
                                  {"code", static_cast<int64_t>(status.code())},
                                  {"us", duration_ns / 1000}};
  if (!reason.empty()) fields.push_back({"reason", std::string_view(reason)});
  // What a caller sent is in the message of its mistake; what happened here is in that of ours.
  const LogLevel level = LevelOf(rule, status);
  const std::string message(status.message().data(), status.message().size());
  if (level == LogLevel::kError) fields.push_back({"message", std::string_view(message)});
  if (caller.organisation) {
    fields.push_back({"organisation", static_cast<int64_t>(caller.organisation->number.value)});
  }
  log_.Write(level, "call", fields);
}

}  // namespace bonafide::server
