#include "storage/names/name_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "certs/random.h"
#include "certs/reason.h"
#include "tests/storage/scratch_database.h"

namespace bonafide::storage {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

NameQuery QueryOf(const std::string& name, size_t page_size = 20) {
  NameQuery query;
  query.name = name;
  query.page_size = page_size;
  return query;
}

class NameSearchTest : public ::testing::Test {
 protected:
  NameSearchTest()
      : secret_(*IndexSecret::OpenFile(database_.directory() + "/secret", certs::SystemRandom())),
        index_(*database_, secret_) {
    WriteBatch batch;
    index_.SetLogSize(0, batch);
    EXPECT_TRUE(database_->Write(std::move(batch)).ok());
  }

  // Files `name` as the next event of the log.
  void Add(uint64_t subject, const std::string& name, const std::string& town = "") {
    WriteBatch batch;
    NamesOfEvent names{{{subject}, {log_size_++}}, name, std::nullopt};
    if (!town.empty()) names.town = town;
    ASSERT_TRUE(index_.Add(names, batch).ok());
    index_.SetLogSize(log_size_, batch);
    ASSERT_TRUE(database_->Write(std::move(batch)).ok());
  }

  void Remove(uint64_t subject) {
    WriteBatch batch;
    ASSERT_TRUE(index_.Remove(*database_->Now(), SubjectNumber{subject}, batch).ok());
    ASSERT_TRUE(database_->Write(std::move(batch)).ok());
  }

  NameAnswer Ask(const NameQuery& query, const NameSearchLimits& limits = {}) {
    const auto answer = SearchNames(index_, *database_->Now(), query, limits);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? *answer : NameAnswer();
  }

  std::vector<uint64_t> Find(const std::string& name,
                             const std::optional<std::string>& town = std::nullopt) {
    std::vector<uint64_t> subjects;
    for (const NameHit& hit : Ask({name, town, std::nullopt, 50}).hits) {
      subjects.push_back(hit.subject.value);
    }
    return subjects;
  }

  std::string Reason(const std::string& name) {
    return ReasonOf(SearchNames(index_, *database_->Now(), QueryOf(name)).status());
  }

