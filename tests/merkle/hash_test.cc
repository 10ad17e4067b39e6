#include "merkle/hash.h"

#include <gtest/gtest.h>

namespace bonafide::merkle {
namespace {

// Known answers, recomputed with sha256sum over the bytes named.
TEST(Hash, EmptyRootIsTheHashOfNothing) {
  EXPECT_EQ(EmptyRoot().Hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Hash, LeafHasPrefixZero) {
  EXPECT_EQ(LeafHash("").Hex(), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  EXPECT_EQ(LeafHash("bonafide"), Sha256(std::string_view("\0bonafide", 9)));
}

TEST(Hash, NodeHasPrefixOneAndOrder) {
  const Digest left = Sha256("left");
  const Digest right = Sha256("right");
  EXPECT_EQ(NodeHash(left, right),
            Sha256(std::string("\x01") + std::string(left.view()) + std::string(right.view())));
  EXPECT_NE(NodeHash(left, right), NodeHash(right, left));
  EXPECT_NE(NodeHash(left, right), LeafHash(std::string(left.view()) + std::string(right.view())));
}

}  // namespace
}  // namespace bonafide::merkle
