// What one connection may ask of the proxy, as its configuration says: all of that, and no more.
// Most floods would be borne with looser limits too, so that no flood shows them.
#include <gmock/gmock.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/e2e/proxied_stage.h"

namespace bonafide::e2e {
namespace {

using http2::Frame;
using http2::Type;
using ::testing::StartsWith;

constexpr int kStreams = 32;
constexpr size_t kHeaderLines = 64;
constexpr size_t kHeaderBytes = 15 * 1024;
constexpr size_t kFrameBytes = 16'384;

class ProxyLimitTest : public ProxiedStage {
 protected:
  // The answer to a GET that comes when so many calls of the same connection have not ended.
  static http2::Answer BehindUnended(int calls) {
    TlsSocket socket = proxy_->Connect("h2");
    std::string all = http2::Beginning();
    uint32_t stream = 1;
    for (int i = 0; i < calls; ++i, stream += 2) {
      all += Frame(Type::kHeaders, http2::kEndHeaders, stream,
                   http2::Request("POST", "/bonafide.v1.LogService/GetCheckpoint",
                                  {{"content-type", "application/grpc"}, {"te", "trailers"}}));
    }
    socket.Send(all + Frame(Type::kHeaders, http2::kEndStream | http2::kEndHeaders, stream,
                            http2::Request("GET", "/checkpoint")));
    return http2::ReadAnswer(socket, stream);
  }
  // The answer to a GET with so many lines of header more than it needs, of so many bytes each,
  // over HTTP/2, in CONTINUATION frames where it is long, and over HTTP/1.1.
  static std::pair<http2::Answer, std::string> WithHeader(size_t lines, size_t bytes) {
    const std::string value(bytes, 'x');
    std::string block = http2::Request("GET", "/checkpoint");
    std::string fields;
    for (size_t i = 0; i < lines; ++i) {
      block += '\0' + http2::Integer(0, 7, 1) + 'x' +
               http2::Integer(0, 7, static_cast<uint32_t>(bytes)) + value;
      fields += "x: " + value + "\r\n";
    }
    TlsSocket socket = proxy_->Connect("h2");
    std::string frames = http2::Beginning();
    Type type = Type::kHeaders;
    for (std::string_view rest = block; !rest.empty(); type = Type::kContinuation) {
      const std::string_view some = rest.substr(0, kFrameBytes);
      rest.remove_prefix(some.size());
      frames += Frame(type,
                      static_cast<uint8_t>((type == Type::kHeaders ? http2::kEndStream : 0) |
                                           (rest.empty() ? http2::kEndHeaders : 0)),
                      1, some);
    }
    socket.Send(frames);
    return {http2::ReadAnswer(socket, 1), Get(*proxy_, "/checkpoint", "", fields)};
  }
};

TEST_F(ProxyLimitTest, StreamsAtOnce) {
  EXPECT_THAT(BehindUnended(kStreams - 1).header, StartsWith("\x88"));
  EXPECT_EQ(BehindUnended(kStreams).reset, http2::kRefusedStream);
}

TEST_F(ProxyLimitTest, LinesOfHeader) {
  const auto [second, first] = WithHeader(kHeaderLines - 8, 1);
  EXPECT_THAT(second.header, StartsWith("\x88"));
  EXPECT_THAT(first, StartsWith("HTTP/1.1 200"));
  // HAProxy takes twice as many over HTTP/2; the register says no to what is between.
  const auto [second_more, first_more] = WithHeader(2 * kHeaderLines + 1, 1);
  EXPECT_FALSE(second_more.complete);
  EXPECT_THAT(first_more, StartsWith("HTTP/1.1 400"));
}

TEST_F(ProxyLimitTest, BytesOfHeader) {
  const auto [second, first] = WithHeader(4, 1500);
  EXPECT_THAT(second.header, StartsWith("\x88"));
  EXPECT_THAT(first, StartsWith("HTTP/1.1 200"));
  const auto [second_more, first_more] = WithHeader(20, kHeaderBytes / 20 + 50);
  EXPECT_FALSE(second_more.complete);
  EXPECT_THAT(first_more, StartsWith("HTTP/1.1 400"));
}

}  // namespace
}  // namespace bonafide::e2e
