#include "registry/text_rules.h"

#include <gtest/gtest.h>

#include <string>

namespace bonafide::registry {
namespace {

constexpr size_t kMost = 10;

std::string Utf8(char32_t c) {
  std::string out;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
  }
  if (c >= 0x80) out += static_cast<char>(0x80 | (c & 0x3F));
  return out;
}

TEST(Text, AcceptsNamesOfTheWorld) {
  for (std::string_view text :
       {"Ada", "O'Neil-Example", "Zo\u00eb", "Bj\u00f6rk Gu\u00f0mundsd\u00f3ttir",
        "\u5c71\u7530\u592a\u90ce", "\u0645\u062d\u0645\u062f", "Nguy\u1ec5n V\u0103n", "a b", "x",
        "\U0001F600", "e\u0301"}) {
    EXPECT_TRUE(IsText(text, 40)) << text;
  }
}

TEST(Text, CountsCodePoints) {
  EXPECT_FALSE(IsText("", kMost));
  EXPECT_TRUE(IsText("0123456789", kMost));
  EXPECT_FALSE(IsText("0123456789a", kMost));
  std::string ten;
  for (int i = 0; i < 10; ++i) ten += "\U0001F600";
  EXPECT_TRUE(IsText(ten, kMost));
  EXPECT_FALSE(IsText(ten + "a", kMost));
}

TEST(Text, RefusesMalformedUtf8) {
  for (std::string_view text :
       {"a\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "a\xc3", "\x80"}) {
    EXPECT_FALSE(IsText(text, kMost)) << text;
  }
}

TEST(Text, RefusesWhatCannotBeSeenOrReorders) {
  for (char32_t c :
       {0x00,   0x09,    0x0A,    0x0D,    0x1F,    0x7F,    0x85,    0x9F,    0xAD,    0x34F,
        0x61C,  0x115F,  0x1160,  0x17B4,  0x180B,  0x180E,  0x180F,  0x200B,  0x200C,  0x200D,
        0x200E, 0x200F,  0x2028,  0x2029,  0x202A,  0x202E,  0x2060,  0x2066,  0x2069,  0x206F,
        0x2800, 0x3164,  0xE000,  0xF8FF,  0xFDD0,  0xFEFF,  0xFFA0,  0xFFF9,  0xFFFD,  0xFFFE,
        0xFFFF, 0x1BCA0, 0x1D173, 0x1D17A, 0x1FFFE, 0x8FFFF, 0xE0001, 0xE007F, 0xF0000, 0x10FFFF}) {
    EXPECT_FALSE(IsText("a" + Utf8(c) + "b", kMost)) << std::hex << static_cast<uint32_t>(c);
    EXPECT_TRUE(IsForbidden(c)) << std::hex << static_cast<uint32_t>(c);
  }
  // Their neighbours may stand.
  for (char32_t c : {0x20,   0x7E,    0xA0,    0xAC,    0xAE,    0x61B,   0x61D,   0x1161, 0x180A,
                     0x1810, 0x200A,  0x2010,  0x2027,  0x202F,  0x205F,  0x2070,  0x27FF, 0x2801,
                     0x3163, 0x3165,  0xD7FF,  0xF900,  0xFDCF,  0xFDF0,  0xFEFE,  0xFF9F, 0xFFA1,
                     0xFFEF, 0x10000, 0x1BC9F, 0x1D172, 0x1D17B, 0x1FFFD, 0xDFFFD, 0xE0100}) {
    EXPECT_TRUE(IsText("a" + Utf8(c) + "b", kMost)) << std::hex << static_cast<uint32_t>(c);
  }
}

TEST(Text, RefusesASpaceAtEitherEnd) {
  for (char32_t c : {0x20, 0xA0, 0x1680, 0x2000, 0x200A, 0x202F, 0x205F, 0x3000}) {
    const std::string space = Utf8(c);
    EXPECT_FALSE(IsText(space + "a", kMost)) << std::hex << static_cast<uint32_t>(c);
    EXPECT_FALSE(IsText("a" + space, kMost)) << std::hex << static_cast<uint32_t>(c);
    EXPECT_FALSE(IsText(space, kMost)) << std::hex << static_cast<uint32_t>(c);
    EXPECT_TRUE(IsText("a" + space + "b", kMost)) << std::hex << static_cast<uint32_t>(c);
  }
}

TEST(Text, AllowsEightCombiningMarksInARow) {
  for (char32_t mark :
       {0x301, 0x489, 0x5B0, 0x64B, 0xE49, 0x1AB0, 0x1DFF, 0x20D0, 0xFE0F, 0xFE20, 0xE0100}) {
    std::string marks;
    for (int i = 0; i < 8; ++i) marks += Utf8(mark);
    EXPECT_TRUE(IsText("a" + marks + "b" + marks, 40)) << std::hex << static_cast<uint32_t>(mark);
    EXPECT_FALSE(IsText("a" + marks + Utf8(mark), 40)) << std::hex << static_cast<uint32_t>(mark);
    EXPECT_FALSE(IsText("a" + marks + Utf8(0x300), 40)) << std::hex << static_cast<uint32_t>(mark);
  }
}

TEST(Code, IsAShortLowerCaseWord) {
  for (std::string_view text : {"a", "scalp_micropigmentation", "gb-eng", "x.1"}) {
    EXPECT_TRUE(IsCode(text)) << text;
  }
  EXPECT_TRUE(IsCode(std::string(64, 'a')));
  for (std::string_view text :
       {"", "A", "1a", "_a", "-a", "a b", "a/b", "aB", "\u00e4", "a\n", "*"}) {
    EXPECT_FALSE(IsCode(text)) << text;
  }
  EXPECT_FALSE(IsCode(std::string(65, 'a')));
}

TEST(Recognition, IsAShortUpperCaseNumber) {
  for (std::string_view text : {"RN5334", "603/3315/7", "600/0002/X", "1", "A.B-C"}) {
    EXPECT_TRUE(IsRecognition(text)) << text;
  }
  EXPECT_TRUE(IsRecognition(std::string(32, '9')));
  for (std::string_view text : {"", "/1", "-1", ".1", "rn5334", "RN 5334", "A_B", "*"}) {
    EXPECT_FALSE(IsRecognition(text)) << text;
  }
  EXPECT_FALSE(IsRecognition(std::string(33, '9')));
}

TEST(Currency, IsThreeCapitals) {
  EXPECT_TRUE(IsCurrency("GBP"));
  for (std::string_view text : {"", "GB", "GBPX", "gbp", "GB1"})
    EXPECT_FALSE(IsCurrency(text)) << text;
}

TEST(Nonce, Is22To64CharactersOfBase64Url) {
  EXPECT_TRUE(IsNonce(std::string(22, 'A')));
  EXPECT_TRUE(IsNonce(std::string(60, 'A') + "z9-_"));
  EXPECT_FALSE(IsNonce(std::string(21, 'A')));
  EXPECT_FALSE(IsNonce(std::string(65, 'A')));
  for (char c : {'+', '/', '=', ' ', '.', '~'})
    EXPECT_FALSE(IsNonce(std::string(30, 'A') + c)) << c;
}

}  // namespace
}  // namespace bonafide::registry
