// What holds for every route of the front, over a real socket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "proto/evidence_file.h"
#include "server/http/route.h"
#include "server/method_table.h"
#include "tests/server/http_front_fixture.h"
#include "tests/server/wire.h"

namespace bonafide::server {
namespace {

using certs::Json;

TEST(HttpRoutes, HaveRulesAndTests) {
  for (const http::Route& route : http::Routes()) {
    EXPECT_NE(FindMethodRule(route.method), nullptr) << route.pattern;
    EXPECT_GT(TestedMethods()[std::string(route.pattern)].answered, 0) << route.pattern;
    EXPECT_GT(TestedMethods()[std::string(route.pattern)].refused, 0) << route.pattern;
  }
}

TEST_F(HttpFront, AnAnswerIsKeptUntilTheNextHead) {
  const HttpReply first = Get(port(), Evidence());
  const std::string tag = first.Header("etag");
  ASSERT_THAT(tag, testing::StartsWith("W/\""));
  const HttpReply again = Get(port(), Evidence(), {"If-None-Match: " + tag});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(again.Header("etag"), tag);
  EXPECT_EQ(again.Header("vary"), "Accept-Encoding");
  EXPECT_EQ(again.Header("content-security-policy"), "") << "a cache would keep it";
  EXPECT_NE(again.Header("date"), "");
  const HttpReply head = Ask(port(), "HEAD", Evidence(), {"If-None-Match: " + tag});
  EXPECT_EQ(head.status, 304);
  EXPECT_EQ(head.Header("content-length"), "");
  // The tag is of this address alone.
  EXPECT_EQ(Get(port(), "/v1/subjects/garbage", {"If-None-Match: " + tag}).status, 400);
  EXPECT_EQ(Get(port(), Evidence() + "&under_18=true", {"If-None-Match: " + tag}).status, 200);
  EXPECT_EQ(Get(port(), "/v1/subjects/garbage", {"If-None-Match: *"}).status, 400);
  EXPECT_EQ(Get(port(), Evidence(), {"If-None-Match: *"}).status, 304);
  EXPECT_EQ(Get(port(), "/checkpoint", {"If-None-Match: *"}).status, 304);
  running_->File(running_->regulator(), std::nullopt,
                 registry::SchemeCreated{"other_treatment", kTerritory, "Example Scheme Two"});
  const HttpReply changed = Get(port(), Evidence(), {"If-None-Match: " + tag});
  EXPECT_EQ(changed.status, 200);
  EXPECT_NE(changed.Header("etag"), tag);
}

TEST_F(HttpFront, AnAnswerMayBeCompressed) {
  const HttpReply plain = Get(port(), Evidence());
  const HttpReply compressed = Get(port(), Evidence(), {"Accept-Encoding: br, gzip"});
  ASSERT_EQ(compressed.status, 200);
  EXPECT_EQ(compressed.Header("content-encoding"), "gzip");
  EXPECT_EQ(compressed.Header("vary"), "Accept-Encoding");
  EXPECT_EQ(plain.Header("vary"), "Accept-Encoding");
  EXPECT_LT(compressed.body.size(), plain.body.size());
  EXPECT_EQ(proto::ParseEvidenceFile(Gunzip(compressed.body))->question.treatment, kTreatment);
}

TEST_F(HttpFront, HeadAndOptionsSayWhatGetWould) {
  const HttpReply get = Get(port(), Evidence());
  const HttpReply head = Ask(port(), "HEAD", Evidence());
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(head.Header("content-length"), std::to_string(get.body.size()));
  EXPECT_EQ(head.Header("etag"), get.Header("etag"));
  const HttpReply options = Ask(port(), "OPTIONS", Evidence());
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.Header("access-control-allow-methods"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(options.Header("access-control-allow-origin"), "*");
}

TEST_F(HttpFront, NothingIsWrittenHere) {
  for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "BREW"}) {
    const HttpReply reply = Ask(port(), method, Evidence());
    EXPECT_EQ(reply.status, 405) << method;
    EXPECT_EQ(reply.Header("allow"), "GET, HEAD, OPTIONS") << method;
  }
}

constexpr char kDescription[] = "/openapi.json";

// It names every route with every parameter, and every schema it refers to.
ROUTE_ANSWERS(HttpFront, kDescription, DescriptionIsOfAllRoutes) {
  const HttpReply reply = Get(port(), kDescription);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const Json json = reply.Json();
  EXPECT_EQ(*json.FindString("openapi"), "3.1.0");
  const Json& paths = *json.Find("paths");
  EXPECT_EQ(paths.members().size(), http::Routes().size());
  for (const http::Route& route : http::Routes()) {
    std::string path(route.pattern);
    if (const size_t dots = path.find("..."); dots != std::string::npos) path.erase(dots, 3);
    ASSERT_NE(paths.Find(path), nullptr) << path;
    const Json& parameters = *paths.Find(path)->Find("get")->Find("parameters");
    const auto in_path = std::ranges::count(route.pattern, '{');
    EXPECT_EQ(parameters.items().size(), route.parameters.size() + static_cast<size_t>(in_path));
  }
  const Json& schemas = *json.Find("components")->Find("schemas");
  EXPECT_NE(schemas.Find("bonafide.v1.EvidenceFile"), nullptr);
  constexpr std::string_view kReference = "#/components/schemas/";
  for (size_t at = reply.body.find(kReference); at != std::string::npos;
       at = reply.body.find(kReference, at + 1)) {
    const size_t name = at + kReference.size();
    const std::string schema = reply.body.substr(name, reply.body.find('"', name) - name);
    EXPECT_NE(schemas.Find(schema), nullptr) << schema;
  }
}

ROUTE_REFUSES(HttpFront, kDescription, DescriptionTakesNoQuery) {
  ExpectProblem(Get(port(), std::string(kDescription) + "?v=2"), 400, "query_unknown", "v");
}

TEST_F(HttpFront, NothingElseIsServed) {
  for (const char* path : {"/v1", "/v1/practitioners", "/v1/subjects", "/index.php", "/v2/names",
                           "/tile", "/v1/practitioners/x", "/v1/names/x"}) {
    ExpectProblem(Get(port(), path), 404, "route_unknown");
  }
  ExpectProblem(Get(port(), "/v1/../etc/passwd"), 400, "target_form");
}

TEST_F(HttpFront, OneConnectionServesManyRequests) {
  Wire wire(port(), Wire::As::kTls);
  const std::string request = "GET /checkpoint HTTP/1.1\r\nHost: x\r\n\r\n";
  // Two at once, and a third behind them.
  ASSERT_TRUE(wire.Send(request + request));
  ASSERT_TRUE(wire.Send("GET /checkpoint HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
  const std::string all = wire.ReadAll();
  size_t replies = 0;
  for (size_t at = all.find("HTTP/1.1 200"); at != std::string::npos;
       at = all.find("HTTP/1.1 200", at + 1)) {
    ++replies;
  }
  EXPECT_EQ(replies, 3u);
}

// RFC 9112, section 9.3.
TEST_F(HttpFront, AConnectionStaysOpenUnlessItIsSaid) {
  for (const auto& [version, fields, stays] :
       std::vector<std::tuple<std::string, std::string, bool>>{
           {"1.1", "", true},
           {"1.1", "Connection: keep-alive\r\n", true},
           {"1.1", "Connection: upgrade, Close\r\n", false},
           {"1.1", "Connection: keep-alive\r\nConnection: close\r\n", false},
           {"1.0", "", false},
           {"1.0", "Connection: Keep-Alive\r\n", true},
           {"1.0", "Connection: keep-alive\r\nConnection: close\r\n", false},
           {"1.0", "Connection: keep-alive, close\r\n", false}}) {
    Wire wire(port(), Wire::As::kTls);
    const std::string request = "GET /checkpoint HTTP/" + version + "\r\nHost: x\r\n";
    ASSERT_TRUE(wire.Send(request + fields + "\r\n" + request + "Connection: close\r\n\r\n"));
    const std::string all = wire.ReadAll();
    EXPECT_EQ(all.find("200 OK", all.find("200 OK") + 1) != std::string::npos, stays)
        << version << " " << fields;
  }
}

}  // namespace
}  // namespace bonafide::server
