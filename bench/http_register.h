// The register that the measures of HTTP ask: 10,000 practitioners, with one thread for HTTP.
#ifndef BONAFIDE_BENCH_HTTP_REGISTER_H_
#define BONAFIDE_BENCH_HTTP_REGISTER_H_

#include <absl/status/statusor.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bench/measures.h"
#include "bench/served_register.h"

namespace bonafide::bench {

// Servers on one core, their clients on another.
inline constexpr unsigned kServerCore = 0;
// The same one where there is no other.
unsigned ClientCore();

class HttpRegister {
 public:
  // Makes it where it was not made before.
  static absl::StatusOr<std::unique_ptr<HttpRegister>> Start(const MeasureOptions& options);

  const ServedRegister& served() const { return *served_; }
  int port() const { return served_->http_port(); }
  const std::string& directory() const { return directory_; }
  // Of all practitioners, and of all full tiles of the lowest level.
  const std::vector<std::string>& verdicts() const { return verdicts_; }
  const std::vector<std::string>& evidence() const { return evidence_; }
  const std::vector<std::string>& tiles() const { return tiles_; }

 private:
  HttpRegister() = default;

  std::string directory_;
  std::unique_ptr<ServedRegister> served_;
  std::vector<std::string> verdicts_, evidence_, tiles_;
};

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_HTTP_REGISTER_H_
