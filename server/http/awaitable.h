// Coroutines of the front. Each runs on the loop of one worker; a loop known by its type is handed
// on with every step for less than one that may be any. Internal to this room.
#ifndef BONAFIDE_SERVER_HTTP_AWAITABLE_H_
#define BONAFIDE_SERVER_HTTP_AWAITABLE_H_

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/basic_stream.hpp>

namespace bonafide::server::http {

using Loop = boost::asio::io_context::executor_type;

template <typename T>
using Awaitable = boost::asio::awaitable<T, Loop>;
inline constexpr boost::asio::use_awaitable_t<Loop> kAwait;

using LoopSocket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Loop>;
using LoopStream = boost::beast::basic_stream<boost::asio::ip::tcp, Loop>;

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_AWAITABLE_H_
