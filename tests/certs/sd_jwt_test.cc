#include "certs/sd_jwt.h"

#include <gtest/gtest.h>

#include "certs/base64.h"
#include "certs/reason.h"
#include "tests/certs/fixed_random.h"

namespace bonafide::certs {
namespace {

// RFC 9901 section 4.2.3.
constexpr char kRfcDisclosure[] =
    "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0";
constexpr char kRfcDigest[] = "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0";

std::string Reason(const std::string& disclosure_json) {
  return ReasonOf(ParseDisclosure(Base64UrlEncode(disclosure_json)).status());
}

TEST(DisclosureTest, VectorOfRfc9901) {
  const auto disclosure = ParseDisclosure(kRfcDisclosure);
  ASSERT_TRUE(disclosure.ok()) << disclosure.status();
  EXPECT_EQ(DigestText(disclosure->digest), kRfcDigest);
  EXPECT_EQ(disclosure->salt, "_26bc4LT-ac6q2KI6cBW5es");
  EXPECT_EQ(disclosure->name, "family_name");
  EXPECT_EQ(*disclosure->value.AsString(),
            "M\xc3\xb6"
            "bius");
  EXPECT_EQ(disclosure->encoded, kRfcDisclosure);
}

TEST(DisclosureTest, ArrayElementsHaveNoName) {
  // RFC 9901 section 4.2.2.
  const auto disclosure = ParseDisclosure("WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0");
  ASSERT_TRUE(disclosure.ok()) << disclosure.status();
  EXPECT_EQ(DigestText(disclosure->digest), "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs");
  EXPECT_FALSE(disclosure->name.has_value());
  EXPECT_EQ(*disclosure->value.AsString(), "FR");
}

TEST(DisclosureTest, GoldenIssue) {
  CountingRandom random;
  const Disclosure made = MakeDisclosure(random, "value", Json::String("Ana Example"));
  EXPECT_EQ(made.salt, "AAECAwQFBgcICQoLDA0ODw");
  EXPECT_EQ(*Base64UrlDecode(made.encoded), R"(["AAECAwQFBgcICQoLDA0ODw","value","Ana Example"])");
  const Disclosure read = *ParseDisclosure(made.encoded);
  EXPECT_EQ(read.digest, made.digest);
  EXPECT_EQ(read.name, made.name);
  EXPECT_EQ(read.value, made.value);
  EXPECT_NE(MakeDisclosure(random, "value", made.value).digest, made.digest);  // another salt
}

TEST(DisclosureTest, ShapeIsExact) {
  for (const char* json : {"[]", R"(["s"])", R"(["s","n","v","x"])", R"({"s":"n"})", "\"s\"",
                           "null", R"([1,"n","v"])", R"([null,"n","v"])", R"(["s",1,"v"])",
                           R"(["s",null,"v"])", R"(["","n","v"])", R"(["","v"])"}) {
    EXPECT_EQ(Reason(json), "disclosure_shape") << json;
  }
}

TEST(DisclosureTest, ReservedNamesAreRefused) {
  for (const char* json : {R"(["s","_sd",[]])", R"(["s","...","x"])", R"(["s","_sd_alg","x"])",
                           R"(["s","\u005fsd",[]])"}) {
    EXPECT_EQ(Reason(json), "disclosure_name") << json;
  }
}

TEST(DisclosureTest, TextIsStrict) {
  EXPECT_EQ(Reason(R"(["s","n",{"a":1,"a":2}])"), "json_duplicate_name");
  EXPECT_EQ(Reason(R"(["s","n",1e400])"), "json_number");
  EXPECT_EQ(Reason("[\"s\",\"n\",\"\xff\"]"), "json_utf8");
  EXPECT_EQ(Reason(R"(["s","n","\ud800"])"), "json_utf8");
  EXPECT_EQ(Reason(R"(["s","n","v"] x)"), "json_syntax");
  EXPECT_EQ(Reason("[\"s\",\"n\"," + std::string(16, '[') + std::string(16, ']') + "]"),
            "json_depth");
  for (const std::string& text :
       {std::string(kRfcDisclosure) + "=", std::string(kRfcDisclosure) + "\n", std::string("*")}) {
    EXPECT_EQ(ReasonOf(ParseDisclosure(text).status()), "base64url") << text;
  }
  EXPECT_EQ(ReasonOf(ParseDisclosure("").status()), "json_syntax");
}

TEST(DisclosureTest, SizeIsCapped) {
  EXPECT_EQ(ReasonOf(ParseDisclosure(std::string(8193, 'A')).status()), "sd_jwt_limits");
  EXPECT_EQ(ReasonOf(ParseDisclosure(kRfcDisclosure, {.disclosure_size_bytes = 10}).status()),
            "sd_jwt_limits");
}

TEST(DisclosureTest, MessagesNeverCarrySaltOrValue) {
  for (const char* json : {R"(["canary","n","canary","x"])", R"(["canary",1,"canary"])",
                           R"(["canary","_sd","canary"])", R"(["canary","n",canary])",
                           R"(["canary","n",{"canary":1,"canary":1}])"}) {
    const absl::Status status = ParseDisclosure(Base64UrlEncode(json)).status();
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(std::string(status.message()).find("canary"), std::string::npos) << status;
  }
}

TEST(SdJwtTest, SplitsAndJoins) {
  const auto none = SplitSdJwt("a.b.c~");
  ASSERT_TRUE(none.ok());
  EXPECT_EQ(none->jwt, "a.b.c");
  EXPECT_TRUE(none->disclosures.empty());
  const std::string text = "a.b.c~x~yy~";
  const auto parts = SplitSdJwt(text);
  ASSERT_TRUE(parts.ok());
  EXPECT_EQ(parts->disclosures, (std::vector<std::string_view>{"x", "yy"}));
  EXPECT_EQ(JoinSdJwt(parts->jwt, {"x", "yy"}), text);
  EXPECT_EQ(JoinSdJwt("a.b.c", {}), "a.b.c~");
}

TEST(SdJwtTest, TildesAreExact) {
  for (const char* text : {"", "~", "~~", "a.b.c", "~x~", "a.b.c~~", "a.b.c~x~~", "a.b.c~~x~"}) {
    EXPECT_EQ(ReasonOf(SplitSdJwt(text).status()), "sd_jwt_tilde") << text;
  }
  for (const char* text : {"a.b.c~x", "a.b.c~x~y", "a.b.c~x~e30.e30.AA", "a.b.c~x~\n"}) {
    EXPECT_EQ(ReasonOf(SplitSdJwt(text).status()), "sd_jwt_key_binding") << text;
  }
}

TEST(SdJwtTest, NumberAndSizeOfDisclosuresAreCapped) {
  const auto with = [](int count) {
    std::string text = "a.b.c~";
    for (int i = 0; i < count; ++i) text += "x~";
    return text;
  };
  EXPECT_TRUE(SplitSdJwt(with(16)).ok());
  EXPECT_EQ(ReasonOf(SplitSdJwt(with(17)).status()), "sd_jwt_limits");
  EXPECT_EQ(ReasonOf(SplitSdJwt(with(10'000)).status()), "sd_jwt_limits");
  EXPECT_TRUE(SplitSdJwt("a~" + std::string(8192, 'x') + "~").ok());
  EXPECT_EQ(ReasonOf(SplitSdJwt("a~" + std::string(8193, 'x') + "~").status()), "sd_jwt_limits");
}

}  // namespace
}  // namespace bonafide::certs
