#include "bench/slow_clients.h"

#include <sched.h>

#include <chrono>
#include <memory>
#include <string_view>
#include <vector>

#include "bench/https_connection.h"
#include "bench/stopwatch.h"

namespace bonafide::bench {
namespace {

constexpr double kSecondsPerByte = 1;
constexpr std::string_view kBegin = "GET /checkpoint HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ";

struct Client {
  std::unique_ptr<HttpsConnection> connection;
  double next = 0;  // when it does something again
};

}  // namespace

SlowClients::SlowClients(int port, unsigned clients, double begin_seconds,
                         std::optional<unsigned> core)
    : thread_([=, this] { Run(port, clients, begin_seconds, core); }) {}

SlowClients::~SlowClients() {
  stopped_ = true;
  thread_.join();
}

void SlowClients::Run(int port, unsigned clients, double begin_seconds,
                      std::optional<unsigned> core) {
  if (core) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(*core, &cores);
    sched_setaffinity(0, sizeof cores, &cores);
  }
  const double start = WallSeconds();
  std::vector<Client> all(clients);
  for (size_t i = 0; i < all.size(); ++i) {
    all[i].next = start + begin_seconds * static_cast<double>(i) / static_cast<double>(all.size());
  }
  while (!stopped_) {
    for (Client& client : all) {
      if (client.connection != nullptr && client.connection->Heard()) {
        client.connection.reset();
        --open_;
        client.next = 0;
      }
      const double now = WallSeconds();
      if (now < client.next) continue;
      client.next = now + kSecondsPerByte;
      if (client.connection != nullptr) {
        client.connection->Send("x");
        continue;
      }
      auto made = HttpsConnection::Open(port);
      if (!made.ok()) continue;
      client.connection = *std::move(made);
      client.connection->Send(kBegin);
      ++open_;
      ++made_;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

}  // namespace bonafide::bench
