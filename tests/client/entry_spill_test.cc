#include "client/entry_spill.h"

#include <gtest/gtest.h>

#include <vector>

namespace bonafide::client {
namespace {

std::string EntryOf(size_t i) {
  return std::string(i * 977 % 65'536, static_cast<char>('a' + i % 26));
}

// More than is kept in memory, in two chains that alternate, with entries of every size up to the
// largest.
TEST(EntrySpill, ReadsBackEveryEntryOfEachChain) {
  EntrySpill spill;
  std::vector<uint64_t> last = {EntrySpill::kNone, EntrySpill::kNone};
  constexpr size_t kEntries = 400;
  for (size_t i = 0; i < kEntries; ++i) {
    const auto at = spill.Append(last[i % 2], EntryOf(i));
    ASSERT_TRUE(at.ok()) << at.status();
    last[i % 2] = *at;
  }
  for (size_t i = kEntries; i-- > 0;) {
    uint64_t& at = last[i % 2];
    ASSERT_NE(at, EntrySpill::kNone);
    const auto kept = spill.Read(at);
    ASSERT_TRUE(kept.ok()) << kept.status();
    EXPECT_EQ(kept->entry, EntryOf(i)) << i;
    at = kept->previous;
  }
  EXPECT_EQ(last, (std::vector<uint64_t>{EntrySpill::kNone, EntrySpill::kNone}));
}

TEST(EntrySpill, TheLargestEntry) {
  EntrySpill spill;
  const std::string entry(65'535, 'x');
  const auto first = spill.Append(EntrySpill::kNone, entry);
  for (int i = 0; i < 40; ++i) ASSERT_TRUE(spill.Append(EntrySpill::kNone, entry).ok());
  EXPECT_EQ(spill.Read(*first)->entry, entry);
}

}  // namespace
}  // namespace bonafide::client
