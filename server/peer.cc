#include "server/peer.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

namespace bonafide::server {
namespace {

constexpr unsigned char kMappedPrefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

PeerKey Join(uint8_t family, const unsigned char* bytes, size_t count) {
  uint64_t value = family;
  for (size_t i = 0; i < count; ++i) value = value << 8 | bytes[i];
  return PeerKey{value};
}

}  // namespace

std::optional<PeerKey> KeyOfAddress(std::string_view address) {
  char text[INET6_ADDRSTRLEN];
  if (address.empty() || address.size() >= sizeof text) return std::nullopt;
  std::memcpy(text, address.data(), address.size());
  text[address.size()] = '\0';
  unsigned char bytes[16];
  if (inet_pton(AF_INET, text, bytes) == 1) return Join(4, bytes, 4);
  if (inet_pton(AF_INET6, text, bytes) != 1) return std::nullopt;
  if (std::memcmp(bytes, kMappedPrefix, sizeof kMappedPrefix) == 0) return Join(4, bytes + 12, 4);
  return Join(6, bytes, 7);
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
  return KeyOfAddress(forwarded_for).value_or(direct);
}

}  // namespace bonafide::server
