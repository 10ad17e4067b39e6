#include "merkle/tile.h"

#include <gtest/gtest.h>

#include "certs/reason.h"

namespace bonafide::merkle {
namespace {

TEST(Tile, Paths) {
  const std::pair<TileId, const char*> cases[] = {
      {{0, 0, 256}, "tile/0/000"},
      {{0, 0, 1}, "tile/0/000.p/1"},
      {{0, 273, 112}, "tile/0/273.p/112"},
      {{1, 999, 256}, "tile/1/999"},
      {{2, 1000, 256}, "tile/2/x001/000"},
      {{0, 1234067, 256}, "tile/0/x001/x234/067"},
      {{63, 1234067, 255}, "tile/63/x001/x234/067.p/255"},
      {{0, UINT64_MAX, 256}, "tile/0/x018/x446/x744/x073/x709/x551/615"},
  };
  for (const auto& [tile, path] : cases) {
    EXPECT_EQ(PathOf(tile), path);
    const auto parsed = ParseTilePath(path);
    ASSERT_TRUE(parsed.ok()) << path;
    EXPECT_EQ(*parsed, tile);
  }
}

TEST(Tile, BundlePaths) {
  EXPECT_EQ(PathOf(BundleId{1234067, 256}), "tile/entries/x001/x234/067");
  EXPECT_EQ(PathOf(BundleId{273, 112}), "tile/entries/273.p/112");
  EXPECT_EQ(*ParseBundlePath("tile/entries/273.p/112"), (BundleId{273, 112}));
  EXPECT_EQ(*ParseBundlePath("tile/entries/x001/x234/067"), (BundleId{1234067, 256}));
  EXPECT_EQ(ReasonOf(ParseBundlePath("tile/0/273").status()), "tile_path");
  EXPECT_EQ(ReasonOf(ParseBundlePath("tile/entries/").status()), "tile_path");
}

TEST(Tile, RefusesEveryOtherSpelling) {
  for (const char* path : {"",
                           "/tile/0/000",
                           "tile/0/",
                           "tile/0",
                           "tile//000",
                           "tile/00/000",
                           "tile/01/000",
                           "tile/64/000",
                           "tile/-1/000",
                           "tile/+1/000",
                           "tile/a/000",
                           "tile/entries/000",
                           "tile/0/0",
                           "tile/0/00",
                           "tile/0/0000",
                           "tile/0/x000/000",
                           "tile/0/x000/067",
                           "tile/0/001/067",
                           "tile/0/x001",
                           "tile/0/x001/x067",
                           "tile/0/x1/067",
                           "tile/0/X001/067",
                           "tile/0/x001/067/",
                           "tile/0/x001//067",
                           "tile/0/067/",
                           "tile/0/067.p",
                           "tile/0/067.p/",
                           "tile/0/067.p/0",
                           "tile/0/067.p/01",
                           "tile/0/067.p/256",
                           "tile/0/067.p/1/",
                           "tile/0/067.p/1.p/1",
                           "tile/0/067.p/-1",
                           "tile/0/067.P/1",
                           "tile/0/06 7",
                           "tile/0/..",
                           "tile/0/x018/x446/x744/x073/x709/x551/616",
                           "tile/0/x999/x999/x999/x999/x999/x999/x999/999"}) {
    EXPECT_EQ(ReasonOf(ParseTilePath(path).status()), "tile_path") << path;
  }
  EXPECT_EQ(ReasonOf(ParseTilePath(std::string_view("tile/0/000\0", 11)).status()), "tile_path");
}

// C2SP tlog-tiles gives sizes 256 and 70,000 as examples.
TEST(Tile, WidthsAtASize) {
  const TreeSize size{70000};
  EXPECT_EQ(TileWidthAt(0, 0, size), 256u);
  EXPECT_EQ(TileWidthAt(0, 272, size), 256u);
  EXPECT_EQ(TileWidthAt(0, 273, size), 112u);
  EXPECT_EQ(TileWidthAt(0, 274, size), 0u);
  EXPECT_EQ(TileWidthAt(1, 0, size), 256u);
  EXPECT_EQ(TileWidthAt(1, 1, size), 17u);
  EXPECT_EQ(TileWidthAt(1, 2, size), 0u);
  EXPECT_EQ(TileWidthAt(2, 0, size), 1u);
  EXPECT_EQ(TileWidthAt(3, 0, size), 0u);
  EXPECT_EQ(BundleWidthAt(273, size), 112u);

  EXPECT_EQ(TileWidthAt(0, 0, TreeSize{256}), 256u);
  EXPECT_EQ(TileWidthAt(0, 1, TreeSize{256}), 0u);
  EXPECT_EQ(TileWidthAt(1, 0, TreeSize{256}), 1u);
  EXPECT_EQ(TileWidthAt(1, 0, TreeSize{255}), 0u);
  EXPECT_EQ(TileWidthAt(0, 0, TreeSize{0}), 0u);
  EXPECT_EQ(BundleWidthAt(0, TreeSize{0}), 0u);
  EXPECT_EQ(TileWidthAt(7, 0, TreeSize{UINT64_MAX}), 255u);
  EXPECT_EQ(TileWidthAt(8, 0, TreeSize{UINT64_MAX}), 0u);
  EXPECT_EQ(TileWidthAt(63, 0, TreeSize{UINT64_MAX}), 0u);
}

TEST(Tile, NodesOfATile) {
  EXPECT_EQ(NodeOf({0, 3, 256}, 5), (NodeCoordinate{0, 773}));
  EXPECT_EQ(NodeOf({2, 1, 7}, 6), (NodeCoordinate{16, 262}));
}

}  // namespace
}  // namespace bonafide::merkle
