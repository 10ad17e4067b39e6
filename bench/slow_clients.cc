#include "bench/slow_clients.h"

#include <poll.h>
#include <sched.h>

#include <memory>
#include <string_view>
#include <vector>

#include "bench/https_connection.h"
#include "bench/stopwatch.h"

namespace bonafide::bench {
namespace {

constexpr double kSecondsPerByte = 1;
constexpr std::string_view kBegin = "GET /checkpoint HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ";

// Waits this long at most, and so ends this soon.
constexpr int kTickMs = 10;

struct Client {
  std::unique_ptr<HttpsConnection> connection;
  double next = 0;  // when it does something again
};

// Which of them the server has written to, or cut off. Asks the system once for all: what this
// thread uses of its core is taken from the honest ones' client.
std::vector<Client*> Await(std::vector<Client>& all) {
  std::vector<pollfd> sockets;
  for (const Client& client : all) {
    const int socket = client.connection == nullptr ? -1 : client.connection->descriptor();
    sockets.push_back({socket, POLLIN, 0});
  }
  poll(sockets.data(), sockets.size(), kTickMs);
  std::vector<Client*> heard;
  for (size_t i = 0; i < all.size(); ++i) {
    if (sockets[i].revents != 0) heard.push_back(&all[i]);
  }
  return heard;
}

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
    // Nobody who measures there waits for this thread: that would be no wait for the server.
    const sched_param none{};
    sched_setscheduler(0, SCHED_IDLE, &none);
  }
  const double start = WallSeconds();
  std::vector<Client> all(clients);
  for (size_t i = 0; i < all.size(); ++i) {
    all[i].next = start + begin_seconds * static_cast<double>(i) / static_cast<double>(all.size());
  }
  while (!stopped_) {
    for (Client* client : Await(all)) {
      if (!client->connection->Heard()) continue;
      client->connection.reset();
      --open_;
      client->next = 0;
    }
    const double now = WallSeconds();
    for (Client& client : all) {
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
  }
}

}  // namespace bonafide::bench
