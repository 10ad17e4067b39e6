#include "server/http/connection.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <chrono>
#include <ctime>
#include <optional>

#include "certs/reason.h"
#include "server/guarded.h"
#include "server/http/problem.h"
#include "server/http/request_head.h"
#include "server/http/response_head.h"

namespace bonafide::server::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

constexpr uint32_t kHeaderBytes = 8 * 1024;
constexpr size_t kBufferBytes = 16 * 1024;
constexpr size_t kMostUnreadBytes = 64 * 1024;
constexpr auto kCloseTime = std::chrono::seconds(2);

}  // namespace

Connection::Connection(Connections& shared, LoopSocket socket,
                       std::shared_ptr<asio::ssl::context> tls, std::string address)
    : shared_(shared),
      tls_(std::move(tls)),
      stream_(LoopStream(std::move(socket)), *tls_),
      buffer_(kBufferBytes),
      address_(std::move(address)) {}

Awaitable<void> Connection::Run() {
  // GCC 12 compiles what is awaited inside a condition or an argument wrongly.
  const bool shaken = co_await Handshake();
  bool more = shaken;
  while (more) {
    more = co_await AwaitRequest();
    if (more) more = co_await ServeOne();
  }
  if (shaken) co_await Close();
}

Awaitable<bool> Connection::Handshake() {
  stream_.next_layer().expires_after(
      std::chrono::milliseconds(shared_.config.handshake_timeout_ms));
  error_code error;
  co_await stream_.async_handshake(asio::ssl::stream_base::server,
                                   asio::redirect_error(kAwait, error));
  co_return !error;
}

Awaitable<bool> Connection::AwaitRequest() {
  if (shared_.stopping) co_return false;
  if (buffer_.size() != 0) co_return true;
  stream_.next_layer().expires_after(std::chrono::seconds(shared_.config.http_idle_s));
  error_code error;
  const size_t size =
      co_await stream_.async_read_some(buffer_.prepare(4096), asio::redirect_error(kAwait, error));
  buffer_.commit(size);
  co_return !error && !shared_.stopping;
}

Awaitable<bool> Connection::ServeOne() {
  // One time for all of it, however slowly it drips.
  stream_.next_layer().expires_after(std::chrono::milliseconds(shared_.config.http_header_ms));
  // An empty line before a request is passed over (RFC 9112, section 2.2).
  const beast::string_view begin(static_cast<const char*>(buffer_.data().data()), buffer_.size());
  if (begin.starts_with("\r\n")) buffer_.consume(2);
  Parser parser;
  parser.header_limit(kHeaderBytes);
  error_code error;
  co_await beast::http::async_read_header(stream_, buffer_, parser,
                                          asio::redirect_error(kAwait, error));
  if (!error) {
    const bool more = co_await Answer(parser);
    co_return more;
  }
  absl::Status status = Malformed("request_syntax", "this is no HTTP/1.1 request");
  if (error == beast::http::error::header_limit || error == beast::http::error::buffer_overflow) {
    status = Malformed("header_size", "the header fields of a request have at most 8 KiB");
  } else if (error.category() != make_error_code(beast::http::error::bad_method).category() ||
             error == beast::http::error::end_of_stream ||
             error == beast::http::error::partial_message) {
    co_return false;  // gone, or late
  }
  Response problem = ProblemOf(status);
  co_await Send(problem, 11, false, false);
  co_return false;
}

Awaitable<bool> Connection::Answer(const Parser& parser) {
  const beast::http::request_header<>& header = parser.get().base();
  const bool head_only = header.method() == beast::http::verb::head;
  Response response;
  const auto head = ReadRequestHead(header, address_);
  if (!head.ok()) {
    response = ProblemOf(head.status());
    co_await Send(response, header.version(), head_only, false);
    co_return false;
  }
  ++shared_.under_way;
  Exchange exchange(shared_.dependencies, *head);
  auto answer = [&exchange, &response] { response = exchange.Answer(); };
  if (exchange.on_pool()) {
    co_await OnPool(shared_.tasks, answer);
  } else {
    answer();
  }
  const ByteBudget::Share share(shared_.answers, response.body.size());
  if (!share.granted()) {
    response = ProblemOf(Refusal(absl::StatusCode::kResourceExhausted, "overloaded",
                                 "too many answers wait for their readers; wait a little"));
  }
  const bool keep = head->stays_open && !shared_.stopping;
  const bool sent = co_await Send(response, header.version(), head_only, keep);
  exchange.End(sent || !keep
                   ? absl::OkStatus()
                   : Refusal(absl::StatusCode::kCancelled, "cancelled", "the caller went away"));
  --shared_.under_way;
  co_return sent;
}

Awaitable<bool> Connection::Send(Response& response, unsigned version, bool head_only,
                                 bool keep_alive) {
  const bool streamed = response.source != nullptr;
  Delivery delivery{version, keep_alive, std::nullopt};
  if (response.status != 204 && response.status != 304) {
    delivery.length_bytes = streamed ? response.source_bytes : response.body.size();
  }
  std::string head = ResponseHead(response, delivery, std::time(nullptr));
  // In one piece: the system and TLS are asked once.
  if (!head_only && !streamed) head += response.body;
  const auto over = std::chrono::steady_clock::now() +
                    std::chrono::milliseconds(shared_.config.transfer_deadline_ms);
  bool sent = co_await Write(head);
  uint64_t left = streamed && !head_only ? response.source_bytes : 0;
  while (sent && left != 0) {
    absl::StatusOr<std::string> piece;
    auto next = [&response, &piece] { piece = Guarded([&] { return response.source(); }); };
    co_await OnPool(shared_.tasks, next);
    // What has been sent cannot be taken back: break it off.
    if (!piece.ok() || piece->empty() || piece->size() > left) co_return false;
    left -= piece->size();
    // Who takes nothing for so long keeps a place that others want.
    if (std::chrono::steady_clock::now() > over) co_return false;
    sent = co_await Write(*piece);
  }
  co_return sent&& keep_alive;
}

Awaitable<bool> Connection::Write(std::string_view bytes) {
  stream_.next_layer().expires_after(std::chrono::milliseconds(shared_.config.http_write_ms));
  error_code error;
  co_await asio::async_write(stream_, asio::buffer(bytes.data(), bytes.size()),
                             asio::redirect_error(kAwait, error));
  co_return !error;
}

Awaitable<void> Connection::Close() {
  stream_.next_layer().expires_after(kCloseTime);
  error_code error;
  co_await stream_.async_shutdown(asio::redirect_error(kAwait, error));
  if (!error) co_return;
  // Closing a socket with bytes unread throws away what the other side has not read yet: the
  // refusal of a request that goes on.
  auto& tcp = stream_.next_layer();
  tcp.socket().shutdown(asio::socket_base::shutdown_send, error);
  std::array<char, 4096> unread;
  for (size_t size = 0; !error && size < kMostUnreadBytes;) {
    size += co_await tcp.async_read_some(asio::buffer(unread), asio::redirect_error(kAwait, error));
  }
}

}  // namespace bonafide::server::http