  ScratchDatabase database_;
  IndexSecret secret_;
  NameIndex index_;
  uint64_t log_size_ = 0;
};

TEST_F(NameSearchTest, FindsWhatIsTypedInManyWays) {
  struct Case {
    const char* held;
    const char* typed;
  };
  const std::vector<Case> cases = {
      {"Anna Example", "anna example"},
      {"Anna Example", "EXAMPLE, Anna"},
      {"Anna Example", "example"},
      {"Zo\u00eb Sampleton", "zoe sampleton"},
      {"Zo\u00eb Sampleton", "Zoe\u0308 Sampleton"},
      {"Zoe Plainley", "zo\u00eb plainley"},
      {"\u0141ukasz Przyk\u0142ad", "lukasz przyklad"},
      {"\u041e\u043b\u0435\u043d\u0430 \u0417\u0440\u0430\u0437\u043a\u043e", "olena zrazko"},
      {"Mary O'Specimen", "mary ospecimen"},
      {"Mary O'Specimen", "mary o specimen"},
      {"Mary O'Specimen", "mary o\u2019specimen"},
      {"Mary O'Specimen", "mary specimen"},
      {"Mary Ospecimene", "mary o'specimene"},
      {"Anne-Marie Trialby", "annemarie trialby"},
      {"Anne-Marie Trialby", "anne marie trialby"},
      {"Annemaria Trialsen", "anne maria trialsen"},
      {"Jane Proofley-Testham", "jane proofley"},
      {"Jane Proofley-Testham", "jane testham"},
      {"Jane Proofley-Testham", "jane proofley testham"},
      {"Jane Proofley-Testham", "jane proofleytestham"},
      {"Mac Mockington", "macmockington"},
      {"Macfixture Iain", "mac fixture iain"},
      {"Carla de la Muestra", "carla delamuestra"},
      {"Carla de la Muestra", "carla muestra"},
      {"Robert Dummyworth", "bob dummyworth"},
      {"Kate Placeholder", "catherine placeholder"},
      {"Steven Stubbs", "stephen stubbs"},
      {"Wilhelmina Samplesmith", "wilhelmina samplesmth"},    // a letter missing
      {"Wilhelmina Samplesmith", "wilhelmina samplesmiith"},  // one too many
      {"Wilhelmina Samplesmith", "wilhelmina sampelsmith"},   // two swapped
      {"Wilhelmina Samplesmith", "wilhelmnia samplesmit"},    // one error in each
      {"Wilhelmina Samplesmith", "wilhelmina zampelsmith"},   // two errors in a long word
      {"Wilhelmina Samplesmith", "wilh sampl"},               // beginnings
      {"Ana Tester", "anna tester"},
      {"Li Modelo", "li modelo"},
      {"J\u00fcrgen Mu\u00dfter", "jurgen musster"},
      {"Peter Paul Triplet", "peter john triplet"},  // of three words one may miss
      {"Peter Paul Triplet", "p triplet"},           // an initial
  };
  uint64_t subject = 100;
  for (const Case& c : cases) Add(subject++, c.held);
  subject = 100;
  for (const Case& c : cases) {
    EXPECT_THAT(Find(c.typed), Contains(subject)) << c.typed << " for " << c.held;
    ++subject;
  }
}

TEST_F(NameSearchTest, DoesNotFindTheRest) {
  Add(1, "Anna Example");
  Add(2, "Ian Short");
  for (const char* typed : {"hannah sampleton", "anna other", "exam pie", "ample", "nn example",
                            "an", "iam nobody", "sho ianna", "le"}) {
    EXPECT_THAT(Find(typed), IsEmpty()) << typed;
  }
}

TEST_F(NameSearchTest, RanksByTheWorstWord) {
  Add(1, "Robyn Smithe");      // one error, and smith begins smithe
  Add(2, "Robbin Smith");      // one error
  Add(3, "Bob Smith");         // nickname
  Add(4, "Robinson Smith");    // begins with robin
  Add(5, "R\u00f3bin Smith");  // but for the accent
  Add(6, "Robin Jo Smith");    // exact, with another word
  Add(7, "Robin Smith");       // the whole name
  EXPECT_THAT(Find("robin smith"), ElementsAre(7, 6, 5, 4, 3, 2, 1));
}

TEST_F(NameSearchTest, RanksAccentsAsTyped) {
  Add(1, "Zoe Example");
  Add(2, "Zo\u00eb Example");
  EXPECT_THAT(Find("zo\u00eb example"), ElementsAre(2, 1));
  EXPECT_THAT(Find("zoe example"), ElementsAre(1, 2));
}

TEST_F(NameSearchTest, TwoErrorsComeAfterOne) {
  Add(1, "Samplesmyht");
  Add(2, "Samplesmiht");
  EXPECT_THAT(Find("samplesmith"), ElementsAre(2, 1));
}

TEST_F(NameSearchTest, FindsEveryNameAPersonHasHeld) {
  Add(1, "Anna Example", "Leeds");
  Add(1, "Anna Sampleton", "York");
  EXPECT_THAT(Find("anna example"), ElementsAre(1));
  EXPECT_THAT(Find("example sampleton"), ElementsAre(1));
  const NameAnswer answer = Ask({"anna", std::nullopt, std::nullopt, 5});
  ASSERT_THAT(answer.hits, SizeIs(1));
  EXPECT_THAT(answer.hits[0].names, ElementsAre("Anna Sampleton", "Anna Example"));
  EXPECT_EQ(answer.hits[0].town, "York");
}

TEST_F(NameSearchTest, FiltersByTown) {
  Add(1, "Anna Example", "Leeds");
  Add(2, "Anna Example", "Kingston upon Hull");
  Add(3, "Anna Example");
  EXPECT_THAT(Find("anna example", "leeds"), ElementsAre(1));
  EXPECT_THAT(Find("anna example", "HULL"), ElementsAre(2));
  EXPECT_THAT(Find("anna example", "hull kingston"), ElementsAre(2));
  EXPECT_THAT(Find("anna example", "hull leeds"), IsEmpty());
  EXPECT_THAT(Find("anna example", ""), ElementsAre(1, 2, 3));
  EXPECT_THAT(Find("leeds"), IsEmpty());  // a town is no name
}

TEST_F(NameSearchTest, RefusesQueriesThatSayTooLittleOrTooMuch) {
  Add(1, "Anna Example");
  for (const char* typed : {"", " ", "a", "a b c", "'-'", "!"}) {
    EXPECT_EQ(Reason(typed), "search_too_short") << typed;
  }
  EXPECT_EQ(Reason(std::string(201, 'a')), "search_too_long");
  EXPECT_EQ(Reason("aa bb cc dd ee ff gg hh ii"), "search_too_long");
  EXPECT_EQ(Reason("Zo\xeb"), "text_utf8");
  EXPECT_EQ(Reason("anna"), "");
}

TEST_F(NameSearchTest, NeverListsMoreThanItsCap) {
  for (uint64_t i = 0; i < 130; ++i) Add(1000 + i, "Maryx" + std::string(1, 'a' + i % 26));
  // Two letters are a word or nothing; three are the beginning of many.
  EXPECT_THAT(Find("ma"), IsEmpty());
  NameQuery query{"mar", std::nullopt, std::nullopt, 1'000'000'000};
  std::set<uint64_t> seen;
  for (int page = 0; page < 10; ++page) {
    const NameAnswer answer = Ask(query);
    EXPECT_LE(answer.hits.size(), 50U);
    for (const NameHit& hit : answer.hits) EXPECT_TRUE(seen.insert(hit.subject.value).second);
    EXPECT_EQ(answer.capped, !answer.next.has_value());
    if (!answer.next) break;
    query.after = answer.next;
  }
  EXPECT_EQ(seen.size(), 100U);
}

TEST_F(NameSearchTest, BoundsTheWorkOfOneSearch) {
  for (uint64_t i = 0; i < 40; ++i) Add(1000 + i, "Maryx" + std::string(1, 'a' + i % 20));
  NameSearchLimits few_words;
  few_words.vocabulary_words = 10;
  const NameAnswer of_words = Ask({"mary", std::nullopt, std::nullopt, 50}, few_words);
  EXPECT_TRUE(of_words.capped);
  EXPECT_THAT(of_words.hits, SizeIs(20));
  NameSearchLimits few_postings;
  few_postings.postings = 7;
  const NameAnswer of_postings = Ask({"mary", std::nullopt, std::nullopt, 50}, few_postings);
  EXPECT_TRUE(of_postings.capped);
  EXPECT_THAT(of_postings.hits, SizeIs(7));
}

// Pages hold everybody once, in one order, whatever is added between two of them.
TEST_F(NameSearchTest, PagesHaveNeitherGapsNorRepeats) {
  const std::vector<std::string> names = {"Anna Example",    "Ana Example",   "Annabel Example",
                                          "Anna Jo Example", "Annie Example", "Anna Examples"};
  for (uint64_t i = 0; i < 60; ++i) Add(500 + i, names[i % names.size()]);
  const std::vector<uint64_t> all = Find("anna example");
  ASSERT_THAT(all, SizeIs(50));

  NameQuery query{"anna example", std::nullopt, std::nullopt, 7};
  std::vector<uint64_t> paged;
  for (uint64_t round = 0;; ++round) {
    const NameAnswer answer = Ask(query);
    for (const NameHit& hit : answer.hits) paged.push_back(hit.subject.value);
    if (!answer.next) break;
    query.after = *NamePosition::Parse(answer.next->Encode());
    EXPECT_EQ(query.after, answer.next);
    Add(round, "Anna Example");             // sorts before all pages
    Add(900 + round, "Annabella Example");  // and among later ones
    Add(559 - round, "Anna Example");       // and one listed later now fits better
  }
  ASSERT_THAT(paged, SizeIs(60));
  EXPECT_TRUE(std::equal(all.begin(), all.end(), paged.begin()));
  EXPECT_EQ(std::set(paged.begin(), paged.end()).size(), 60U);
  EXPECT_THAT(Find("anna example"), Contains(0));
}

TEST_F(NameSearchTest, RefusesTokensOfAnotherForm) {
  EXPECT_EQ(ReasonOf(NamePosition::Parse("").status()), "page_token");
  EXPECT_EQ(ReasonOf(NamePosition::Parse(std::string(25, 'x')).status()), "page_token");
}

TEST_F(NameSearchTest, ForgetsWhatIsRemoved) {
  Add(1, "Uniquely Sampleton", "Leeds");
  const size_t rows = database_.Count(Family::kNames);
  Add(2, "Anna Sampleton");
  Remove(2);
  EXPECT_EQ(database_.Count(Family::kNames), rows);
  EXPECT_THAT(Find("anna"), IsEmpty());
  EXPECT_THAT(Find("sampletom"), ElementsAre(1));  // the shared word is still looked up
  Remove(1);
  EXPECT_EQ(database_.Count(Family::kNames), 1U);  // the header
  EXPECT_THAT(Find("sampleton"), IsEmpty());
  Add(3, "Uniquely Sampleton");
  EXPECT_THAT(Find("uniqely samplet"), ElementsAre(3));
}

TEST_F(NameSearchTest, RemovesOneEventOnly) {
  Add(1, "Anna Example");
  Add(1, "Anna Sampleton");
  WriteBatch batch;
  ASSERT_TRUE(index_.Remove(*database_->Now(), LoggedAt{{1}, {0}}, batch).ok());
  ASSERT_TRUE(database_->Write(std::move(batch)).ok());
  EXPECT_THAT(Find("anna example"), IsEmpty());
  EXPECT_THAT(Find("anna sampleton"), ElementsAre(1));
}

TEST_F(NameSearchTest, AddingAgainChangesNothing) {
  Add(1, "Zo\u00eb O'Example", "Leeds");
  const size_t rows = database_.Count(Family::kNames);
  --log_size_;
  Add(1, "Zo\u00eb O'Example", "Leeds");
  EXPECT_EQ(database_.Count(Family::kNames), rows);
}

TEST_F(NameSearchTest, IsRebuiltToTheSameKeys) {
  Add(1, "Zo\u00eb Example", "Leeds");
  Add(2, "Anna Example");
  auto rows = [this] {
    std::vector<std::string> all;
    EXPECT_TRUE(database_->Now()
                    ->Scan(Family::kNames, "", "",
                           [&all](std::string_view key, std::string_view) {
                             all.emplace_back(key);
                             return true;
                           })
                    .ok());
    return all;
  };
  const auto before = rows();
  WriteBatch damage;
  damage.Put(Family::kNames, "d garbage", "?");
  ASSERT_TRUE(database_->Write(std::move(damage)).ok());
  ASSERT_TRUE(
      index_
          .Rebuild(2,
                   [](const NameIndex::TakeNames& take) {
                     const absl::Status status = take({{{1}, {0}}, "Zo\u00eb Example", "Leeds"});
                     return status.ok() ? take({{{2}, {1}}, "Anna Example", std::nullopt}) : status;
                   })
          .ok());
  EXPECT_EQ(rows(), before);
  EXPECT_THAT(Find("zoe exampel", "leeds"), ElementsAre(1));
}

TEST_F(NameSearchTest, IsStaleUntilARebuildHasEnded) {
  EXPECT_EQ(*index_.State(), NameIndexState::kReady);
  Add(1, "Anna Example");
  const absl::Status interrupted =
      index_.Rebuild(1, [](const NameIndex::TakeNames&) { return Malformed("interrupted", ""); });
  EXPECT_EQ(ReasonOf(interrupted), "interrupted");
  EXPECT_EQ(*index_.State(), NameIndexState::kStale);
  EXPECT_EQ(Reason("anna"), "name_index_stale");
}

TEST_F(NameSearchTest, IsStaleUnderAnotherSecretOrIcu) {
  const IndexSecret other =
      *IndexSecret::OpenFile(database_.directory() + "/other", certs::SystemRandom());
  EXPECT_EQ(*NameIndex(*database_, other).State(), NameIndexState::kStale);
  std::string header = *database_->Require(Family::kNames, "h");
  header.back() ^= 1;  // the version of Unicode
  WriteBatch batch;
  batch.Put(Family::kNames, "h", header);
  ASSERT_TRUE(database_->Write(std::move(batch)).ok());
  EXPECT_EQ(*index_.State(), NameIndexState::kStale);
  WriteBatch removal;
  removal.Delete(Family::kNames, "h");
  ASSERT_TRUE(database_->Write(std::move(removal)).ok());
  EXPECT_EQ(*index_.State(), NameIndexState::kEmpty);
  EXPECT_EQ(Reason("anna"), "name_index_stale");
}

TEST_F(NameSearchTest, KeepsNoLetterOfANameInAKey) {
  Add(1, "Canaryname Example", "Canarytown");
  EXPECT_TRUE(database_->Now()
                  ->Scan(Family::kNames, "", "",
                         [](std::string_view key, std::string_view) {
                           EXPECT_THAT(std::string(key), Not(::testing::HasSubstr("anary")));
                           return true;
                         })
                  .ok());
}

TEST_F(NameSearchTest, DamageIsNotAnEmptyAnswer) {
  Add(1, "Anna Example");
  WriteBatch batch;
  batch.Put(Family::kNames, "d" + LoggedAtKey({{1}, {0}}), "?");
  ASSERT_TRUE(database_->Write(std::move(batch)).ok());
  EXPECT_EQ(Reason("anna"), "data_damaged");
}

}  // namespace
}  // namespace bonafide::storage
