#include "server/peer.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

namespace bonafide::server {
namespace {

constexpr unsigned char kMappedPrefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

// Of the first four bytes, in a range that no IPv6 address has (::/16 is not routed).
PeerKey KeyOfV4(const unsigned char* bytes) {
  uint64_t value = 4;
  for (size_t i = 0; i < 4; ++i) value = value << 8 | bytes[i];
  return PeerKey{value};
}

PeerKey KeyOfV6(const unsigned char* bytes) {
  uint64_t value = 0;
  for (size_t i = 0; i < 8; ++i) value = value << 8 | bytes[i];
  return PeerKey{value};
}

// "192.0.2.1:4711" and "[2001:db8::1]:4711" without what is not the address.
std::string_view WithoutPort(std::string_view text) {
  if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
  const size_t colon = text.find(':');
  return colon == text.rfind(':') ? text.substr(0, colon) : text;
}

}  // namespace

std::optional<PeerKey> KeyOfAddress(std::string_view address) {
  char text[INET6_ADDRSTRLEN];
  if (address.empty() || address.size() >= sizeof text) return std::nullopt;
  std::memcpy(text, address.data(), address.size());
  text[address.size()] = '\0';
  unsigned char bytes[16];
  if (inet_pton(AF_INET, text, bytes) == 1) return KeyOfV4(bytes);
  if (inet_pton(AF_INET6, text, bytes) != 1) return std::nullopt;
  if (std::memcmp(bytes, kMappedPrefix, sizeof kMappedPrefix) == 0) return KeyOfV4(bytes + 12);
  return KeyOfV6(bytes);
}

PeerTable::PeerTable(std::string_view trusted_proxies) {
  while (!trusted_proxies.empty()) {
    const size_t comma = trusted_proxies.find(',');
    if (const auto key = KeyOfAddress(trusted_proxies.substr(0, comma))) proxies_.push_back(*key);
    if (comma == std::string_view::npos) break;
    trusted_proxies.remove_prefix(comma + 1);
  }
}

bool PeerTable::IsProxy(PeerKey peer) const {
  return std::ranges::find(proxies_, peer) != proxies_.end();
}

PeerKey PeerTable::KeyOf(std::string_view address, std::string_view forwarded_for) const {
  const PeerKey direct = KeyOfAddress(address).value_or(PeerKey{});
  if (!IsProxy(direct)) return direct;
  const size_t comma = forwarded_for.rfind(',');
  if (comma != std::string_view::npos) forwarded_for.remove_prefix(comma + 1);
  const size_t first = forwarded_for.find_first_not_of(' ');
  if (first == std::string_view::npos) return direct;
  forwarded_for = forwarded_for.substr(first, forwarded_for.find_last_not_of(' ') - first + 1);
  return KeyOfAddress(WithoutPort(forwarded_for)).value_or(direct);
}

}  // namespace bonafide::server
