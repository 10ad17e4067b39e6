#include "merkle/frame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "certs/reason.h"

namespace bonafide::merkle {
namespace {

using std::string_literals::operator""s;
using testing::ElementsAre;

TEST(Frame, LengthThenEntry) {
  std::string bytes;
  ASSERT_TRUE(AppendFrame("abc", bytes).ok());
  ASSERT_TRUE(AppendFrame(std::string(258, 'x'), bytes).ok());
  EXPECT_EQ(bytes, "\0\3abc"s + "\1\2"s + std::string(258, 'x'));
  const auto entries = ParseFrames(bytes, 2);
  ASSERT_TRUE(entries.ok()) << entries.status();
  EXPECT_THAT(*entries, ElementsAre("abc", std::string(258, 'x')));
  EXPECT_TRUE(ParseFrames("", 0)->empty());
}

TEST(Frame, LargestEntry) {
  std::string bytes;
  ASSERT_TRUE(AppendFrame(std::string(kMaxEntrySizeBytes, 'x'), bytes).ok());
  EXPECT_EQ(ParseFrames(bytes, 1)->front().size(), kMaxEntrySizeBytes);
  EXPECT_EQ(ReasonOf(AppendFrame(std::string(kMaxEntrySizeBytes + 1, 'x'), bytes)), "frame_size");
  EXPECT_EQ(ReasonOf(AppendFrame("", bytes)), "frame_size");
  EXPECT_EQ(bytes.size(), kMaxEntrySizeBytes + 2);
}

TEST(Frame, RefusesDamage) {
  EXPECT_EQ(ReasonOf(ParseFrames("\0"s, 9).status()), "frame_truncated");
  EXPECT_EQ(ReasonOf(ParseFrames("\0\3ab"s, 9).status()), "frame_truncated");
  EXPECT_EQ(ReasonOf(ParseFrames("\0\3abc\0"s, 9).status()), "frame_truncated");
  EXPECT_EQ(ReasonOf(ParseFrames("\xff\xff"s, 9).status()), "frame_truncated");
  EXPECT_EQ(ReasonOf(ParseFrames("\0\0"s, 9).status()), "frame_size");
  EXPECT_EQ(ReasonOf(ParseFrames("\0\1a\0\1b"s, 1).status()), "frame_count");
}

TEST(Frame, ReaderStaysWhereItFailed) {
  const std::string bytes = "\0\1a\0\2b"s;
  FrameReader reader(bytes);
  EXPECT_EQ(*reader.Next(), "a");
  EXPECT_FALSE(reader.done());
  EXPECT_EQ(ReasonOf(reader.Next().status()), "frame_truncated");
  EXPECT_EQ(ReasonOf(reader.Next().status()), "frame_truncated");
  EXPECT_FALSE(reader.done());
}

}  // namespace
}  // namespace bonafide::merkle
