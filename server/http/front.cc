#include "server/http/front.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "certs/reason.h"
#include "server/http/awaitable.h"
#include "server/http/connection.h"
#include "server/http/endpoint.h"
#include "server/peer.h"
#include "server/place_table.h"

namespace bonafide::server::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

using TlsContext = std::shared_ptr<asio::ssl::context>;

absl::StatusOr<TlsContext> MakeTls(const TlsPair& pair) {
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  error_code error;
  context->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                           asio::ssl::context::no_tlsv1_1 | asio::ssl::context::no_compression,
                       error);
  if (!error) {
    context->use_certificate_chain(asio::buffer(pair.certificate_pem), error);
  }
  if (!error) {
    context->use_private_key(asio::buffer(pair.private_key_pem), asio::ssl::context::pem, error);
  }
  if (error) return Malformed("tls_pair", "the certificate and its key: " + error.message());
  return context;
}

// A thread with what runs on it.
struct Worker {
  Worker() : io(1), work(io.get_executor()) {}
  asio::io_context io;
  asio::executor_work_guard<asio::io_context::executor_type> work;
  std::thread thread;
};

}  // namespace

class Front::Impl {
 public:
  Impl(const Config& config, const answer::Dependencies& dependencies, TlsContext tls)
      : shared_{config, dependencies, PoolTasks(dependencies.pool),
                ByteBudget(config.memory_bytes)},
        places_(config.http_connections, config.http_connections_per_address),
        proxies_(config.trusted_proxies),
        tls_(std::move(tls)),
        workers_(config.http_threads > 0 ? static_cast<size_t>(config.http_threads)
                                         : std::max(1u, std::thread::hardware_concurrency())),
        acceptor_(std::in_place, workers_.front().io) {}

  ~Impl() { Stop(std::chrono::milliseconds(0)); }

  error_code Listen(const std::string& address) {
    const error_code error =
        http::Listen(*acceptor_, address, asio::socket_base::max_listen_connections);
    if (!error) port_ = acceptor_->local_endpoint().port();
    return error;
  }

  void Run() {
    asio::co_spawn(workers_.front().io, Accept(), asio::detached);
    for (Worker& worker : workers_) {
      worker.thread = std::thread([&worker] { worker.io.run(); });
    }
  }

  int port() const { return port_; }

  void ReplaceTls(const TlsPair& pair) {
    auto tls = MakeTls(pair);
    if (!tls.ok()) return;
    const std::lock_guard lock(tls_mutex_);
    tls_ = *std::move(tls);
  }

  void Stop(std::chrono::milliseconds drain) {
    if (shared_.stopping.exchange(true)) return;
    const auto until = std::chrono::steady_clock::now() + drain;
    while (shared_.under_way != 0 && std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    for (Worker& worker : workers_) worker.io.stop();
    for (Worker& worker : workers_) {
      if (worker.thread.joinable()) worker.thread.join();
    }
    // Tasks that are left refer to coroutines, which end with the workers; and with them their
    // sockets.
    shared_.tasks.Wait();
    acceptor_.reset();
    workers_.clear();
  }

 private:
  Awaitable<void> Accept() {
    size_t next = 0;
    while (!shared_.stopping) {
      asio::io_context& io = workers_[next++ % workers_.size()].io;
      error_code error;
      LoopSocket socket = co_await acceptor_->async_accept(io, asio::redirect_error(kAwait, error));
      if (error) {  // out of files, for example: better late than never
        asio::steady_timer pause(workers_.front().io, std::chrono::milliseconds(100));
        co_await pause.async_wait(asio::redirect_error(kAwait, error));
        continue;
      }
      try {
        Serve(io, std::move(socket));
      } catch (const std::exception&) {  // out of memory: this one is lost, not the next
      }
    }
  }

  void Serve(asio::io_context& io, LoopSocket socket) {
    error_code error;
    const tcp::endpoint other = socket.remote_endpoint(error);
    if (error) return;
    socket.set_option(tcp::no_delay(true), error);
    const std::string address = other.address().to_string();
    const Peer peer = proxies_.Of(address, "");
    auto connection = std::make_shared<Connection>(shared_, std::move(socket), Tls(), address);
    if (!places_.Take(peer.key, peer.many)) return;  // closes it
    asio::co_spawn(io, RunToEnd(std::move(connection)),
                   [this, peer](std::exception_ptr) { places_.GiveBack(peer.key); });
  }

  static Awaitable<void> RunToEnd(std::shared_ptr<Connection> connection) {
    co_await connection->Run();
  }

  TlsContext Tls() {
    const std::lock_guard lock(tls_mutex_);
    return tls_;
  }

  Connections shared_;
  PlaceTable places_;
  const PeerTable proxies_;
  std::mutex tls_mutex_;
  TlsContext tls_;
  std::vector<Worker> workers_;
  std::optional<tcp::acceptor> acceptor_;
  int port_ = 0;
};

Front::Front(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Front::~Front() = default;

int Front::port() const { return impl_->port(); }
void Front::ReplaceTls(const TlsPair& tls) { impl_->ReplaceTls(tls); }
void Front::Stop(std::chrono::milliseconds drain) { impl_->Stop(drain); }

absl::StatusOr<std::unique_ptr<Front>> Front::Start(const Config& config, const TlsPair& tls,
                                                    const answer::Dependencies& dependencies) {
  auto context = MakeTls(tls);
  if (!context.ok()) return context.status();
  auto impl = std::make_unique<Impl>(config, dependencies, *std::move(context));
  if (const error_code error = impl->Listen(config.http_address); error) {
    return Refusal(absl::StatusCode::kUnavailable, "http_address",
                   "cannot listen on " + config.http_address + ": " + error.message());
  }
  impl->Run();
  return std::unique_ptr<Front>(new Front(std::move(impl)));
}

}  // namespace bonafide::server::http
