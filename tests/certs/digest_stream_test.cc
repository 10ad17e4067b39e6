#include "certs/digest_stream.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace bonafide {
namespace {

TEST(DigestStreamTest, OfNothingIsThatOfTheEmptyString) {
  EXPECT_EQ(DigestStream().Finish().Hex(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(DigestStreamTest, DoesNotDependOnWhereThePiecesEnd) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += static_cast<char>(i * 7);
  for (size_t piece : {1U, 63U, 64U, 65U, 1000U}) {
    DigestStream stream;
    for (size_t at = 0; at < text.size(); at += piece) {
      stream.Add(std::string_view(text).substr(at, piece));
    }
    EXPECT_EQ(stream.Finish(), Sha256(text)) << piece;
  }
}

TEST(DigestStreamTest, GoesOnAfterAMove) {
  DigestStream first;
  first.Add("ab");
  DigestStream second(std::move(first));
  second.Add("c");
  EXPECT_EQ(second.Finish(), Sha256("abc"));
}

}  // namespace
}  // namespace bonafide
