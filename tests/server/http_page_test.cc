// The routes of the page and of its pictures, over a real socket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/http_front_fixture.h"

namespace bonafide::server {
namespace {

using certs::Json;
using ::testing::HasSubstr;

constexpr char kQr[] = "/qr/{picture}";
constexpr char kBadge[] = "/badge/{picture}";

ROUTE_ANSWERS(HttpFront, kQr, QrCodeIsAPicture) {
  const HttpReply reply = Get(port(), "/qr/" + Number() + ".svg");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.Header("content-type"), "image/svg+xml");
  EXPECT_THAT(reply.body, testing::StartsWith("<svg "));
  EXPECT_NE(Get(port(), "/qr/" + registry::RegistrationNumber({1}) + ".svg").body, reply.body);
}

ROUTE_REFUSES(HttpFront, kQr, QrCodeNeedsANumber) {
  ExpectProblem(Get(port(), "/qr/0000-4711-31.svg"), 400, "registration_number_check",
                "registration_number");
  ExpectProblem(Get(port(), "/qr/" + Number() + ".png"), 404, "route_unknown");
}

// It names the person, and never says an answer.
ROUTE_ANSWERS(HttpFront, kBadge, BadgeNamesThePerson) {
  const HttpReply reply = Get(port(), "/badge/" + Number() + ".svg");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr(kName));
  EXPECT_THAT(reply.body, HasSubstr(Number()));
  EXPECT_THAT(reply.body, testing::Not(HasSubstr("YES")));
  registry::PractitionerAmended amended{*registry::Day::Parse("2026-01-01")};
  const Filed wrong = running_->File(story_->clinic, story_->practitioner, amended,
                                     {{"name", Json::String("Wrong Person")}});
  EXPECT_THAT(Get(port(), "/badge/" + Number() + ".svg").body, HasSubstr("Wrong Person"));
  running_->File(story_->clinic, story_->practitioner,
                 registry::Withdrawal{wrong.id, std::nullopt, registry::WithdrawalReason::kFalse});
  EXPECT_THAT(Get(port(), "/badge/" + Number() + ".svg").body, HasSubstr(kName));
  amended.from = *registry::Day::Parse("2090-01-01");
  running_->File(story_->clinic, story_->practitioner, amended,
                 {{"name", Json::String("Future Name")}});
  EXPECT_THAT(Get(port(), "/badge/" + Number() + ".svg").body, HasSubstr(kName));
  const Filed hostile =
      running_->File(story_->clinic, std::nullopt, registry::PractitionerRegistered{},
                     {{"name", Json::String("</title><script>\"'&")}});
  const HttpReply escaped = Get(port(), "/badge/" + NumberOf(hostile) + ".svg");
  EXPECT_EQ(escaped.status, 200);
  EXPECT_THAT(escaped.body, testing::Not(HasSubstr("<script")));
  EXPECT_THAT(escaped.body, HasSubstr("&lt;script&gt;&quot;'&amp;"));
}

ROUTE_REFUSES(HttpFront, kBadge, BadgeIsOfPractitioners) {
  ExpectProblem(Get(port(), "/badge/" + registry::RegistrationNumber({0}) + ".svg"), 404,
                "subject_unknown");
  ExpectProblem(Get(port(), "/badge/" + registry::RegistrationNumber({99999}) + ".svg"), 404,
                "subject_unknown");
}

constexpr char kPage[] = "/";
constexpr char kFile[] = "/{file...}";

// The frame refers only to files that are there, and allows itself nothing else.
ROUTE_ANSWERS(HttpFront, kPage, PageIsServedWithAllItsFiles) {
  const HttpReply page = Get(port(), "/?number=" + Number());
  ASSERT_EQ(page.status, 200);
  EXPECT_EQ(page.Header("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(page.Header("content-security-policy"), HasSubstr("script-src 'self';"));
  size_t files = 0;
  for (const std::string mark : {"href=\"", "src=\""}) {
    for (size_t at = page.body.find(mark); at != std::string::npos;
         at = page.body.find(mark, at + 1)) {
      const size_t begin = at + mark.size();
      const std::string file = page.body.substr(begin, page.body.find('"', begin) - begin);
      if (file == "./" || file.starts_with('#')) continue;
      EXPECT_EQ(Ask(port(), "HEAD", "/" + file).status, 200) << file;
      ++files;
    }
  }
  EXPECT_GT(files, 20u);
}

ROUTE_REFUSES(HttpFront, kPage, PageIsOnlyRead) { EXPECT_EQ(Ask(port(), "POST", "/").status, 405); }

ROUTE_ANSWERS(HttpFront, kFile, FilesHaveTheirTypes) {
  const HttpReply script = Get(port(), "/verify/verify.js");
  ASSERT_EQ(script.status, 200);
  EXPECT_EQ(script.Header("content-type"), "text/javascript");
  EXPECT_THAT(script.body, HasSubstr("export"));
  EXPECT_EQ(Get(port(), "/style.css").Header("content-type"), "text/css");
  EXPECT_EQ(Get(port(), "/verify/verify.js", {"If-None-Match: " + script.Header("etag")}).status,
            304);
}

ROUTE_REFUSES(HttpFront, kFile, FilesAreThoseOfThePage) {
  for (const char* missing : {"/verify/cli.js", "/README.md", "/verify", "/keys/log.key"}) {
    ExpectProblem(Get(port(), missing), 404, "route_unknown");
  }
}

constexpr char kShort[] = "/p/{registration_number}";

ROUTE_ANSWERS(HttpFront, kShort, ShortAddressLeadsToThePage) {
  const HttpReply reply = Get(port(), "/p/" + Number() + "?on=2026-05-03&lang=cy");
  EXPECT_EQ(reply.status, 307);
  EXPECT_EQ(reply.Header("location"), "../?number=" + Number() + "&on=2026-05-03&lang=cy");
}

ROUTE_REFUSES(HttpFront, kShort, ShortAddressNeedsANumber) {
  ExpectProblem(Get(port(), "/p/0000-4711-31"), 400, "registration_number_check",
                "registration_number");
  EXPECT_EQ(Get(port(), "/p/%0d%0aX:y").status, 400);
  ExpectProblem(Get(port(), "/p/" + Number() + "?number=" + Number()), 400, "query_twice",
                "number");
}

constexpr char kTrust[] = "/trust.json";

// Evidence verifies with it.
ROUTE_ANSWERS(HttpFront, kTrust, TrustFileIsOfThisRegister) {
  const Json json = Get(port(), kTrust).Json();
  EXPECT_EQ(*json.FindString("origin"), kOrigin);
  EXPECT_EQ(*json.FindString("log_key"), running_->anchors().log_key.ToVkey());
  EXPECT_EQ(*json.FindString("genesis"), running_->anchors().genesis.Hex());
}

ROUTE_REFUSES(HttpFront, kTrust, TrustFileTakesNoQuery) {
  ExpectProblem(Get(port(), "/trust.json?x=1"), 400, "query_unknown", "x");
}

constexpr char kSite[] = "/site.json";

ROUTE_ANSWERS(HttpFront, kSite, SiteIsHere) {
  EXPECT_EQ(*Get(port(), kSite).Json().FindString("api"), ".");
}

ROUTE_REFUSES(HttpFront, kSite, SiteTakesNoQuery) {
  ExpectProblem(Get(port(), "/site.json?x=1"), 400, "query_unknown", "x");
}

}  // namespace
}  // namespace bonafide::server
