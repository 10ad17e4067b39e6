// What can be measured from outside, in the text format of Prometheus. No label tells who asked or
// for what.
#ifndef BONAFIDE_SERVER_METRICS_H_
#define BONAFIDE_SERVER_METRICS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bonafide::server {

// A value that is looked up when somebody asks for the metrics.
struct Gauge {
  std::string name;  // "bonafide_log_size"
  std::string help;
  double value = 0;
};

// Thread-safe.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  // One call of the method with that number (server/method_table.h) has ended with `grpc_code`.
  void CountCall(size_t method, int grpc_code, int64_t duration_ns);
  // Asked for its gauges at every Text(); always the same names. Set it before the first.
  void SetGauges(std::function<std::vector<Gauge>()> source);

  // The text format, version 0.0.4.
  std::string Text() const;

 private:
  struct Registry;
  std::unique_ptr<Registry> registry_;
};

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_METRICS_H_
