// Addresses to listen on. Internal to this room.
#ifndef BONAFIDE_SERVER_HTTP_ENDPOINT_H_
#define BONAFIDE_SERVER_HTTP_ENDPOINT_H_

#include <boost/asio/ip/tcp.hpp>
#include <optional>
#include <string>

namespace bonafide::server::http {

// Of "192.0.2.1:80" or "[2001:db8::1]:80"; nothing when it is neither.
std::optional<boost::asio::ip::tcp::endpoint> ParseEndpoint(const std::string& address);

// Opens `acceptor` there.
boost::system::error_code Listen(boost::asio::ip::tcp::acceptor& acceptor,
                                 const std::string& address, int backlog);

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_ENDPOINT_H_
