// Behind HAProxy with deploy/haproxy.cfg everything works as it does without, for gRPC and for
// HTTP; what the proxy adds are its limits, and answers that both kinds of client understand.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "bonafide/v1/log.grpc.pb.h"
#include "bonafide/v1/submission.pb.h"
#include "certs/reason.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "tests/e2e/example_paper.h"
#include "tests/e2e/file.h"
#include "tests/e2e/proxied_stage.h"
#include "tests/e2e/status_text.h"

namespace bonafide::e2e {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// The header field's value in an answer of HTTP/1.1; "" when there is none.
std::string FieldOf(const std::string& answer, const std::string& name) {
  const size_t at = answer.find("\r\n" + name + ": ");
  if (at == std::string::npos || at > answer.find("\r\n\r\n")) return {};
  const size_t begin = at + name.size() + 4;
  return answer.substr(begin, answer.find('\r', begin) - begin);
}

// A detail of that type that came with an error; nothing when none did.
template <typename Detail>
std::optional<Detail> DetailOf(const grpc::Status& status) {
  google::rpc::Status all;
  all.ParseFromString(status.error_details());
  for (const auto& any : all.details()) {
    Detail detail;
    if (any.UnpackTo(&detail)) return detail;
  }
  return std::nullopt;
}

// gRPC without anything of ours around it.
class PlainClient {
 public:
  explicit PlainClient(const Proxy& proxy) {
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = proxy.ca_pem();
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    log_ = v1::LogService::NewStub(
        grpc::CreateCustomChannel(proxy.address(), grpc::SslCredentials(options), arguments));
  }
  grpc::Status Checkpoint(const std::string& forwarded_for = "") {
    grpc::ClientContext context;
    if (!forwarded_for.empty()) context.AddMetadata("x-forwarded-for", forwarded_for);
    v1::GetCheckpointResponse response;
    return log_->GetCheckpoint(&context, {}, &response);
  }
  v1::LogService::Stub& log() { return *log_; }

 private:
  std::unique_ptr<v1::LogService::Stub> log_;
};

// A call on the first stream of a connection, as bytes.
template <typename Request>
std::string GrpcCall(const std::string& method, const Request& request) {
  std::string message = request.SerializeAsString();
  message = std::string(4, '\0') + static_cast<char>(message.size()) + message;
  return http2::Frame(http2::Type::kHeaders, http2::kEndHeaders, 1,
                      http2::Request("POST", "/bonafide.v1." + method,
                                     {{"content-type", "application/grpc"}, {"te", "trailers"}})) +
         http2::Frame(http2::Type::kData, http2::kEndStream, 1, message);
}

void ExpectRetry(const grpc::Status& status, const std::string& reason, int seconds) {
  const auto info = DetailOf<google::rpc::ErrorInfo>(status);
  ASSERT_TRUE(info) << status.error_message();
  EXPECT_EQ(info->reason(), reason);
  EXPECT_EQ(info->domain(), "bonafide");
  const auto retry = DetailOf<google::rpc::RetryInfo>(status);
  ASSERT_TRUE(retry);
  EXPECT_EQ(retry->retry_delay().seconds(), seconds);
}

// An answer of the proxy itself.
void ExpectProblem(const std::string& answer, const std::string& status,
                   const std::string& reason) {
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + status)) << answer;
  EXPECT_EQ(FieldOf(answer, "content-type"), "application/problem+json") << answer;
  EXPECT_EQ(FieldOf(answer, "cache-control"), "no-store");
  EXPECT_EQ(FieldOf(answer, "access-control-allow-origin"), "*");
  EXPECT_NE(FieldOf(answer, "retry-after"), "");
  const size_t end = answer.find("\r\n\r\n");
  ASSERT_NE(end, std::string::npos);
  const auto json = certs::ParseJson(answer.substr(end + 4));
  ASSERT_EQ(Text(json), "ok") << answer;
  EXPECT_EQ(Field(*json, "reason"), reason);
  EXPECT_EQ(Field(*json, "type"), "urn:bonafide:reason:" + reason);
  EXPECT_EQ(std::to_string(json->FindInteger("status").value_or(0)), status);
  EXPECT_THAT(Field(*json, "title"), Not(""));
  EXPECT_THAT(Field(*json, "detail"), Not(""));
}

