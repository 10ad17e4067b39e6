#include "tests/e2e/http2.h"

namespace bonafide::e2e::http2 {
namespace {

constexpr size_t kFrameHeaderBytes = 9;

uint32_t Number(std::string_view bytes) {
  uint32_t value = 0;
  for (char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

std::string Bytes(uint32_t value, int count) {
  std::string bytes;
  while (count-- > 0) bytes += static_cast<char>(value >> (8 * count) & 0xFF);
  return bytes;
}

}  // namespace

std::string Frame(Type type, uint8_t flags, uint32_t stream, std::string_view payload) {
  return Bytes(static_cast<uint32_t>(payload.size()), 3) + static_cast<char>(type) +
         static_cast<char>(flags) + Bytes(stream, 4) + std::string(payload);
}

std::string Beginning() {
  return "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + Frame(Type::kSettings, 0, 0, "");
}

std::string Literal(std::string_view name, std::string_view value) {
  return std::string(1, '\0') + static_cast<char>(name.size()) + std::string(name) +
         static_cast<char>(value.size()) + std::string(value);
}

std::string Integer(uint8_t first, int prefix_bits, uint32_t value) {
  const uint32_t most = (1u << prefix_bits) - 1;
  if (value < most) return {static_cast<char>(first | value)};
  std::string bytes = {static_cast<char>(first | most)};
  for (value -= most; value >= 128; value >>= 7) bytes += static_cast<char>(value % 128 + 128);
  return bytes + static_cast<char>(value);
}

std::string Request(std::string_view method, std::string_view path,
                    const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string block = Literal(":method", method) + Literal(":scheme", "https") +
                      Literal(":authority", "localhost") + Literal(":path", path);
  for (const auto& [name, value] : fields) block += Literal(name, value);
  return block;
}

Answer ReadAnswer(TlsSocket& socket, uint32_t stream) {
  Answer answer;
  std::string unread;
  while (!answer.complete && !answer.reset) {
    const std::string some = socket.ReadSome();
    if (some.empty()) return answer;
    unread += some;
    while (unread.size() >= kFrameHeaderBytes) {
      const std::string_view head(unread.data(), kFrameHeaderBytes);
      const size_t size = kFrameHeaderBytes + Number(head.substr(0, 3));
      if (unread.size() < size) break;
      const std::string payload = unread.substr(kFrameHeaderBytes, size - kFrameHeaderBytes);
      const Type type{static_cast<uint8_t>(head[3])};
      const bool ours = Number(head.substr(5)) == stream;
      if (ours && (type == Type::kHeaders || type == Type::kContinuation)) answer.header += payload;
      if (ours && type == Type::kData) answer.body += payload;
      if (ours && type == Type::kReset) answer.reset = Number(payload);
      if (ours && (type == Type::kHeaders || type == Type::kData) && (head[4] & kEndStream) != 0) {
        answer.complete = true;
      }
      unread.erase(0, size);
    }
  }
  return answer;
}

}  // namespace bonafide::e2e::http2
