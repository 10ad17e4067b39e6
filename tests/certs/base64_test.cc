#include "certs/base64.h"

#include <gtest/gtest.h>

#include "certs/reason.h"

namespace bonafide::certs {
namespace {

TEST(Base64Test, EncodesTheVectorsOfRfc4648) {
  const std::pair<std::string_view, std::string_view> kVectors[] = {
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"foobar", "Zm9vYmFy"},
  };
  for (const auto& [bytes, text] : kVectors) {
    EXPECT_EQ(Base64Encode(bytes), text);
    EXPECT_EQ(*Base64Decode(text), bytes);
    const std::string unpadded(text.substr(0, text.find('=')));
    EXPECT_EQ(Base64UrlEncode(bytes), unpadded);
    EXPECT_EQ(*Base64UrlDecode(unpadded), bytes);
  }
}

TEST(Base64Test, AlphabetsDifferInTwoCharacters) {
  EXPECT_EQ(Base64UrlEncode("\xfb\xff\xfe"), "-__-");
  EXPECT_EQ(Base64Encode("\xfb\xff\xfe"), "+//+");
  EXPECT_EQ(ReasonOf(Base64UrlDecode("+//+").status()), "base64url");
  EXPECT_EQ(ReasonOf(Base64Decode("-__-").status()), "base64");
}

TEST(Base64Test, EveryByteReturns) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) {
    bytes += static_cast<char>(i);
    EXPECT_EQ(*Base64UrlDecode(Base64UrlEncode(bytes)), bytes);
    EXPECT_EQ(*Base64Decode(Base64Encode(bytes)), bytes);
  }
}

TEST(Base64Test, UrlFormRefusesEverySecondSpelling) {
  for (std::string_view text : {"Zg==", "Zm8=", "Z", "A", "Zm9vA", "Zm9vY", "Zm 9", "Zm9v\n",
                                " Zm9v", "Zh", "Zm9", "Zm9v=", "Z\xc3\xa9v", "Zm9v.", "=", "Zg="}) {
    EXPECT_EQ(ReasonOf(Base64UrlDecode(text).status()), "base64url") << text;
  }
  EXPECT_EQ(ReasonOf(Base64UrlDecode(std::string_view("Zm9\0", 4)).status()), "base64url");
}

TEST(Base64Test, OneOfSixteenSpellingsOfASignatureIsAccepted) {
  // The last of the 86 characters that encode 64 bytes has four spare bits.
  const std::string text = Base64UrlEncode(std::string(64, '\x5a'));
  ASSERT_EQ(text.size(), 86u);
  int accepted = 0;
  for (char last :
       std::string("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")) {
    accepted += Base64UrlDecode(text.substr(0, 85) + last).ok() ? 1 : 0;
  }
  EXPECT_EQ(accepted, 4);  // the four values of the two bits that carry data
}

TEST(Base64Test, PaddedFormRefusesEverySecondSpelling) {
  for (std::string_view text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z===", "====", "Zg==\n",
                                "Zg==Zg==", "Zm9v====", "=Zg=", "Z=g="}) {
    EXPECT_EQ(ReasonOf(Base64Decode(text).status()), "base64") << text;
  }
}

}  // namespace
}  // namespace bonafide::certs