class ProxyTest : public ProxiedStage {
 protected:
  static void TearDownTestSuite() {
    players_.reset();
    ProxiedStage::TearDownTestSuite();
  }
  static const Players& TheirPlayers() {
    if (players_ == nullptr)
      players_ = std::make_unique<Players>(*served_, *directory_ / "players");
    return *players_;
  }

 private:
  static inline std::unique_ptr<Players> players_;
};

TEST_F(ProxyTest, ConfigurationLoadsWithoutWarnings) {
  Command check;
  check.words = {Proxy::Program(), "-c", "-f", BONAFIDE_SOURCE_DIR "/deploy/haproxy.cfg"};
  check.environment = Proxy::Environment(*served_, *directory_ / "check");
  const Ended ended = RunToEnd(check);
  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(ended.out + ended.err, AllOf(Not(HasSubstr("WARNING")), Not(HasSubstr("ALERT"))));
}

TEST_F(ProxyTest, CommandLine) {
  const Players& players = TheirPlayers();
  const Words via = {"--server", proxy_->address(), "--ca", proxy_->ca_path()};
  const Program& north = players.north.program;
  const std::string number =
      Field(north.Ask(Plus({"practitioner", "register", "--name", "Example Person"}, via)),
            "registration_number");
  players.awards.program.Ask(
      Plus(Plus(players.Training(number),
                {"--issuer-number", players.awards.number, "--grade", "issuer_signed"}),
           via));
  players.insurer.program.Ask(
      Plus(Plus(players.Insurance(number),
                {"--issuer-number", players.insurer.number, "--grade", "issuer_signed", "--basis",
                 "occurrence", "--from", "2025-01-01", "--until", "2025-12-31"}),
           via));
  players.Verify(0, number, via);
  EXPECT_EQ(north.Ask(Plus({"audit"}, via)).FindString("root") != nullptr, true);

  // A paper of many frames, up and down.
  const std::string paper = *directory_ / "large.pdf", copy = *directory_ / "copy.pdf";
  WriteText(paper, ExamplePdf("large", 3'000'000));
  const std::string digest = Field(north.Ask(Plus({"paper", "put", paper}, via)), "sha256");
  players.awards.program.Ask(
      Plus(Plus(players.Training(number), {"--issuer-number", players.awards.number, "--grade",
                                           "issuer_signed", "--public-paper", paper}),
           via));
  players.anyone.Ask(Plus({"paper", "get", digest, "-o", copy}, via));
  EXPECT_EQ(Sha256(ReadText(copy)).Hex(), digest);

  // A refusal keeps its reason.
  const certs::Json refused = players.regulator.program.Ask(
      Plus({"withdraw", number, "--target", std::string(43, 'A'), "--reason", "fraud"}, via), 1);
  ASSERT_NE(refused.Find("error"), nullptr);
  EXPECT_EQ(Field(*refused.Find("error"), "reason"), "target");
}

