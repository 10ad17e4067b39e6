// Clients that never finish the header of their request.
#ifndef BONAFIDE_BENCH_SLOW_CLIENTS_H_
#define BONAFIDE_BENCH_SLOW_CLIENTS_H_

#include <atomic>
#include <cstdint>
#include <optional>
#include <thread>

namespace bonafide::bench {

// Each has a connection over TLS, sends a byte of a header every second, and opens another when it
// is cut off. They begin one after the other, all within `begin_seconds`, and so are not cut off
// all at once. From construction to destruction, in a thread of their own.
class SlowClients {
 public:
  SlowClients(int port, unsigned clients, double begin_seconds, std::optional<unsigned> core);
  ~SlowClients();
  SlowClients(const SlowClients&) = delete;
  SlowClients& operator=(const SlowClients&) = delete;

  // Connections that are open.
  unsigned open() const { return open_; }
  // Connections made so far.
  uint64_t made() const { return made_; }

 private:
  void Run(int port, unsigned clients, double begin_seconds, std::optional<unsigned> core);

  std::atomic<bool> stopped_{false};
  std::atomic<unsigned> open_{0};
  std::atomic<uint64_t> made_{0};
  std::thread thread_;
};

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_SLOW_CLIENTS_H_
