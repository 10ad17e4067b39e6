#include "client/import_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "certs/reason.h"

namespace bonafide::client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Result {
  std::vector<ImportRow> rows;
  std::vector<std::string> bad;  // "line:column name reason"
  std::string header;            // the reason it was refused
};

Result Import(const std::string& text) {
  ImportReader reader(registry::Day::Parse("2026-05-03").value());
  reader.Feed(text);
  Result result;
  result.header = ReasonOf(reader.Finish());
  result.rows = reader.rows();
  for (const BadRow& row : reader.bad()) {
    result.bad.push_back(std::to_string(row.line) + ":" + std::to_string(row.column) + " " +
                         row.column_name + " " + row.reason);
  }
  return result;
}

TEST(ImportRowsTest, ColumnsStandInAnyOrder) {
  const Result result = Import(
      "town,name,reference,birth_date\nExampleton,Zo\xC3\xAB Example-Jones,S-7,1990-02-28\n"
      ",O'Example,,\n");
  EXPECT_EQ(result.header, "");
  EXPECT_THAT(result.bad, IsEmpty());
  ASSERT_EQ(result.rows.size(), 2u);
  EXPECT_EQ(result.rows[0].name, "Zo\xC3\xAB Example-Jones");
  EXPECT_EQ(result.rows[0].town, "Exampleton");
  EXPECT_EQ(result.rows[0].birth_date, "1990-02-28");
  EXPECT_EQ(result.rows[0].reference, "S-7");
  EXPECT_EQ(result.rows[1].line, 3u);
  EXPECT_EQ(result.rows[1].town, "");
}

TEST(ImportRowsTest, AWrongHeaderStopsEverything) {
  for (const char* header : {"", "\n", "town\nx\n", "name,name\na,b\n", "name,surname\na,b\n",
                             "Name\na\n", "name,\na,b\n", "na\"me\na\n"}) {
    const Result result = Import(header);
    EXPECT_EQ(result.header, "csv_header") << header;
    EXPECT_THAT(result.rows, IsEmpty()) << header;
  }
}

TEST(ImportRowsTest, BadRowsNameLineAndColumn) {
  const Result result = Import(
      "name,birth_date,town\n"
      "Good Example,1990-01-01,Exampleton\n"
      "Bad Date,31/12/1990,Exampleton\n"
      "No Such Day,1990-02-29,\n"
      "Not Born,2026-05-04,\n"
      ",1990-01-01,\n"
      " Spaced,1990-01-01,\n"
      "Two Faults,x, y\n"
      "Too,Few\n"
      "\"Second \xE2\x80\xAE Example\",,\n"
      "Latin Ex\xE4mple,,\n");
  EXPECT_EQ(result.header, "");
  EXPECT_THAT(
      result.bad,
      ElementsAre("3:10 birth_date csv_birth_date", "4:13 birth_date csv_birth_date",
                  "5:10 birth_date csv_birth_date", "6:1 name csv_missing", "7:1 name csv_name",
                  "8:14 town csv_town", "8:12 birth_date csv_birth_date", "9:0  csv_columns",
                  "10:1 name csv_name", "11:1  csv_utf8"));
  ASSERT_EQ(result.rows.size(), 1u);
  EXPECT_EQ(result.rows[0].name, "Good Example");
}

TEST(ImportRowsTest, BornTodayIsBorn) {
  EXPECT_THAT(Import("name,birth_date\nNew Example,2026-05-03\n").bad, IsEmpty());
}

TEST(ImportRowsTest, TheSameRowCountsOnce) {
  const Result result = Import("name,town\nA Example,X\nB Example,X\nA Example,X\nA Example,Y\n");
  EXPECT_THAT(result.bad, ElementsAre("4:1  csv_twice"));
  EXPECT_EQ(result.rows.size(), 3u);
}

TEST(ImportRowsTest, IdentityIsWhatIsSaidAndNotWhere) {
  const auto rows = Import("name,town\nA Example,X\n\nA Example,Y\n").rows;
  const auto moved = Import("town,name\n\n\nX,A Example\n").rows;
  ASSERT_EQ(rows.size(), 2u);
  ASSERT_EQ(moved.size(), 1u);
  EXPECT_EQ(rows[0].Identity(), moved[0].Identity());
  EXPECT_NE(rows[0].Identity(), rows[1].Identity());
}

}  // namespace
}  // namespace bonafide::client
