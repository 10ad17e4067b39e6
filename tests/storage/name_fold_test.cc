#include "storage/names/name_fold.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "certs/reason.h"

namespace bonafide::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Whole(const std::string& text) { return FoldName(text)->Whole(); }

std::vector<std::string> Joined(const std::string& text) {
  std::vector<std::string> joined;
  const FoldedName name = *FoldName(text);
  for (const NameWord& word : name.words) {
    if (!word.joined.empty()) joined.push_back(word.joined);
  }
  return joined;
}

TEST(NameFoldTest, TakesCaseAndAccentsAway) {
  struct Case {
    const char* text;
    const char* folded;
  };
  for (const Case& c : std::vector<Case>{
           {"Anna EXAMPLE", "anna example"},
           {"Zo\u00eb", "zoe"},
           {"Zoe\u0308", "zoe"},  // decomposed
           {"\u0141ukasz", "lukasz"},
           {"S\u00f8ren \u00c5kesson", "soren akesson"},
           {"M\u00fcller-L\u00fcdenscheidt", "muller ludenscheidt"},
           {"Stra\u00dfer", "strasser"},
           {"\u00de\u00f3ra", "thora"},
           {"\u0130brahim", "ibrahim"},
           {"\u041e\u043b\u0435\u043d\u0430", "olena"},                // Cyrillic
           {"\u0393\u03b9\u03ce\u03c1\u03b3\u03bf\u03c2", "giorgos"},  // Greek
           {"Ngu\u1ec5n V\u0103n An", "nguen van an"},
           {"\uff21\uff4e\uff4e\uff41", "anna"},  // full width
           {"  Anna\t Example ", "anna example"},
           {"Anna (Annie) Example, MSc", "anna annie example msc"},
           {"Henry 8th", "henry 8th"},
       }) {
    EXPECT_EQ(Whole(c.text), c.folded) << c.text;
  }
}

TEST(NameFoldTest, JoinsWhatIsAlsoWrittenAsOneWord) {
  EXPECT_EQ(Whole("O'Brien"), "o brien");
  EXPECT_THAT(Joined("O'Brien"), ElementsAre("obrien"));
  EXPECT_THAT(Joined("O\u2019Brien"), ElementsAre("obrien"));
  EXPECT_THAT(Joined("O Brien"), ElementsAre("obrien"));
  EXPECT_THAT(Joined("Anne-Marie"), ElementsAre("annemarie"));
  EXPECT_THAT(Joined("Anne\u2010Marie"), ElementsAre("annemarie"));
  EXPECT_THAT(Joined("Mac Example"), ElementsAre("macexample"));
  EXPECT_THAT(Joined("Mar\u00eda de la Cruz"), ElementsAre("dela", "lacruz"));
  EXPECT_THAT(Joined("Anne Marie"), IsEmpty());
  EXPECT_THAT(Joined("Maria - Example"), IsEmpty());  // a dash between words
  EXPECT_THAT(Joined("OBrien"), IsEmpty());
}

TEST(NameFoldTest, KeepsTheAccentedForm) {
  const FoldedName name = *FoldName("ZO\u00cb Example");
  EXPECT_EQ(name.words[0].accented, "zo\u00eb");
  EXPECT_EQ(name.words[0].folded, "zoe");
  EXPECT_EQ(name.words[1].accented, "example");
  EXPECT_EQ(FoldName("Zoe\u0308")->words[0].accented, "zo\u00eb");
}

TEST(NameFoldTest, FindsNoWordsWhereThereAreNone) {
  for (const char* text : {"", " ", "---", "'", "\u0308", "!?"}) {
    EXPECT_THAT(FoldName(text)->words, IsEmpty()) << text;
  }
}

TEST(NameFoldTest, RefusesWhatIsNotUtf8) {
  EXPECT_EQ(ReasonOf(FoldName("Zo\xeb").status()), "text_utf8");
}

TEST(NameFoldTest, NamesItsVersion) {
  EXPECT_THAT(FoldingVersion(), ::testing::MatchesRegex("[0-9.]+/[0-9.]+"));
}

}  // namespace
}  // namespace bonafide::storage
