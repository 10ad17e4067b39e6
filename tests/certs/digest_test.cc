#include "certs/digest.h"

#include <gtest/gtest.h>

#include "certs/reason.h"

namespace bonafide {
namespace {

constexpr char kAbc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(DigestTest, VectorsOfFips180) {
  EXPECT_EQ(Sha256("abc").Hex(), kAbc);
  EXPECT_EQ(Sha256("").Hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256({"a", "", "bc"}).Hex(), kAbc);
}

TEST(DigestTest, ReadsWhatItWrites) {
  EXPECT_EQ(*Digest::FromHex(kAbc), Sha256("abc"));
  EXPECT_EQ(*Digest::FromBytes(Sha256("abc").view()), Sha256("abc"));
}

TEST(DigestTest, RefusesOtherSpellings) {
  const std::string hex = kAbc;
  for (const std::string& text : {hex.substr(1), hex + "0", "BA" + hex.substr(2),
                                  " " + hex.substr(1), "0x" + hex.substr(2), std::string()}) {
    EXPECT_EQ(ReasonOf(Digest::FromHex(text).status()), "digest_hex") << text;
  }
  EXPECT_EQ(ReasonOf(Digest::FromBytes("abc").status()), "digest_size");
  EXPECT_EQ(ReasonOf(Digest::FromBytes(std::string(33, 'a')).status()), "digest_size");
}

}  // namespace
}  // namespace bonafide
