// Who is at the other end of a connection, as far as limits are concerned. Never logged.
#ifndef BONAFIDE_SERVER_PEER_H_
#define BONAFIDE_SERVER_PEER_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "server/rate_limiter.h"

namespace bonafide::server {

// The key of an IP address in text form: all of an IPv4 address (also when it is mapped into IPv6),
// the first 64 bits of an IPv6 address, since a host gets at least that many.
std::optional<PeerKey> KeyOfAddress(std::string_view address);

// Whoever has no address; no address has this key.
inline constexpr PeerKey kNoAddress{~uint64_t{0}};

struct Peer {
  PeerKey key;
  bool many = false;  // a trusted proxy that does not say for whom it calls
};

// Tells who calls. Thread-safe.
class PeerTable {
 public:
  // `trusted_proxies` as in the configuration.
  explicit PeerTable(std::string_view trusted_proxies);

  // `address` is that of the other end, `forwarded_for` the header of that name, believed only of
  // trusted proxies, which are whole addresses; a port behind the address in it is passed over.
  Peer Of(std::string_view address, std::string_view forwarded_for) const;

 private:
  std::vector<std::array<unsigned char, 16>> proxies_;  // IPv4 as mapped into IPv6
};

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_PEER_H_
