#include "client/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bonafide::client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// What came of a text: records as "a|b", faults as "reason@line:column".
struct Read {
  std::vector<std::string> records;
  std::vector<std::string> faults;
  std::vector<uint64_t> lines;
};

Read ReadCsv(const std::string& text, size_t piece = 1000, const CsvLimits& limits = {}) {
  Read read;
  CsvReader reader(
      [&read](uint64_t line, const std::vector<CsvField>& fields) {
        std::string record;
        for (const CsvField& field : fields) record += (record.empty() ? "" : "|") + field.value;
        read.records.push_back(record);
        read.lines.push_back(line);
      },
      [&read](const CsvFault& fault) {
        read.faults.push_back(fault.reason + "@" + std::to_string(fault.line) + ":" +
                              std::to_string(fault.column));
      },
      limits);
  for (size_t at = 0; at < text.size(); at += piece) {
    reader.Feed(std::string_view(text).substr(at, piece));
  }
  reader.Finish();
  return read;
}

TEST(CsvTest, RecordsEndWithEitherLineEnd) {
  EXPECT_THAT(ReadCsv("a,b\nc,d\n").records, ElementsAre("a|b", "c|d"));
  EXPECT_THAT(ReadCsv("a,b\r\nc,d\r\n").records, ElementsAre("a|b", "c|d"));
  EXPECT_THAT(ReadCsv("a,b\nc,d").records, ElementsAre("a|b", "c|d"));
  EXPECT_THAT(ReadCsv("a,b\r\nc,d").records, ElementsAre("a|b", "c|d"));
}

TEST(CsvTest, QuotedFieldsHoldAnything) {
  EXPECT_THAT(ReadCsv("\"a,b\",\"c\"\"d\",\"e\r\nf\"\n").records, ElementsAre("a,b|c\"d|e\r\nf"));
  EXPECT_THAT(ReadCsv("x,\"\"\n").records, ElementsAre("x|"));
}

TEST(CsvTest, EmptyFieldsCountAndEmptyLinesDoNot) {
  std::vector<size_t> counts;
  CsvReader reader(
      [&](uint64_t, const std::vector<CsvField>& fields) { counts.push_back(fields.size()); },
      [](const CsvFault&) { FAIL(); });
  reader.Feed(",\n\n\r\n,,\na,");
  reader.Finish();
  EXPECT_THAT(counts, ElementsAre(2, 3, 2));
}

TEST(CsvTest, NothingIsNoRecord) {
  EXPECT_THAT(ReadCsv("").records, IsEmpty());
  EXPECT_THAT(ReadCsv("\n").records, IsEmpty());
  EXPECT_THAT(ReadCsv("\xEF\xBB\xBF").records, IsEmpty());
}

TEST(CsvTest, AByteOrderMarkIsPassedOverOnce) {
  EXPECT_THAT(ReadCsv("\xEF\xBB\xBFname\nb\n").records, ElementsAre("name", "b"));
  EXPECT_THAT(ReadCsv("\xEF\xBB\xBF\"name\"\n").records, ElementsAre("name"));
  // U+FEFF elsewhere, and other characters that begin with the same byte, are text.
  EXPECT_THAT(ReadCsv("a\n\xEF\xBB\xBF"
                      "b\n")
                  .records,
              ElementsAre("a",
                          "\xEF\xBB\xBF"
                          "b"));
  EXPECT_THAT(ReadCsv("\xEF\xBC\xA1\n").records, ElementsAre("\xEF\xBC\xA1"));
}

TEST(CsvTest, PiecesDoNotMatter) {
  const std::string text =
      "\xEF\xBB\xBFname,town\r\n\"Zo\xC3\xAB \"\"Z\"\" "
      "Example\",\"North\r\nTown\"\r\n\xEF\xBF\xBD,x";
  const Read whole = ReadCsv(text);
  for (size_t piece = 1; piece < 8; ++piece) {
    const Read parts = ReadCsv(text, piece);
    EXPECT_EQ(parts.records, whole.records) << piece;
    EXPECT_EQ(parts.lines, whole.lines) << piece;
    EXPECT_EQ(parts.faults, whole.faults) << piece;
  }
  EXPECT_THAT(whole.lines, ElementsAre(1, 2, 4));
}

TEST(CsvTest, FaultsNameTheirPlaceAndCostOneRecord) {
  const Read plain = ReadCsv("a,b\nc,d\"e\nf,g\n");
  EXPECT_THAT(plain.faults, ElementsAre("csv_quote@2:4"));
  EXPECT_THAT(plain.records, ElementsAre("a|b", "f|g"));
  // Columns count characters, not bytes.
  EXPECT_THAT(ReadCsv("\xC3\xAB\xC3\xAB,b\"\n").faults, ElementsAre("csv_quote@1:5"));
  EXPECT_THAT(ReadCsv("\"a\"b,c\nd\n").faults, ElementsAre("csv_quote@1:4"));
  EXPECT_THAT(ReadCsv("\"a\"b,c\nd\n").records, ElementsAre("d"));
  EXPECT_THAT(ReadCsv("a\rb\nc\n").faults, ElementsAre("csv_return@1:3"));
  EXPECT_THAT(ReadCsv("a\rb\nc\n").records, ElementsAre("c"));
  EXPECT_THAT(ReadCsv(std::string("a\0b\nc\n", 6)).faults, ElementsAre("csv_nul@1:2"));
}

TEST(CsvTest, AQuoteThatNeverClosesIsNamedWhereItOpens) {
  const Read read = ReadCsv("a\nb,\"c\nd\ne\n");
  EXPECT_THAT(read.records, ElementsAre("a"));
  EXPECT_THAT(read.faults, ElementsAre("csv_quote@2:3"));
}

TEST(CsvTest, OnlyUtf8) {
  const Read read = ReadCsv("a,Zo\xEB\nb,\xC0\xAF,c\nd,e\n");  // Latin-1, an overlong form
  EXPECT_THAT(read.faults, ElementsAre("csv_utf8@1:3", "csv_utf8@2:3"));
  EXPECT_THAT(read.records, ElementsAre("d|e"));
}

TEST(CsvTest, LimitsHold) {
  const CsvLimits limits{.field_bytes = 8, .fields = 2};
  EXPECT_THAT(ReadCsv("12345678,a\n", 1000, limits).records, ElementsAre("12345678|a"));
  EXPECT_THAT(ReadCsv("a,123456789\nb\n", 1000, limits).faults, ElementsAre("csv_field_size@1:3"));
  EXPECT_THAT(ReadCsv("a,123456789\nb\n", 1000, limits).records, ElementsAre("b"));
  EXPECT_THAT(ReadCsv("a,b,c\nd\n", 1000, limits).faults, ElementsAre("csv_fields@1:6"));
  // A field without end does not grow without end.
  const Read huge = ReadCsv("\"" + std::string(1 << 20, 'x') + "\nb\n", 4096, limits);
  EXPECT_THAT(huge.faults, ElementsAre("csv_field_size@1:1"));
  EXPECT_THAT(huge.records, ElementsAre("b"));
}

}  // namespace
}  // namespace bonafide::client
