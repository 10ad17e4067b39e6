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

using Address = std::array<unsigned char, 16>;

// IPv4 as mapped into IPv6; without a zone.
std::optional<Address> Parse(std::string_view text) {
  text = text.substr(0, text.find('%'));
  char copy[INET6_ADDRSTRLEN];
  if (text.empty() || text.size() >= sizeof copy) return std::nullopt;
  std::memcpy(copy, text.data(), text.size());
  copy[text.size()] = '\0';
  Address address;
  if (inet_pton(AF_INET6, copy, address.data()) == 1) return address;
  std::memcpy(address.data(), kMappedPrefix, sizeof kMappedPrefix);
  if (inet_pton(AF_INET, copy, address.data() + sizeof kMappedPrefix) == 1) return address;
  return std::nullopt;
}

PeerKey KeyOf(const Address& address) {
  if (std::memcmp(address.data(), kMappedPrefix, sizeof kMappedPrefix) == 0) {
    return KeyOfV4(address.data() + sizeof kMappedPrefix);
  }
  return KeyOfV6(address.data());
}

}  // namespace

std::optional<PeerKey> KeyOfAddress(std::string_view address) {
  const auto parsed = Parse(address);
  if (!parsed) return std::nullopt;
  return KeyOf(*parsed);
}

PeerTable::PeerTable(std::string_view trusted_proxies) {
  while (!trusted_proxies.empty()) {
    const size_t comma = trusted_proxies.find(',');
    if (const auto address = Parse(trusted_proxies.substr(0, comma))) proxies_.push_back(*address);
    if (comma == std::string_view::npos) break;
    trusted_proxies.remove_prefix(comma + 1);
  }
}

Peer PeerTable::Of(std::string_view address, std::string_view forwarded_for) const {
  const auto direct = Parse(address);
  if (!direct) return {kNoAddress};
  if (std::ranges::find(proxies_, *direct) == proxies_.end()) return {KeyOf(*direct)};
  const size_t comma = forwarded_for.rfind(',');
  if (comma != std::string_view::npos) forwarded_for.remove_prefix(comma + 1);
  const size_t first = std::min(forwarded_for.find_first_not_of(' '), forwarded_for.size());
  const size_t last = forwarded_for.find_last_not_of(' ') + 1;
  if (first < last) {
    const auto caller = Parse(WithoutPort(forwarded_for.substr(first, last - first)));
    if (caller) return {KeyOf(*caller)};
  }
  return {KeyOf(*direct), /*many=*/true};
}

}  // namespace bonafide::server
