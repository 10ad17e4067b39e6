#include "registry/entry.h"

#include <gtest/gtest.h>

#include "certs/reason.h"

namespace bonafide::registry {
namespace {

std::string Bytes(std::string_view hex) {
  std::string out;
  for (size_t i = 0; i < hex.size(); i += 2) {
    out += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return out;
}

// kind, index 258, time 1750000000000, one subject 7, "a.b.c"
constexpr std::string_view kEventHex =
    "01"
    "0000000000000102"
    "000001977420dc00"
    "01"
    "0000000000000007"
    "612e622e63";
// kind, index 259, time 1750000000001, 12 subjects, SHA-256("abc")
constexpr std::string_view kStateHex =
    "02"
    "0000000000000103"
    "000001977420dc01"
    "000000000000000c"
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

std::string EventWith(uint64_t subject_count, std::string_view after_count) {
  std::string bytes = Bytes(kEventHex).substr(0, 17);
  bytes += static_cast<char>(subject_count);
  bytes += after_count;
  return bytes;
}

std::string ReasonFor(std::string_view bytes) { return ReasonOf(ParseEntry(bytes).status()); }

TEST(Entry, AnEventIsWrittenAndRead) {
  const EventEntry entry{{258}, 1'750'000'000'000, {{7}}, "a.b.c"};
  EXPECT_EQ(EncodeEntry(entry), Bytes(kEventHex));
  const auto parsed = ParseEventEntry(Bytes(kEventHex));
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->index, LogIndex{258});
  EXPECT_EQ(parsed->time_ms, 1'750'000'000'000);
  EXPECT_EQ(parsed->subjects, std::vector<SubjectNumber>{{7}});
  EXPECT_EQ(parsed->token, "a.b.c");
  EXPECT_TRUE(std::holds_alternative<EventEntry>(*ParseEntry(Bytes(kEventHex))));
}

TEST(Entry, AnEventOfTwoSubjects) {
  const EventEntry entry{{1}, 2, {{9}, {0}}, "t"};
  const auto parsed = ParseEventEntry(EncodeEntry(entry));
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->subjects, (std::vector<SubjectNumber>{{9}, {0}}));
}

TEST(Entry, AStateIsWrittenAndRead) {
  const StateEntry entry{{259}, 1'750'000'000'001, 12, Sha256("abc")};
  EXPECT_EQ(EncodeEntry(entry), Bytes(kStateHex));
  const auto parsed = ParseStateEntry(Bytes(kStateHex));
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->index, LogIndex{259});
  EXPECT_EQ(parsed->time_ms, 1'750'000'000'001);
  EXPECT_EQ(parsed->subjects, 12u);
  EXPECT_EQ(parsed->state_root, Sha256("abc"));
  EXPECT_TRUE(std::holds_alternative<StateEntry>(*ParseEntry(Bytes(kStateHex))));
}

TEST(Entry, TheGreatestTokenFits) {
  const EventEntry entry{{1}, 2, {{9}, {0}}, std::string(32'768, 'x')};
  const std::string bytes = EncodeEntry(entry);
  EXPECT_LE(bytes.size(), kMaxEntryBytes);
  EXPECT_TRUE(ParseEntry(bytes).ok());
}

TEST(Entry, RefusesOtherKinds) {
  for (int kind : {0, 3, 4, 255}) {
    std::string bytes = Bytes(kEventHex);
    bytes[0] = static_cast<char>(kind);
    EXPECT_EQ(ReasonFor(bytes), "entry_kind") << kind;
  }
  EXPECT_EQ(ReasonOf(ParseEventEntry(Bytes(kStateHex)).status()), "entry_kind");
  EXPECT_EQ(ReasonOf(ParseStateEntry(Bytes(kEventHex)).status()), "entry_kind");
}

TEST(Entry, RefusesOtherSizes) {
  EXPECT_EQ(ReasonFor(""), "entry_size");
  EXPECT_EQ(ReasonFor(Bytes(kEventHex).substr(0, 16)), "entry_size");
  EXPECT_EQ(ReasonFor(Bytes(kStateHex).substr(0, 56)), "entry_size");
  EXPECT_EQ(ReasonFor(Bytes(kStateHex) + "x"), "entry_size");
  EXPECT_EQ(ReasonFor(EventWith(1, Bytes("0000000000000007"))), "entry_size") << "no token";
  EXPECT_EQ(ReasonFor(EventWith(2, Bytes("00000000000000070000000000"))), "entry_size");
  const EventEntry entry{{1}, 2, {{9}}, "t"};
  const std::string bytes = EncodeEntry(entry);
  EXPECT_TRUE(ParseEntry(bytes + std::string(kMaxEntryBytes - bytes.size(), 't')).ok());
  EXPECT_EQ(ReasonFor(bytes + std::string(kMaxEntryBytes - bytes.size() + 1, 't')), "entry_size");
}

TEST(Entry, RefusesOtherCountsOfSubjects) {
  EXPECT_EQ(ReasonFor(Bytes(kEventHex).substr(0, 17)), "entry_subjects");
  EXPECT_EQ(ReasonFor(EventWith(0, "token")), "entry_subjects");
  EXPECT_EQ(ReasonFor(EventWith(3, std::string(24, '\1') + "token")), "entry_subjects");
  EXPECT_EQ(ReasonFor(EventWith(255, std::string(3000, '\1'))), "entry_subjects");
  EXPECT_EQ(ReasonFor(EventWith(2, Bytes("00000000000000070000000000000007") + "token")),
            "entry_subjects")
      << "the same twice";
}

TEST(Entry, RefusesTimesNoClockShows) {
  std::string bytes = Bytes(kEventHex);
  bytes.replace(9, 8, Bytes("0020000000000000"));
  EXPECT_TRUE(ParseEntry(bytes).ok());
  bytes.replace(9, 8, Bytes("0020000000000001"));
  EXPECT_EQ(ReasonFor(bytes), "entry_time");
  bytes.replace(9, 8, Bytes("ffffffffffffffff"));
  EXPECT_EQ(ReasonFor(bytes), "entry_time");
}

}  // namespace
}  // namespace bonafide::registry
