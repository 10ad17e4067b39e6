#include "storage/register/high_water.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "certs/reason.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::storage {
namespace {

class HighWaterTest : public ::testing::Test {
 protected:
  // The marks "one", "two", "three": slot 1 holds "three", slot 0 holds "two".
  void SetUp() override {
    auto made = HighWater::Create(path_, "one");
    ASSERT_TRUE(made.ok()) << made.status();
    ASSERT_TRUE((*made)->Mark("two").ok());
    ASSERT_TRUE((*made)->Mark("three").ok());
  }

  void Overwrite(std::streamoff offset, const std::string& bytes) {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(offset);
    file << bytes;
  }

  std::string Reason() { return ReasonOf(HighWater::Open(path_).status()); }

  TemporaryDirectory directory_;
  std::string path_ = directory_ / "high-water";
};

TEST_F(HighWaterTest, HoldsTheNewestMark) {
  const auto opened = HighWater::Open(path_);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ((*opened)->note(), "three");
  EXPECT_FALSE((*opened)->was_torn());
  EXPECT_EQ(std::filesystem::file_size(path_), 8192U);
}

TEST_F(HighWaterTest, GoesOnAfterOpening) {
  {
    const auto opened = HighWater::Open(path_);
    ASSERT_TRUE((*opened)->Mark("four").ok());
    ASSERT_TRUE((*opened)->Mark("five").ok());
    EXPECT_EQ((*opened)->note(), "five");
  }
  EXPECT_EQ((*HighWater::Open(path_))->note(), "five");
}

TEST_F(HighWaterTest, TornSlotCostsOnlyItself) {
  Overwrite(4096 + 30, "X");
  const auto opened = HighWater::Open(path_);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ((*opened)->note(), "two");
  EXPECT_TRUE((*opened)->was_torn());
}

TEST_F(HighWaterTest, EveryFlippedByteIsSeen) {
  std::string bytes(4096, '\0');
  std::ifstream(path_, std::ios::binary).read(bytes.data(), 4096);
  for (size_t i = 0; i < 4096; i += 97) {
    Overwrite(static_cast<std::streamoff>(i), std::string(1, static_cast<char>(bytes[i] ^ 1)));
    EXPECT_TRUE((*HighWater::Open(path_))->was_torn()) << i;
    Overwrite(static_cast<std::streamoff>(i), std::string(1, bytes[i]));
  }
}

TEST_F(HighWaterTest, TwoTornSlotsAreDamage) {
  Overwrite(30, "X");
  Overwrite(4096 + 30, "X");
  EXPECT_EQ(Reason(), "high_water_damaged");
}

TEST_F(HighWaterTest, SlotInTheOtherPlaceIsNoMark) {
  std::string bytes(8192, '\0');
  std::ifstream(path_, std::ios::binary).read(bytes.data(), 8192);
  Overwrite(0, bytes.substr(4096) + bytes.substr(0, 4096));
  EXPECT_EQ(Reason(), "high_water_damaged");
}

TEST_F(HighWaterTest, AnotherSizeIsDamage) {
  std::filesystem::resize_file(path_, 8191);
  EXPECT_EQ(Reason(), "high_water_damaged");
  std::filesystem::resize_file(path_, 8193);
  EXPECT_EQ(Reason(), "high_water_damaged");
  std::filesystem::resize_file(path_, 0);
  EXPECT_EQ(Reason(), "high_water_damaged");
}

TEST_F(HighWaterTest, MissingIsSaid) {
  std::filesystem::remove(path_);
  EXPECT_EQ(Reason(), "high_water_missing");
}

TEST_F(HighWaterTest, IsNeverMadeTwice) {
  EXPECT_EQ(ReasonOf(HighWater::Create(path_, "other").status()), "disk_error");
  EXPECT_EQ((*HighWater::Open(path_))->note(), "three");
}

}  // namespace
}  // namespace bonafide::storage
