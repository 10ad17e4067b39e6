#include "registry/issuer_url.h"

#include <gtest/gtest.h>

#include "certs/reason.h"

namespace bonafide::registry {
namespace {

constexpr char kOrigin[] = "register.example/demo";

TEST(IssuerUrl, IsWrittenAndRead) {
  for (uint64_t number :
       {uint64_t{0}, uint64_t{7}, uint64_t{4711}, uint64_t{9'007'199'254'740'991}}) {
    const std::string url = IssuerUrl(kOrigin, {number});
    EXPECT_EQ(url, "https://register.example/demo/o/" + std::to_string(number));
    const auto parsed = ParseIssuerUrl(url, kOrigin);
    ASSERT_TRUE(parsed.ok()) << url;
    EXPECT_EQ(parsed->value, number);
  }
}

TEST(IssuerUrl, RefusesEveryOtherSpelling) {
  for (std::string_view url : {"",
                               "https://",
                               "https://register.example/demo/o/",
                               "http://register.example/demo/o/7",
                               "HTTPS://register.example/demo/o/7",
                               "https://register.example/o/7",
                               "https://register.example/demo2/o/7",
                               "https://register.example/demo/x/o/7",
                               "https://Register.example/demo/o/7",
                               "https://register.example:443/demo/o/7",
                               "https://register.example./demo/o/7",
                               "https://register.example/demo//o/7",
                               "https://register.example/demo/o/7/",
                               "https://register.example/demo/o/7?a=b",
                               "https://register.example/demo/o/7#x",
                               "https://register.example/demo/o/07",
                               "https://register.example/demo/o/00",
                               "https://register.example/demo/o/+7",
                               "https://register.example/demo/o/-7",
                               "https://register.example/demo/o/7 ",
                               "https://register.example/demo/o/0x7",
                               "https://register.example/demo/o/7.0",
                               "https://register.example/demo/o/%37",
                               "https://register.example/demo/p/7",
                               "https://user@register.example/demo/o/7",
                               " https://register.example/demo/o/7",
                               "https://register.example/demo/o/9007199254740992",
                               "https://register.example/demo/o/18446744073709551617",
                               "https://register.example/demo/o/99999999999999999999999999"}) {
    EXPECT_EQ(ReasonOf(ParseIssuerUrl(url, kOrigin).status()), "iss") << url;
  }
}

TEST(Origin, AcceptsHostsPortsAndPaths) {
  for (std::string_view text : {"a", "register.example", "register.example/demo",
                                "register.example:8443/demo/two", "localhost:1", "127.0.0.1:65535",
                                "x-y.example", "0.example/a.b_c~d-e", "xn--bcher-kva.example"}) {
    EXPECT_TRUE(IsOrigin(text)) << text;
  }
}

TEST(Origin, RefusesEverythingElse) {
  for (std::string_view text : {"",
                                "/",
                                "register.example/",
                                "/demo",
                                "Register.example",
                                "https://register.example",
                                "register.example:",
                                "register.example:123456",
                                "register.example:x",
                                "register.example:/a",
                                "register.example//demo",
                                ".example",
                                "example.",
                                "-example",
                                "example-",
                                "a b",
                                "register.example/demo?x",
                                "register.example/D",
                                "register.example/%41",
                                "b\xc3\xbc"
                                "cher.example",
                                "register.example:80:80",
                                "a\n",
                                "user@register.example",
                                "register.example/demo/"}) {
    EXPECT_FALSE(IsOrigin(text)) << text;
  }
}

TEST(Origin, HasAtMost255Bytes) {
  EXPECT_TRUE(IsOrigin(std::string(255, 'a')));
  EXPECT_FALSE(IsOrigin(std::string(256, 'a')));
}

}  // namespace
}  // namespace bonafide::registry