TEST_F(ProxyTest, GrpcStatusTrailersAndStreams) {
  PlainClient client(*proxy_);
  EXPECT_TRUE(client.Checkpoint().ok());
  {
    grpc::ClientContext context;
    v1::GetInclusionProofRequest request;
    request.set_index(1u << 30);
    request.set_tree_size(1);
    v1::GetInclusionProofResponse response;
    const grpc::Status status = client.log().GetInclusionProof(&context, request, &response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << status.error_message();
    const auto info = DetailOf<google::rpc::ErrorInfo>(status);
    ASSERT_TRUE(info);
    EXPECT_EQ(info->domain(), "bonafide");
  }
  grpc::ClientContext context;
  const auto stream = client.log().StreamEntries(&context, {});
  v1::StreamEntriesResponse response;
  size_t size = 0;
  while (stream->Read(&response)) size += response.entries().size();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_GT(size, 0u);
}

TEST_F(ProxyTest, BothVersionsOfHttp) {
  const std::string first = Get(*proxy_, "/checkpoint");
  EXPECT_THAT(first, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(first, HasSubstr(std::string(kOrigin) + "\n"));
  const std::string etag = FieldOf(first, "etag");
  EXPECT_NE(etag, "");
  EXPECT_NE(FieldOf(first, "strict-transport-security"), "");
  EXPECT_NE(FieldOf(first, "content-security-policy"), "");
  EXPECT_EQ(FieldOf(first, "access-control-allow-origin"), "*");
  EXPECT_THAT(Get(*proxy_, "/checkpoint", "", "If-None-Match: " + etag + "\r\n"),
              StartsWith("HTTP/1.1 304"));
  EXPECT_THAT(Get(*proxy_, "/nothing"),
              AllOf(StartsWith("HTTP/1.1 404"), HasSubstr("\"reason\":\"route_unknown\"")));
  // gRPC needs HTTP/2: over HTTP/1.1 it is a request like others, and those are GET.
  TlsSocket old = proxy_->Connect("http/1.1");
  old.Send(
      "POST /bonafide.v1.LogService/GetCheckpoint HTTP/1.1\r\nHost: localhost\r\n"
      "Content-Type: application/grpc\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(old.ReadAll(), StartsWith("HTTP/1.1 405"));

  EXPECT_EQ(proxy_->Connect("h2").protocol(), "h2");
  const http2::Answer second = Get2(*proxy_, "/checkpoint");
  EXPECT_TRUE(second.complete);
  EXPECT_THAT(second.header, AllOf(StartsWith("\x88"), HasSubstr(etag)));
  EXPECT_EQ(second.body, first.substr(first.find("\r\n\r\n") + 4));
  if (HasIpv6()) {
    EXPECT_THAT(Get(*proxy_, "/checkpoint", "::1"), StartsWith("HTTP/1.1 200"));
  }
}

// bonafided counts by the address that the proxy names, whatever the caller says.
TEST_F(ProxyTest, OnlyTheProxySaysWhoCalls) {
  ServedRegister strict(*directory_ / "strict");
  strict.Configure("trusted_proxies", "\"127.0.0.1\"");
  strict.Configure("reads_per_second", "1");
  strict.Configure("rate_burst_s", "20");
  strict.Start();
  const Proxy proxy(strict, *directory_ / "strict_proxy");
  // Other names each time, and the last word in every header that could have one.
  const auto spend = [&proxy](const std::string& from) {
    int refused = 0;
    for (int i = 0; i < 80; ++i) {
      const std::string other = "10.1.2." + std::to_string(i);
      const std::string answer = Get(proxy, "/checkpoint", from,
                                     "X-Forwarded-For: " + other + "\r\nX-Forwarded-For: " + other +
                                         "\r\nForwarded: for=" + other + "\r\n");
      if (!answer.starts_with("HTTP/1.1 429")) continue;
      ++refused;
      EXPECT_THAT(answer, HasSubstr("\"reason\":\"rate_limited\""));
      EXPECT_NE(FieldOf(answer, "retry-after"), "");
    }
    return refused;
  };
  EXPECT_GT(spend("127.0.0.2"), 0);
  EXPECT_THAT(Get(proxy, "/checkpoint", "127.0.0.3"), StartsWith("HTTP/1.1 200"));
  // Nobody pays for somebody else by naming them.
  for (int i = 0; i < 40; ++i) {
    Get(proxy, "/checkpoint", "127.0.0.2", "X-Forwarded-For: 127.0.0.4\r\n");
  }
  EXPECT_THAT(Get(proxy, "/checkpoint", "127.0.0.4"), StartsWith("HTTP/1.1 200"));
  if (HasIpv6()) {
    EXPECT_THAT(Get(proxy, "/checkpoint", "::1"), StartsWith("HTTP/1.1 200"));
  }
  // And so with gRPC.
  PlainClient client(proxy);
  grpc::Status status;
  for (int i = 0; i < 200 && status.ok(); ++i) {
    status = client.Checkpoint("10.1.3." + std::to_string(i));
  }
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED) << status.error_message();
  ExpectRetry(status, "rate_limited", 1);
}

TEST_F(ProxyTest, ItsOwnRateLimit) {
  const Proxy proxy(*served_, *directory_ / "few", {{"BONAFIDE_CALLS", "20"}});
  std::string answer;
  for (int i = 0; i < 21; ++i) answer = Get(proxy, "/checkpoint", "127.0.0.2");
  ExpectProblem(answer, "429", "rate_limited");
  EXPECT_THAT(Get(proxy, "/checkpoint", "127.0.0.3"), StartsWith("HTTP/1.1 200"));
  PlainClient client(proxy);
  grpc::Status status;
  for (int i = 0; i < 21; ++i) status = client.Checkpoint();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED) << status.error_message();
  EXPECT_THAT(status.error_message(), HasSubstr("too many calls"));
  ExpectRetry(status, "rate_limited", 5);
}

TEST_F(ProxyTest, ConnectionsOfOneCaller) {
  std::vector<TlsSocket> open;
  for (int i = 0; i < 64; ++i) open.push_back(proxy_->Connect("http/1.1", "127.0.0.5"));
  EXPECT_TRUE(std::ranges::all_of(open, &TlsSocket::connected));
  EXPECT_FALSE(proxy_->Connect("http/1.1", "127.0.0.5").connected());
  EXPECT_THAT(Get(*proxy_, "/checkpoint", "127.0.0.6"), StartsWith("HTTP/1.1 200"));
  open.clear();
  std::string answer;
  for (int i = 0; i < 100 && answer.empty(); ++i) {
    answer = Get(*proxy_, "/checkpoint", "127.0.0.5");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
}

TEST_F(ProxyTest, SlowHeadersAreCutOff) {
  TlsSocket one = proxy_->Connect("http/1.1");
  ASSERT_TRUE(one.Send("GET /checkpoint HTTP/1.1\r\nHost: localhost\r\nX-Slow: "));
  TlsSocket two = proxy_->Connect("h2");
  // A header block without its end, and no CONTINUATION.
  ASSERT_TRUE(two.Send(http2::Beginning() + http2::Frame(http2::Type::kHeaders, http2::kEndStream,
                                                         1, http2::Request("GET", "/checkpoint"))));
  std::string said;
  for (int i = 0; i < 6 && !(one.closed() && two.closed()); ++i) {
    if (!one.closed() && !one.Send("x")) said += one.ReadAll();
    two.ReadSome();  // some seconds
    said += one.ReadSome();
  }
  EXPECT_TRUE(one.closed());
  EXPECT_TRUE(two.closed());
  EXPECT_THAT(said, StartsWith("HTTP/1.1 408"));
}

// What was asked for waits in the proxy; those who ask after that are not behind it.
TEST_F(ProxyTest, ReadersWhoTakeNothingHoldUpNobody) {
  const Players& players = TheirPlayers();
  const std::string number = players.Person("Example Person");
  const std::string paper = *directory_ / "long.pdf";
  const std::string bytes = ExamplePdf("long", 2'000'000);
  WriteText(paper, bytes);
  players.awards.program.Ask(
      Plus(players.Training(number), {"--issuer-number", players.awards.number, "--grade",
                                      "issuer_signed", "--public-paper", paper}));
  v1::FetchPaperRequest request;
  request.set_sha256(Sha256(bytes).Hex());
  std::vector<TlsSocket> readers;
  for (int i = 0; i < 4; ++i) {
    readers.push_back(proxy_->Connect("h2", "127.0.0.8"));
    readers.back().Send(http2::Beginning() + GrpcCall("SubmissionService/FetchPaper", request));
    EXPECT_NE(readers.back().ReadSome(), "");
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(Text(Client(*proxy_)->Checkpoint(client::Head::kNewest)), "ok");
  }
}

TEST_F(ProxyTest, LogsSayNothingOfWhatWasAsked) {
  proxy_->Logged();
  Get(*proxy_, "/v1/names?name=Canarina", "127.0.0.7",
      "X-Canary: Canarina\r\nReferer: Canarina\r\n");
  Get2(*proxy_, "/p/0000-0000-98?name=Canarina", "127.0.0.7");
  Get(*proxy_, "/Canarina\x01", "127.0.0.7");
  EXPECT_EQ(Text(Client(*proxy_)->Search({"Canarina", "", 0, ""})), "ok");
  std::string logged;
  for (int i = 0; i < 500 && std::count(logged.begin(), logged.end(), '\n') < 4; ++i) {
    logged += proxy_->Logged();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_THAT(logged, AllOf(HasSubstr("\"backend\":\"http\""), HasSubstr("\"backend\":\"grpc\""),
                            HasSubstr("\"error\":\"connection\"")));
  EXPECT_THAT(logged, AllOf(Not(HasSubstr("anarina")), Not(HasSubstr("names")),
                            Not(HasSubstr("0000-0000-98")), Not(HasSubstr("127.0.0."))));

  // Its counters are for this machine's administrator, and the last bad request for nobody.
  struct stat info {};
  ASSERT_EQ(stat(proxy_->stats_path().c_str(), &info), 0);
  EXPECT_TRUE(S_ISSOCK(info.st_mode));
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  proxy_->stats_path().copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  const std::string_view question = "show errors\n";
  ASSERT_EQ(write(fd, question.data(), question.size()), static_cast<ssize_t>(question.size()));
  char answer[4096];
  const ssize_t got = read(fd, answer, sizeof answer);
  close(fd);
  ASSERT_GT(got, 0);
  EXPECT_THAT(std::string(answer, static_cast<size_t>(got)),
              AllOf(HasSubstr("Permission denied"), Not(HasSubstr("anarina"))));
}

TEST_F(ProxyTest, RegisterThatIsAwayOrAnother) {
  const auto expect_unreachable = [](const Proxy& proxy) {
    ExpectProblem(Get(proxy, "/checkpoint"), "503", "unreachable");
    const grpc::Status status = PlainClient(proxy).Checkpoint();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE) << status.error_message();
    EXPECT_THAT(status.error_message(), HasSubstr("cannot be reached"));
    ExpectRetry(status, "unreachable", 5);
    // Some clients look for grpc-status only under 200.
    TlsSocket socket = proxy.Connect("h2");
    socket.Send(http2::Beginning() +
                GrpcCall("LogService/GetCheckpoint", v1::GetCheckpointRequest()));
    const http2::Answer answer = http2::ReadAnswer(socket, 1);
    EXPECT_TRUE(answer.complete);
    EXPECT_THAT(answer.header, AllOf(StartsWith("\x88"), HasSubstr("application/grpc")));
  };
  ServedRegister other(*directory_ / "other");
  // Its certificate is not of the authority that was named.
  other.Start();
  expect_unreachable(Proxy(other, *directory_ / "wrong_ca", {{"BONAFIDE_CA", served_->ca_path()}}));
  // Nor of that name.
  expect_unreachable(Proxy(other, *directory_ / "wrong_name", {{"BONAFIDE_NAME", "elsewhere"}}));
  const Proxy proxy(other, *directory_ / "other_proxy");
  EXPECT_TRUE(PlainClient(proxy).Checkpoint().ok());
  other.Kill();
  expect_unreachable(proxy);
  const Program anyone(other, *directory_ / "anyone");
  const Ended ended = anyone.Run({"verify", "0000-0000-98", Players::kTreatment, "--server",
                                  proxy.address(), "--ca", proxy.ca_path()});
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.err, HasSubstr("[unreachable]"));
}

}  // namespace
}  // namespace bonafide::e2e
