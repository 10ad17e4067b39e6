// One connection of the front: TLS, then requests one after another. Internal to this room.
#ifndef BONAFIDE_SERVER_HTTP_CONNECTION_H_
#define BONAFIDE_SERVER_HTTP_CONNECTION_H_

#include <atomic>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "server/answer/dependencies.h"
#include "server/config.h"
#include "server/http/awaitable.h"
#include "server/http/byte_budget.h"
#include "server/http/exchange.h"
#include "server/http/pool_task.h"

namespace bonafide::server::http {

// What all connections share. Outlives them.
struct Connections {
  const Config& config;
  const answer::Dependencies& dependencies;
  PoolTasks tasks;
  ByteBudget answers;
  std::atomic<bool> stopping{false};  // no request is begun
  std::atomic<int64_t> under_way{0};  // requests that have begun and not ended
};

class Connection {
 public:
  Connection(Connections& shared, LoopSocket socket, std::shared_ptr<boost::asio::ssl::context> tls,
             std::string address);

  // Until the other end closes it, breaks a rule, is late, or the front stops.
  Awaitable<void> Run();

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::empty_body>;

  Awaitable<bool> Handshake();
  // Whether a request has begun to arrive.
  Awaitable<bool> AwaitRequest();
  // Reads a header, answers, and says whether there may be another request.
  Awaitable<bool> ServeOne();
  Awaitable<bool> Answer(const Parser& parser);
  // `response` has to live until this returns. Whether there may be another request.
  Awaitable<bool> Send(Response& response, unsigned version, bool head_only, bool keep_alive);
  // Whether the other end took `bytes` in time. They have to live until this returns.
  Awaitable<bool> Write(std::string_view bytes);
  Awaitable<void> Close();

  Connections& shared_;
  std::shared_ptr<boost::asio::ssl::context> tls_;
  // Joins what is written into whole TLS records, where Asio's own stops at 8 KiB.
  boost::beast::ssl_stream<LoopStream> stream_;
  boost::beast::flat_buffer buffer_;
  const std::string address_;
};

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_CONNECTION_H_
