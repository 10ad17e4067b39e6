#include "certs/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace bonafide::certs {
namespace {

TEST(Utf8Test, TakesOneCodePointAfterTheOther) {
  std::string_view text = "a\xc3\xa9\xe2\x82\xac\xf0\x9d\x84\x9e";
  EXPECT_EQ(TakeCodePoint(text), U'a');
  EXPECT_EQ(TakeCodePoint(text), U'\u00e9');
  EXPECT_EQ(TakeCodePoint(text), U'\u20ac');
  EXPECT_EQ(TakeCodePoint(text), U'\U0001d11e');
  EXPECT_EQ(TakeCodePoint(text), std::nullopt);
}

TEST(Utf8Test, BoundariesAreAccepted) {
  for (std::string_view text :
       {"", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
        "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(IsUtf8(text)) << text;
  }
}

TEST(Utf8Test, MalformedFormsAreRefused) {
  for (std::string_view text :
       {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2\x41", "\xe0\x80\x80", "\xe0\x9f\xbf",
        "\xed\xa0\x80", "\xed\xbf\xbf", "\xe2\x82", "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xfe", "a\xc3", "\xf0\x9d\x84"}) {
    EXPECT_FALSE(IsUtf8(text)) << text;
  }
}

TEST(Utf8Test, FindsTheMalformedByteWhereverItStands) {
  for (size_t before = 0; before < 40; ++before) {
    const std::string ascii(before, 'a');
    EXPECT_EQ(WellFormedPrefixSize(ascii), before);
    EXPECT_EQ(WellFormedPrefixSize(ascii + "\xff" + ascii), before);
    EXPECT_EQ(WellFormedPrefixSize(ascii + "\xc3\xa9" + ascii), 2 * before + 2);
    EXPECT_EQ(WellFormedPrefixSize(ascii + "\xc3\xa9" + ascii + "\xc3"), 2 * before + 2);
  }
}

}  // namespace
}  // namespace bonafide::certs
