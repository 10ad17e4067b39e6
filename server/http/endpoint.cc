#include "server/http/endpoint.h"

#include <boost/asio/error.hpp>
#include <cstdlib>

namespace bonafide::server::http {

namespace asio = boost::asio;
using asio::ip::tcp;

std::optional<tcp::endpoint> ParseEndpoint(const std::string& address) {
  const size_t colon = address.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  std::string host = address.substr(0, colon);
  if (host.size() > 1 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  boost::system::error_code error;
  const asio::ip::address ip = asio::ip::make_address(host, error);
  if (error) return std::nullopt;
  return tcp::endpoint(ip, static_cast<uint16_t>(std::atoi(address.c_str() + colon + 1)));
}

boost::system::error_code Listen(tcp::acceptor& acceptor, const std::string& address, int backlog) {
  const auto endpoint = ParseEndpoint(address);
  if (!endpoint) return asio::error::invalid_argument;
  boost::system::error_code error;
  acceptor.open(endpoint->protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(*endpoint, error);
  if (!error) acceptor.listen(backlog, error);
  return error;
}

}  // namespace bonafide::server::http
