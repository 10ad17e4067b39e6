// What comes over the wire that no gRPC client sends. The server refuses it, does nothing of what
// it asks for, and goes on.
#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/server/story.h"
#include "tests/server/wire.h"

namespace bonafide::server {
namespace {

using testing::HasSubstr;
using testing::Not;

// RFC 9113, section 4.1.
constexpr size_t kFrameHeaderBytes = 9;
enum FrameType : char { kData = 0, kHeaders = 1, kResetStream = 3, kGoAway = 7 };
constexpr char kEndStream = 1;
constexpr char kEndHeaders = 4;

using Headers = std::vector<std::pair<std::string, std::string>>;

std::string Frame(FrameType type, char flags, const std::string& payload) {
  const size_t size = payload.size();
  const bool about_stream = type != kGoAway;
  return std::string{static_cast<char>(size >> 16), static_cast<char>(size >> 8),
                     static_cast<char>(size)} +
         std::string{type, flags, 0, 0, 0, about_stream ? '\1' : '\0'} + payload;
}

// As literals that are not indexed (RFC 7541, section 6.2.2). Precondition: all are short.
std::string Packed(const Headers& headers) {
  std::string packed;
  for (const auto& [name, value] : headers) {
    packed += std::string(1, '\0') + static_cast<char>(name.size()) + name +
              static_cast<char>(value.size()) + value;
  }
  return packed;
}

std::string GrpcMessage(const std::string& bytes) {
  const size_t size = bytes.size();
  return std::string{0, 0, 0, static_cast<char>(size >> 8), static_cast<char>(size)} + bytes;
}

struct Reply {
  int messages = 0;
  bool ended = false;       // the server said that the call is over, or closed the connection
  std::string grpc_status;  // where it was said
};

Reply ReadReply(Wire& wire) {
  Reply reply;
  std::string bytes;
  while (!reply.ended) {
    const std::string more = wire.Read();
    if (more.empty()) {
      reply.ended = wire.closed();
      return reply;
    }
    bytes += more;
    const auto byte = [&](size_t at) { return static_cast<unsigned char>(bytes[at]); };
    while (bytes.size() >= kFrameHeaderBytes) {
      const size_t size = (byte(0) << 16) + (byte(1) << 8) + byte(2);
      if (bytes.size() < kFrameHeaderBytes + size) break;
      const char type = bytes[3];
      if (type == kData && size > 0) ++reply.messages;
      if (type == kHeaders) {
        // gRPC writes names and values as they are.
        static constexpr std::string_view kName = "grpc-status";
        const size_t at = bytes.find(kName, kFrameHeaderBytes);
        if (at < kFrameHeaderBytes + size) {
          reply.grpc_status = bytes.substr(at + kName.size() + 1, byte(at + kName.size()));
        }
      }
      if (type == kResetStream || type == kGoAway ||
          ((type == kData || type == kHeaders) && (bytes[4] & kEndStream) != 0)) {
        reply.ended = true;
      }
      bytes.erase(0, kFrameHeaderBytes + size);
    }
  }
  return reply;
}

class Transport : public testing::Test {
 protected:
  // A call of SubmitEvent with `more` among its headers and these messages.
  Reply Call(const Headers& more, const std::vector<std::string>& messages) {
    Headers headers = {{":method", "POST"},
                       {":scheme", "https"},
                       {":path", "/bonafide.v1.SubmissionService/SubmitEvent"},
                       {":authority", "localhost"},
                       {"te", "trailers"},
                       {"content-type", "application/grpc"}};
    headers.insert(headers.end(), more.begin(), more.end());
    std::string body;
    for (const std::string& message : messages) body += GrpcMessage(message);
    Wire wire(running_.instance().port(), Wire::As::kHttp2);
    EXPECT_TRUE(
        wire.Send(Frame(kHeaders, kEndHeaders, Packed(headers)) + Frame(kData, kEndStream, body)));
    return ReadReply(wire);
  }
  // A request that the register admits, a new one each time.
  std::string Submission() {
    v1::SubmitEventRequest request;
    request.set_sd_jwt(running_
                           .Sign(running_.regulator(), std::nullopt,
                                 registry::SchemeCreated{"treatment_" + std::to_string(++signed_),
                                                         "xx", "Example Scheme"})
                           .Framed());
    return request.SerializeAsString();
  }
  // The newest head, by an ordinary call.
  std::string Checkpoint() {
    grpc::ClientContext context;
    v1::GetCheckpointResponse response;
    const grpc::Status status = running_.log().GetCheckpoint(&context, {}, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.checkpoint();
  }
  void ExpectRefused(const Headers& headers, const std::vector<std::string>& messages) {
    const std::string before = Checkpoint();
    const Reply reply = Call(headers, messages);
    EXPECT_TRUE(reply.ended);
    EXPECT_EQ(reply.messages, 0);
    EXPECT_NE(reply.grpc_status, "0");
    EXPECT_EQ(Checkpoint(), before) << "something was filed";
  }

  RunningRegister running_{[](Config& config) { config.heartbeat_s = 300; }};
  int signed_ = 0;
};

TEST_F(Transport, ARightCallByHand) {
  const std::string before = Checkpoint();
  const Reply reply = Call({}, {Submission()});
  EXPECT_EQ(reply.messages, 1);
  EXPECT_EQ(reply.grpc_status, "0");
  EXPECT_NE(Checkpoint(), before);
}

TEST_F(Transport, NoTimeLeft) { ExpectRefused({{"grpc-timeout", "0n"}}, {Submission()}); }

TEST_F(Transport, ABinaryHeaderThatIsNotBase64) {
  ExpectRefused({{"example-bin", "!!!"}}, {Submission()});
}

// gRPC 1.51 takes the first message of a unary call and passes over what follows.
TEST_F(Transport, TwoMessagesWhereOneIsAsked) {
  const auto logged = [this] { return running_.instance().data().reg().counters().events_logged; };
  const uint64_t before = logged();
  const Reply reply = Call({}, {Submission(), Submission()});
  EXPECT_TRUE(reply.ended);
  EXPECT_LE(reply.messages, 1);
  EXPECT_EQ(logged() - before, static_cast<uint64_t>(reply.messages))
      << "what is filed is what is acknowledged";
  EXPECT_NE(Checkpoint(), "");
}

TEST_F(Transport, NoMessage) { ExpectRefused({}, {}); }

TEST_F(Transport, OtherProtocols) {
  const std::string before = Checkpoint();
  static constexpr char kHttp1[] = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  for (const Wire::As as : {Wire::As::kTcp, Wire::As::kTls}) {
    Wire wire(running_.instance().port(), as);
    wire.Send(kHttp1);  // unless it was closed before
    EXPECT_THAT(wire.ReadAll(), Not(HasSubstr("HTTP/1.1 200")));
    EXPECT_TRUE(wire.closed());
  }
  // The first words of TLS where none is spoken.
  Wire admin(running_.instance().admin_port(), Wire::As::kTcp);
  EXPECT_TRUE(admin.Send(std::string("\x16\x03\x01\x00\x05\x01\x00\x00\x01\x03\r\n\r\n", 14)));
  EXPECT_THAT(admin.ReadAll(), Not(HasSubstr("200 OK")));
  EXPECT_TRUE(admin.closed());
  Wire asking(running_.instance().admin_port(), Wire::As::kTcp);
  EXPECT_TRUE(asking.Send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
  EXPECT_THAT(asking.ReadAll(), HasSubstr("200 OK"));
  EXPECT_EQ(Checkpoint(), before);
}

// A proxy adds a line of its own behind those that the caller sent.
TEST(ForwardedFor, TheLastAddressCounts) {
  RunningRegister running([](Config& config) {
    config.reads_per_second = 1;
    config.rate_burst_s = 1;
    config.trusted_proxies = "127.0.0.1";
  });
  const auto count_refused = [&running](const auto& first, const auto& last) {
    int refused = 0;
    for (int i = 0; i < 30; ++i) {
      grpc::ClientContext context;
      context.AddMetadata("x-forwarded-for", first(i));
      context.AddMetadata("x-forwarded-for", last(i));
      v1::GetCheckpointResponse response;
      const grpc::Status status = running.log().GetCheckpoint(&context, {}, &response);
      refused += status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED ? 1 : 0;
    }
    return refused;
  };
  const auto one = [](int) { return std::string("203.0.113.1"); };
  const auto another = [](int i) { return "198.51.100." + std::to_string(i); };
  EXPECT_EQ(count_refused(one, another), 0);
  EXPECT_GT(count_refused(another, one), 0);
}

}  // namespace
}  // namespace bonafide::server
