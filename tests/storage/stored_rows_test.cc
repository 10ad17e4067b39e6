// The rows of the schema: each has one encoding, and whatever else is found is damage.
#include <gtest/gtest.h>

#include <string>

#include "certs/reason.h"
#include "merkle/hash.h"
#include "storage/database/schema.h"
#include "storage/history/audience.h"
#include "storage/history/history_page.h"
#include "storage/history/stored_disclosures.h"
#include "storage/history/subject_head.h"
#include "storage/log/log_places.h"

namespace bonafide::storage {
namespace {

std::string Hex(std::string_view bytes) {
  std::string text;
  for (char c : bytes) {
    text += "0123456789abcdef"[static_cast<uint8_t>(c) >> 4];
    text += "0123456789abcdef"[static_cast<uint8_t>(c) & 15];
  }
  return text;
}

TEST(SchemaTest, KeysSortByNumber) {
  EXPECT_EQ(Hex(PageKey({258}, 3)), "000000000000010200000003");
  EXPECT_EQ(Hex(TileKey(2, 5)), "020000000000000005");
  EXPECT_EQ(Hex(TokenIdKey({1}, "ab")), "00000000000000016162");
  EXPECT_EQ(SchemeKey("a", "b"), std::string("a\0b", 3));
  EXPECT_LT(U64Key(255), U64Key(256));
  EXPECT_EQ(ParsePartKey(PartKey({9, 8}))->of, 9U);
  EXPECT_EQ(ParsePartKey(PartKey({9, 8}))->number, 8U);
  EXPECT_EQ(ReasonOf(ParsePartKey("short").status()), "data_damaged");
}

TEST(LogPlacesTest, OfBothKinds) {
  const std::string state(57, 's');
  const std::string event = PlaceItem(EntryPlace{SubjectNumber{7}, 2});
  EXPECT_EQ(Hex(event), "01000000000000000700000002");
  const std::string row = event + PlaceItem(StatePlace{state}) + event;
  const auto places = ParsePlaces(row);
  ASSERT_EQ(places->size(), 3U);
  EXPECT_EQ(std::get<EntryPlace>(places->at(0)), (EntryPlace{SubjectNumber{7}, 2}));
  EXPECT_EQ(std::get<StatePlace>(places->at(1)).entry, state);
  std::string full;
  for (int i = 0; i < 256; ++i) full += event;
  EXPECT_EQ(ParsePlaces(full)->size(), 256U);
  for (const std::string& wrong : {std::string(), row.substr(1), row + "x", row + '\1',
                                   '\3' + event.substr(1), event + '\2' + event, full + event}) {
    EXPECT_EQ(ReasonOf(ParsePlaces(wrong).status()), "data_damaged") << Hex(wrong);
  }
}

TEST(SubjectHeadTest, HasOneEncoding) {
  SubjectHead head;
  head.kind = registry::SubjectKind::kPractitioner;
  head.created_by = {3};
  head.anchor = {merkle::LeafHash("creation")};
  head.log_size = {10};
  head.stored_bytes = 1234;
  head.disclosure_rows = 2;
  head.Refer({{5}, {1}, {5}});
  head.frontier.Append(merkle::LeafHash("a"));
  const std::string bytes = EncodeSubjectHead(head);
  EXPECT_EQ(Hex(bytes.substr(0, 81)), "020000000000000003" + Hex(head.anchor.digest.view()) +
                                          "000000000000000a"
                                          "00000000000004d2"
                                          "00000002"
                                          "00000002"
                                          "0000000000000001"
                                          "0000000000000005");
  EXPECT_EQ(*ParseSubjectHead(bytes), head);
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(ParseSubjectHead(bytes.substr(0, size)).ok()) << size;
  }
  EXPECT_FALSE(ParseSubjectHead(bytes + "x").ok());
  std::string unsorted = bytes;
  std::swap(unsorted[72], unsorted[80]);
  EXPECT_EQ(ReasonOf(ParseSubjectHead(unsorted).status()), "data_damaged");
  std::string huge = bytes;
  huge[61] = '\xff';
  EXPECT_EQ(ReasonOf(ParseSubjectHead(huge).status()), "data_damaged");
  SubjectHead empty;
  EXPECT_EQ(ReasonOf(ParseSubjectHead(EncodeSubjectHead(empty)).status()), "data_damaged");
}

TEST(HistoryPageTest, IsWhatWasAppended) {
  Annex annex;
  annex.root = merkle::LeafHash("x");
  annex.references = {{1}, {258}};
  annex.disclosures = "rest";
  EXPECT_EQ(Hex(EntryItem("ab")), "0100026162");
  EXPECT_EQ(Hex(AnnexItem(annex)), "0200000036" + Hex(annex.root.view()) +
                                       "0002"
                                       "0000000000000001"
                                       "0000000000000102"
                                       "72657374");
  // As a batch of two events writes it: the annexes first.
  const std::string row = AnnexItem(annex) + AnnexItem({}) + EntryItem("ab") + EntryItem("c");
  const auto page = PageView::Parse(row);
  ASSERT_TRUE(page.ok());
  ASSERT_EQ(page->size(), 2U);
  EXPECT_EQ(Hex(page->frame(0)), "00026162");
  EXPECT_EQ(page->entry(1), "c");
  EXPECT_EQ(Copied(page->annex(0)), annex);
  EXPECT_EQ(Copied(page->annex(1)), Annex());
  EXPECT_EQ(RowOf(*page, {Annex(), annex}),
            AnnexItem({}) + EntryItem("ab") + AnnexItem(annex) + EntryItem("c"));
}

TEST(HistoryPageTest, EverythingElseIsDamage) {
  const std::string one = AnnexItem({}) + EntryItem("ab");
  std::string full;
  for (uint32_t i = 0; i < kEntriesPerPage; ++i) full += one;
  EXPECT_EQ(PageView::Parse(full)->size(), kEntriesPerPage);
  std::string far_references = one;
  far_references[5 + 32] = '\xff';
  std::string unknown_item = one;
  unknown_item[0] = 3;
  EXPECT_EQ(PageView::ParseEntries(EntryItem("ab"))->entry(0), "ab");
  EXPECT_FALSE(PageView::ParseEntries(AnnexItem({})).ok());
  std::vector<std::string> wrong = {
      "",         EntryItem("ab"), AnnexItem({}), one + EntryItem("ab"), one + AnnexItem({}),
      full + one, far_references,  unknown_item};
  for (size_t size = 1; size < one.size(); ++size) wrong.push_back(one.substr(0, size));
  for (const std::string& row : wrong) {
    EXPECT_EQ(ReasonOf(PageView::Parse(row).status()), "data_damaged") << Hex(row);
  }
}

TEST(StoredDisclosuresTest, HaveOneEncodingAndCanBeEmptied) {
  StoredDisclosures row;
  row.signer = {3};
  row.issuer = SubjectNumber{4};
  row.disclosures = {{SlotKind::kName, "AAAA"}, {SlotKind::kPapers, "BB"}};
  const std::string bytes = EncodeDisclosures(row);
  EXPECT_EQ(Hex(bytes),
            "01"
            "0000000000000003"
            "0000000000000004"
            "01"
            "0004"
            "41414141"
            "08"
            "0002"
            "4242");
  EXPECT_EQ(EncodeDisclosures(*ParseDisclosures(bytes)), bytes);
  const auto erased = ErasedDisclosures(bytes);
  ASSERT_TRUE(erased.ok());
  EXPECT_EQ(Hex(*erased),
            "01"
            "0000000000000003"
            "0000000000000004");
  EXPECT_TRUE(ParseDisclosures(*erased)->disclosures.empty());
  std::string unknown_slot = bytes;
  unknown_slot[17] = 12;
  for (const std::string& wrong :
       {std::string(), bytes.substr(0, 9), bytes.substr(0, bytes.size() - 1),
        '\2' + bytes.substr(1), unknown_slot}) {
    EXPECT_EQ(ReasonOf(ParseDisclosures(wrong).status()), "data_damaged") << Hex(wrong);
  }
}

TEST(StoredDisclosuresTest, ShowWhatTheAudienceMaySee) {
  StoredDisclosures row;
  row.signer = {3};
  row.issuer = SubjectNumber{4};
  row.disclosures = {{SlotKind::kName, "N"},
                     {SlotKind::kCertificateNumber, "C"},
                     {SlotKind::kBirthDate, "B"},
                     {SlotKind::kCasePapers, "P"}};
  const std::string bytes = EncodeDisclosures(row);
  const auto shown = [&](const Audience& audience) {
    std::string out;
    EXPECT_TRUE(AppendVisible(bytes, audience, SubjectNumber{5}, out).ok());
    return out;
  };
  using registry::OrganisationKind;
  EXPECT_EQ(shown({}), "N~");
  EXPECT_EQ(shown(Audience({9}, OrganisationKind::kClinic)), "N~") << "a stranger";
  for (uint64_t party : {3, 4, 5}) {
    EXPECT_EQ(shown(Audience({party}, OrganisationKind::kClinic)), "N~C~") << party;
  }
  EXPECT_EQ(shown(Audience({9}, OrganisationKind::kRegistrar)), "N~C~B~");
  EXPECT_EQ(shown(Audience({9}, OrganisationKind::kRegulator)), "N~C~B~P~");
  EXPECT_EQ(shown(Audience::Everything()), "N~C~B~P~");
}

TEST(AudienceTest, SlotsAreNamedAsInTheProtocol) {
  for (uint8_t kind = 1; kind <= 11; ++kind) {
    const auto slot = static_cast<SlotKind>(kind);
    EXPECT_EQ(SlotNamed(NameOf(slot)), slot);
  }
  EXPECT_EQ(SlotNamed("shoe_size"), std::nullopt);
}

}  // namespace
}  // namespace bonafide::storage
