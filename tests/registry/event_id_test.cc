#include "registry/event_id.h"

#include <gtest/gtest.h>

#include "certs/reason.h"

namespace bonafide::registry {
namespace {

// SHA-256 of "abc" (FIPS 180-4) in base64url.
constexpr char kAbc[] = "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0";

TEST(EventId, IsWrittenInBase64Url) {
  const EventId id{Sha256("abc")};
  EXPECT_EQ(id.ToString(), kAbc);
  const auto parsed = EventId::Parse(kAbc);
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(*parsed, id);
}

TEST(EventId, RefusesEveryOtherSpelling) {
  const std::string text = kAbc;
  const std::string all_but_last = text.substr(0, 42);
  for (const std::string& other :
       {std::string(), all_but_last, text + "A", text + "=", " " + text,
        all_but_last + "1" /* spare bits */,
        "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0" + text.substr(43), Sha256("abc").Hex()}) {
    EXPECT_EQ(ReasonOf(EventId::Parse(other).status()), "event_id") << other;
  }
}

}  // namespace
}  // namespace bonafide::registry
