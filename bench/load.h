// Calls to a server as fast as it answers, by a client that looks at nothing but the size of what
// comes back.
#ifndef BONAFIDE_BENCH_LOAD_H_
#define BONAFIDE_BENCH_LOAD_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bonafide::bench {

struct LoadOutcome {
  double seconds = 0;
  uint64_t answers = 0;
  uint64_t answer_bytes = 0;
  uint64_t failures = 0;
  std::string failure;               // the first
  std::vector<double> latencies_us;  // of each answer

  double Rate() const { return static_cast<double>(answers) / seconds; }
  size_t MeanBytes() const { return answers == 0 ? 0 : answer_bytes / answers; }
};

// One thread that waits for whichever call ends next. Not thread-safe.
class Load {
 public:
  // Over `connections` of TLS. They are made at the first call.
  Load(const std::string& address, const std::string& ca_pem, unsigned connections);
  ~Load();

  // Calls `method` for `seconds`, `at_once` calls under way at a time; waits for the last answers.
  LoadOutcome Run(const std::string& method, const std::function<std::string()>& next_request,
                  double seconds, unsigned at_once);
  // One answer, or nothing where the call fails.
  std::string Once(const std::string& method, const std::string& request);

 private:
  struct Connections;
  std::unique_ptr<Connections> connections_;
};

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_LOAD_H_
