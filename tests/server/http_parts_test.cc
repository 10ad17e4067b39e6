// The parts of the front that know no sockets: targets, query parameters, validators, compression,
// heads of answers, the budget of bytes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bonafide/v1/lookup.pb.h"
#include "certs/reason.h"
#include "proto/field.h"
#include "server/http/byte_budget.h"
#include "server/http/caching.h"
#include "server/http/compression.h"
#include "server/http/query.h"
#include "server/http/response_head.h"
#include "server/http/target.h"
#include "tests/server/http_client.h"

namespace bonafide::server::http {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

TEST(HttpTarget, IsReadIntoItsParts) {
  const auto root = ParseTarget("/");
  ASSERT_TRUE(root.ok()) << root.status();
  EXPECT_THAT(root->segments, IsEmpty());
  const auto target = ParseTarget("/v1/a%20b/Zo%C3%AB?on=2026-01-02&name=Ona+Ex%26&empty=&bare");
  ASSERT_TRUE(target.ok()) << target.status();
  EXPECT_EQ(target->path, "/v1/a%20b/Zo%C3%AB");
  EXPECT_THAT(target->segments, ElementsAre("v1", "a b", "Zo\xC3\xAB"));
  EXPECT_THAT(target->query, ElementsAre(Pair("on", "2026-01-02"), Pair("name", "Ona Ex&"),
                                         Pair("empty", ""), Pair("bare", "")));
}

// As proxies may send it; which host it names is all the same.
TEST(HttpTarget, MayBeAbsolute) {
  for (const char* text : {"https://register.example/v1?a=b", "http://x:7445/v1?a=b"}) {
    const auto target = ParseTarget(text);
    ASSERT_TRUE(target.ok()) << target.status();
    EXPECT_EQ(target->path, "/v1");
    EXPECT_EQ(target->query_text, "a=b");
  }
  EXPECT_EQ(ParseTarget("https://register.example")->path, "/");
}

TEST(HttpTarget, HasOneSpelling) {
  for (const char* wrong : {"",
                            "v1",
                            "*",
                            "ftp://register.example/v1",
                            "https://register.example?a=b",
                            "/v1/",
                            "//v1",
                            "/v1//a",
                            "/.",
                            "/v1/..",
                            "/v1/%2e%2E/a",
                            "/v1/a%2fb",
                            "/v1/%",
                            "/v1/%4",
                            "/v1/%4g",
                            "/v1/%zz",
                            "/a b",
                            "/a\"b",
                            "/v1/%00",
                            "/v1/%0a",
                            "/v1/%7f",
                            "/v1/\xC3\xAB",
                            "/v1/%C3",
                            "/v1?a=%FF",
                            "/v1?a=#",
                            "/v1#top",
                            "/v1?a=\\",
                            "/v1?a=%1"}) {
    EXPECT_EQ(ReasonOf(ParseTarget(wrong).status()), "target_form") << wrong;
  }
}

TEST(HttpTarget, HasLimits) {
  const std::string longest = "/" + std::string(kMaxTargetBytes - 1, 'a');
  EXPECT_TRUE(ParseTarget(longest).ok());
  EXPECT_EQ(ReasonOf(ParseTarget(longest + "a").status()), "target_size");
  std::string most = "/?a";
  for (size_t i = 1; i < kMaxQueryParameters; ++i) most += "&a";
  EXPECT_TRUE(ParseTarget(most).ok());
  EXPECT_EQ(ReasonOf(ParseTarget(most + "&a").status()), "query_count");
}

constexpr Parameter kParameters[] = {
    {"on", "question.on", true, ""},
    {"at", "question.at", false, ""},
    {"under_18", "question.under_18", false, ""},
    {"known_at_ms", "question.known_at_ms", false, ""},
    {"head", "head", false, ""},
};

absl::Status Fill(const std::string& query, v1::GetEvidenceRequest& message) {
  const auto target = ParseTarget("/?" + query);
  if (!target.ok()) return target.status();
  return FillFromQuery(*target, kParameters, message);
}

TEST(HttpQuery, SetsTheFieldsOfTheMessage) {
  v1::GetEvidenceRequest message;
  const absl::Status status =
      Fill("on=2026-01-02&at=0&under_18=true&known_at_ms=-5&head=HEAD_COSIGNED", message);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(message.question().on(), "2026-01-02");
  EXPECT_TRUE(message.question().has_at());
  EXPECT_TRUE(message.question().under_18());
  EXPECT_EQ(message.question().known_at_ms(), -5);
  EXPECT_EQ(message.head(), v1::HEAD_COSIGNED);
}

TEST(HttpQuery, SaysWhichParameterIsWrong) {
  for (const auto& [query, reason, field] :
       std::vector<std::tuple<std::string, std::string, std::string>>{
           {"", "query_missing", "on"},
           {"on=a&on=a", "query_twice", "on"},
           {"on=a&ON=a", "query_unknown", "ON"},
           {"on=a&question.on=b", "query_unknown", "question.on"},
           {"on=a&at=", "query_value", "at"},
           {"on=a&at=-1", "query_value", "at"},
           {"on=a&at=01", "query_value", "at"},
           {"on=a&at=+1", "query_value", "at"},
           {"on=a&at=1.0", "query_value", "at"},
           {"on=a&at=18446744073709551616", "query_value", "at"},
           {"on=a&under_18=1", "query_value", "under_18"},
           {"on=a&known_at_ms=-0", "query_value", "known_at_ms"},
           {"on=a&head=1", "query_value", "head"},
           {"on=a&head=head_newest", "query_value", "head"},
       }) {
    v1::GetEvidenceRequest message;
    const absl::Status status = Fill(query, message);
    EXPECT_EQ(ReasonOf(status), reason) << query;
    EXPECT_EQ(proto::FieldOf(status), field) << query;
  }
}

TEST(HttpCaching, ComparesTagsWeakly) {
  const std::string tag = EtagOf("content");
  EXPECT_EQ(tag, EtagOf("content"));
  EXPECT_NE(tag, EtagOf("other content"));
  for (const std::string& header :
       {tag, tag.substr(2), "\"x\", " + tag, "\"x\" ,\t" + tag + " , \"y\""}) {
    EXPECT_TRUE(Matches(header, tag)) << header;
  }
  for (const std::string& header : {std::string(), std::string("\"x\""), tag.substr(0, 10),
                                    std::string(","), std::string("*"), tag.substr(3, 16)}) {
    EXPECT_FALSE(Matches(header, tag)) << header;
  }
}

TEST(HttpCompression, AsksForGzipInEveryWay) {
  for (const char* yes : {"gzip", "GZIP", "br, gzip", "gzip;q=0.5", "gzip; q=0.001", "*",
                          "identity, *;q=1", "deflate,gzip ;q=1.0"}) {
    EXPECT_TRUE(AcceptsGzip(yes)) << yes;
  }
  for (const char* no : {"", "br", "gzip;q=0", "gzip; q=0.000", "*;q=0", "gzip;q=0, *", "xgzip"}) {
    EXPECT_FALSE(AcceptsGzip(no)) << no;
  }
}

TEST(HttpCompression, IsUndoneByGunzip) {
  for (const std::string& bytes : {std::string(), std::string("a"), std::string(5000, char(97)),
                                   std::string("\0\xFF\x1F\x8B", 4)}) {
    const auto compressed = Gzip(bytes, Effort::kFast);
    ASSERT_TRUE(compressed.ok());
    EXPECT_EQ(Gunzip(*compressed), bytes);
  }
}

TEST(HttpResponseHead, SaysWhatComes) {
  constexpr std::time_t kNow = 784111777;  // the example of RFC 9110, section 5.6.7
  Response response;
  response.content_type = "application/json";
  response.etag = "\"abc\"";
  response.cache_control = kImmutable;
  response.headers = {{"Vary", "Accept-Encoding"}};
  const std::string guards =
      "X-Content-Type-Options: nosniff\r\n"
      "Strict-Transport-Security: max-age=31536000\r\n"
      "Access-Control-Allow-Origin: *\r\n"
      "Access-Control-Expose-Headers: ETag, Retry-After\r\n"
      "Referrer-Policy: no-referrer\r\n";
  const std::string policy =
      "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";
  const std::string own =
      "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
      "Cache-Control: public, max-age=31536000, immutable\r\n"
      "Content-Type: application/json\r\n"
      "ETag: \"abc\"\r\n"
      "Vary: Accept-Encoding\r\n";
  EXPECT_EQ(ResponseHead(response, {11, true, 12}, kNow),
            "HTTP/1.1 200 OK\r\n" + guards + policy + own + "Content-Length: 12\r\n\r\n");
  response.status = 304;
  EXPECT_EQ(ResponseHead(response, {11, false, std::nullopt}, kNow),
            "HTTP/1.1 304 Not Modified\r\n" + guards + own + "Connection: close\r\n\r\n");
  response.status = 404;
  response.of_a_page = true;
  EXPECT_EQ(ResponseHead(response, {10, true, 0}, kNow),
            "HTTP/1.0 404 Not Found\r\nX-Content-Type-Options: nosniff\r\n" + own +
                "Content-Length: 0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_THAT(ResponseHead(response, {10, false, 0}, kNow + 1),
              AllOf(HasSubstr("08:49:38 GMT"), Not(HasSubstr("Connection"))));
}

TEST(HttpByteBudget, HoldsSoManyBytes) {
  ByteBudget budget(10);
  const ByteBudget::Share six(budget, 6);
  EXPECT_TRUE(six.granted());
  {
    EXPECT_FALSE(ByteBudget::Share(budget, 5).granted());
    const ByteBudget::Share four(budget, 4);
    EXPECT_TRUE(four.granted()) << "what was refused takes nothing";
    EXPECT_FALSE(ByteBudget::Share(budget, 1).granted());
    EXPECT_TRUE(ByteBudget::Share(budget, 0).granted());
  }
  EXPECT_TRUE(ByteBudget::Share(budget, 4).granted()) << "given back";
}

}  // namespace
}  // namespace bonafide::server::http
