#include "merkle/frontier.h"

#include <gtest/gtest.h>

#include "certs/reason.h"
#include "merkle/hash.h"
#include "tests/merkle/naive_tree.h"

namespace bonafide::merkle {
namespace {

// The example tree of Certificate Transparency implementations: eight leaves of given bytes, and
// the roots over the first n of them.
TEST(Frontier, KnownRoots) {
  using std::string_literals::operator""s;
  const std::string data[] = {""s,
                              "\x00"s,
                              "\x10"s,
                              "\x20\x21"s,
                              "\x30\x31"s,
                              "\x40\x41\x42\x43"s,
                              "\x50\x51\x52\x53\x54\x55\x56\x57"s,
                              "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"s};
  const char* const roots[] = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                               "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                               "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                               "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                               "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                               "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                               "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                               "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  Frontier frontier;
  EXPECT_EQ(frontier.root(), EmptyRoot());
  for (size_t i = 0; i < 8; ++i) {
    frontier.Append(LeafHash(data[i]));
    EXPECT_EQ(frontier.root().Hex(), roots[i]) << i;
    EXPECT_EQ(frontier.size().value, i + 1);
  }
}

TEST(Frontier, EqualsTheNaiveTreeAndSurvivesItsBytes) {
  const std::vector<Digest> leaves = SomeLeaves(300);
  Frontier frontier;
  for (size_t size = 0; size <= leaves.size(); ++size) {
    const Leaves first = Leaves(leaves).first(size);
    ASSERT_EQ(frontier.root(), NaiveRoot(first)) << size;
    ASSERT_EQ(TreeHash(first), NaiveRoot(first)) << size;
    const auto again = Frontier::Parse(frontier.Serialise());
    ASSERT_TRUE(again.ok()) << again.status();
    ASSERT_EQ(*again, frontier);
    ASSERT_EQ(again->Serialise(), frontier.Serialise());
    if (size < leaves.size()) frontier.Append(leaves[size]);
  }
}

TEST(Frontier, BytesAreSizeThenPeaksLargestFirst) {
  const std::vector<Digest> leaves = SomeLeaves(3);
  Frontier frontier;
  for (const Digest& leaf : leaves) frontier.Append(leaf);
  EXPECT_EQ(frontier.Serialise(), std::string("\0\0\0\0\0\0\0\x03", 8) +
                                      std::string(NodeHash(leaves[0], leaves[1]).view()) +
                                      std::string(leaves[2].view()));
}

TEST(Frontier, RefusesBytesOfAnyOtherLength) {
  Frontier frontier;
  for (const Digest& leaf : SomeLeaves(5)) frontier.Append(leaf);
  const std::string bytes = frontier.Serialise();
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(ReasonOf(Frontier::Parse(bytes.substr(0, size)).status()), "frontier_bytes") << size;
  }
  EXPECT_EQ(ReasonOf(Frontier::Parse(bytes + '\0').status()), "frontier_bytes");
  std::string larger = bytes;
  larger[7] = 7;  // three peaks stand for this size
  EXPECT_EQ(ReasonOf(Frontier::Parse(larger).status()), "frontier_bytes");
}

TEST(Frontier, HoldsTheLargestSize) {
  std::string bytes(8, '\xff');
  bytes += std::string(64 * 32, 'h');
  const auto frontier = Frontier::Parse(bytes);
  ASSERT_TRUE(frontier.ok()) << frontier.status();
  EXPECT_EQ(frontier->size().value, UINT64_MAX);
  EXPECT_EQ(frontier->Serialise(), bytes);
}

}  // namespace
}  // namespace bonafide::merkle
