#include "server/http/admin.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <thread>
#include <utility>

#include "certs/reason.h"
#include "server/http/endpoint.h"

namespace bonafide::server::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;

constexpr int kMaxConnections = 16;
constexpr uint32_t kHeaderBytes = 8 * 1024;
constexpr auto kRequestTime = std::chrono::seconds(5);

}  // namespace

class AdminServer::Impl {
 public:
  explicit Impl(AdminPages pages) : pages_(std::move(pages)), acceptor_(io_) {}
  ~Impl() {
    io_.stop();
    if (thread_.joinable()) thread_.join();
  }

  boost::system::error_code Listen(const std::string& address) {
    return http::Listen(acceptor_, address, kMaxConnections);
  }

  void Run() {
    asio::co_spawn(io_, Accept(), asio::detached);
    thread_ = std::thread([this] { io_.run(); });
  }

  int port() const { return acceptor_.local_endpoint().port(); }

 private:
  asio::awaitable<void> Accept() {
    while (true) {
      boost::system::error_code error;
      tcp::socket socket =
          co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
      if (error) {  // out of files, for example: better late than never
        asio::steady_timer pause(io_, std::chrono::milliseconds(100));
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
        continue;
      }
      if (connections_ >= kMaxConnections) continue;  // closes it
      ++connections_;
      asio::co_spawn(io_, Serve(beast::tcp_stream(std::move(socket))),
                     [this](std::exception_ptr) { --connections_; });
    }
  }

  // One request; the connection is closed after it.
  asio::awaitable<void> Serve(beast::tcp_stream stream) {
    stream.expires_after(kRequestTime);
    beast::flat_buffer buffer;
    beast::http::request_parser<beast::http::empty_body> parser;
    parser.header_limit(kHeaderBytes);
    parser.body_limit(0);
    boost::system::error_code error;
    co_await beast::http::async_read(stream, buffer, parser,
                                     asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
    beast::http::response<beast::http::string_body> response = Answer(parser.get());
    stream.expires_after(kRequestTime);
    co_await beast::http::async_write(stream, response,
                                      asio::redirect_error(asio::use_awaitable, error));
    stream.socket().shutdown(tcp::socket::shutdown_send, error);
  }

  beast::http::response<beast::http::string_body> Answer(
      const beast::http::request<beast::http::empty_body>& request) {
    AdminReply reply;
    beast::http::status status = beast::http::status::ok;
    if (request.method() != beast::http::verb::get) {
      status = beast::http::status::method_not_allowed;
    } else if (request.target() == "/metrics") {
      reply = pages_.metrics();
    } else if (request.target() == "/healthz") {
      reply = pages_.health();
    } else {
      status = beast::http::status::not_found;
    }
    if (!reply.ok) status = beast::http::status::service_unavailable;
    beast::http::response<beast::http::string_body> response(status, request.version());
    response.keep_alive(false);
    if (!reply.content_type.empty()) {
      response.set(beast::http::field::content_type, reply.content_type);
    }
    response.set(beast::http::field::cache_control, "no-store");
    response.body() = std::move(reply.body);
    response.prepare_payload();
    return response;
  }

  AdminPages pages_;
  asio::io_context io_{1};
  tcp::acceptor acceptor_;
  int connections_ = 0;
  std::thread thread_;
};

AdminServer::AdminServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AdminServer::~AdminServer() = default;

int AdminServer::port() const { return impl_->port(); }

absl::StatusOr<std::unique_ptr<AdminServer>> AdminServer::Start(const std::string& address,
                                                                AdminPages pages) {
  auto impl = std::make_unique<Impl>(std::move(pages));
  if (const boost::system::error_code error = impl->Listen(address); error) {
    return Refusal(absl::StatusCode::kUnavailable, "admin_address",
                   "cannot listen on " + address + ": " + error.message());
  }
  impl->Run();
  return std::unique_ptr<AdminServer>(new AdminServer(std::move(impl)));
}

}  // namespace bonafide::server::http
