#include "server/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <mutex>
#include <utility>

#include "server/method_table.h"

namespace bonafide::server {
namespace {

constexpr size_t kCodes = 17;  // of gRPC
const std::array<const char*, kCodes> kCodeNames = {
    "ok",        "cancelled",      "unknown",           "invalid_argument",   "deadline_exceeded",
    "not_found", "already_exists", "permission_denied", "resource_exhausted", "failed_precondition",
    "aborted",   "out_of_range",   "unimplemented",     "internal",           "unavailable",
    "data_loss", "unauthenticated"};

}  // namespace

struct Metrics::Registry {
  struct Method {
    std::array<prometheus::Counter*, kCodes> calls{};
    prometheus::Histogram* seconds = nullptr;
  };

  mutable std::mutex mutex;  // for Text
  prometheus::Registry registry;
  std::vector<Method> methods;
  std::function<std::vector<Gauge>()> gauges;
};

Metrics::Metrics() : registry_(std::make_unique<Registry>()) {
  auto& calls = prometheus::BuildCounter()
                    .Name("bonafide_calls_total")
                    .Help("Calls that have ended, by method and gRPC code.")
                    .Register(registry_->registry);
  auto& seconds = prometheus::BuildHistogram()
                      .Name("bonafide_call_seconds")
                      .Help("How long calls took in the server, by method.")
                      .Register(registry_->registry);
  const prometheus::Histogram::BucketBoundaries bounds = {1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4,
                                                          1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2,
                                                          0.1,  0.2,  0.5,  1,    5,    30};
  for (const MethodRule& rule : MethodRules()) {
    const std::string name(rule.name);
    Registry::Method& method = registry_->methods.emplace_back();
    for (size_t code = 0; code < kCodes; ++code) {
      method.calls[code] = &calls.Add({{"method", name}, {"code", kCodeNames[code]}});
    }
    method.seconds = &seconds.Add({{"method", name}}, bounds);
  }
}

Metrics::~Metrics() = default;

void Metrics::CountCall(size_t method, int grpc_code, int64_t duration_ns) {
  if (method >= registry_->methods.size()) return;
  const size_t code =
      grpc_code >= 0 && grpc_code < static_cast<int>(kCodes) ? static_cast<size_t>(grpc_code) : 2;
  registry_->methods[method].calls[code]->Increment();
  registry_->methods[method].seconds->Observe(static_cast<double>(duration_ns) * 1e-9);
}

void Metrics::SetGauges(std::function<std::vector<Gauge>()> source) {
  registry_->gauges = std::move(source);
}

std::string Metrics::Text() const {
  const std::lock_guard lock(registry_->mutex);
  auto families = registry_->registry.Collect();
  if (registry_->gauges) {
    for (Gauge& gauge : registry_->gauges()) {
      prometheus::MetricFamily& family = families.emplace_back();
      family.name = std::move(gauge.name);
      family.help = std::move(gauge.help);
      family.type = prometheus::MetricType::Gauge;
      family.metric.emplace_back().gauge.value = gauge.value;
    }
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace bonafide::server
