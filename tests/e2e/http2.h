// HTTP/2 as bytes (RFC 9113, and of RFC 7541 what needs no tables), so that a test can say what no
// library would.
#ifndef BONAFIDE_TESTS_E2E_HTTP2_H_
#define BONAFIDE_TESTS_E2E_HTTP2_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/e2e/tls_socket.h"

namespace bonafide::e2e::http2 {

enum class Type : uint8_t {
  kData = 0,
  kHeaders = 1,
  kPriority = 2,
  kReset = 3,
  kSettings = 4,
  kPing = 6,
  kGoAway = 7,
  kWindowUpdate = 8,
  kContinuation = 9,
};

inline constexpr uint8_t kEndStream = 1;
inline constexpr uint8_t kAck = 1;
inline constexpr uint8_t kEndHeaders = 4;

inline constexpr uint32_t kRefusedStream = 7;

// The preface and empty settings: how a connection begins.
std::string Beginning();
std::string Frame(Type type, uint8_t flags, uint32_t stream, std::string_view payload);

// A field that is not put into the table of the other side. Both are shorter than 127 bytes.
std::string Literal(std::string_view name, std::string_view value);
// An integer with a prefix of so many bits, `first` above them (RFC 7541, section 5.1).
std::string Integer(uint8_t first, int prefix_bits, uint32_t value);
// The header of a request.
std::string Request(std::string_view method, std::string_view path,
                    const std::vector<std::pair<std::string, std::string>>& fields = {});

// What came for a stream. Header blocks are as they came: HAProxy writes text as text, and a status
// of 200 as the byte 0x88.
struct Answer {
  std::string header;
  std::string body;
  bool complete = false;
  std::optional<uint32_t> reset;  // the error code, where it was reset instead
};

// Reads the answer on `stream`, to its end or until it is reset. Everything else that comes is
// dropped.
Answer ReadAnswer(TlsSocket& socket, uint32_t stream);

}  // namespace bonafide::e2e::http2

#endif  // BONAFIDE_TESTS_E2E_HTTP2_H_
