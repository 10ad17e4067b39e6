// Files of a stopped register are damaged, one at a time: the register refuses to open, or says
// that its data is damaged, or answers what is right. It never answers what is false.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "tests/e2e/cast.h"
#include "tests/e2e/environment.h"
#include "tests/e2e/example_paper.h"
#include "tests/e2e/file.h"
#include "tests/e2e/oracle.h"
#include "tests/e2e/served_register.h"
#include "tests/e2e/status_text.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::e2e {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr auto kPatience = std::chrono::seconds(30);
constexpr size_t kPageBytes = 4096;

enum class Damage { kFlippedByte, kZeroedPage, kTruncated };
constexpr std::array<const char*, 3> kDamageNames = {"a flipped byte", "a zeroed page", "cut off"};

std::string Damaged(std::string bytes, Damage damage, size_t offset, std::mt19937_64& random) {
  switch (damage) {
    case Damage::kFlippedByte:
      bytes[offset] = static_cast<char>(bytes[offset] ^ (1 + random() % 255));
      break;
    case Damage::kZeroedPage: {
      const size_t begin = offset / kPageBytes * kPageBytes;
      const size_t size = std::min(kPageBytes, bytes.size() - begin);
      bytes.replace(begin, size, size, '\0');
      break;
    }
    case Damage::kTruncated:
      bytes.resize(offset);
      break;
  }
  return bytes;
}

class DamageTest : public ::testing::Test {
 protected:
  // People with a past: in tables, because the register was opened again since, but for the last.
  DamageTest()
      : seed_(FromEnvironment("BONAFIDE_DAMAGE_SEED", std::random_device{}())),
        random_(seed_),
        served_(directory_ / "register"),
        oracle_(served_.trust()) {
    served_.Start();
    {
      Visitor visitor(served_, directory_ / "state");
      cast_.emplace(served_, visitor);
      able_ = cast_->Practitioner(visitor, "Ona Example");
      withdrawn_ = cast_->Practitioner(visitor, "Ada Example");
      Withdraw(visitor, withdrawn_);
      erased_ = cast_->Practitioner(visitor, "Cyd Example");
      EXPECT_EQ(Text(visitor.File(cast_->regulator, registry::Erasure{}, erased_.about)), "ok");
      visitor.Act(cast_->clinic);
      EXPECT_EQ(Text(visitor.remote().UploadPaper(paper_)), "ok");
      EXPECT_EQ(Text(visitor.File(cast_->clinic, cast_->TrainingOf(registry::Grade::kDocumentSeen),
                                  able_.about, {PaperSlot("public_papers", paper_)})),
                "ok");
    }
    EXPECT_EQ(served_.Stop(), 0);
    served_.Start();
    Visitor visitor(served_, directory_ / "state");
    latest_ = cast_->Practitioner(visitor, "Eve Example");
    Withdraw(visitor, latest_);
    EXPECT_EQ(Text(oracle_.HoldAgainst(visitor.remote())), "ok");
    const auto erased = visitor.Ask(cast_->Ask(erased_));
    EXPECT_EQ(Text(erased), "ok");
    if (erased.ok()) erased_outcome_ = erased->proven.verdict.outcome;
    EXPECT_THAT(Sweep(served_, directory_ / "state", false), IsEmpty());
    served_.Kill();
  }

  void Withdraw(const Visitor& visitor, const Party& person) {
    const auto answer = visitor.Ask(cast_->Ask(person));
    ASSERT_EQ(Text(answer), "ok");
    ASSERT_EQ(answer->proven.verdict.outcome, registry::Outcome::kYes);
    for (const auto& event : answer->proven.world->Find(person.about.number)->events()) {
      if (event->As<registry::Training>() == nullptr) continue;
      registry::Withdrawal withdrawal;
      withdrawal.target = event->event().id;
      withdrawal.reason = registry::WithdrawalReason::kFraud;
      EXPECT_EQ(Text(visitor.File(cast_->awarding_body, withdrawal, person.about)), "ok");
    }
  }

  // Everything `served` answers falsely. `is_behind`: it says of itself that it lost its end.
  std::vector<std::string> Sweep(const ServedRegister& served, const std::string& state,
                                 bool is_behind) {
    std::vector<std::string> lies;
    const Visitor visitor(served, state);
    const auto expect = [&](const Party& person, registry::Outcome outcome,
                            std::optional<std::string> name) {
      const auto answer = visitor.Ask(cast_->Ask(person));
      const std::string who = "subject " + std::to_string(person.about.number.value) + ": ";
      if (!answer.ok()) {
        if (!Honest(answer.status())) lies.push_back(who + Text(answer));
        return;
      }
      if (is_behind && client::IsOlder(answer->head)) return;
      if (answer->proven.verdict.outcome != outcome) lies.push_back(who + "another verdict");
      const auto shown = client::ProvenName(answer->proven, person.about.number);
      if (shown != name) lies.push_back(who + "is named " + shown.value_or("nothing"));
    };
    expect(able_, registry::Outcome::kYes, "Ona Example");
    expect(withdrawn_, registry::Outcome::kNo, "Ada Example");
    expect(erased_, erased_outcome_, std::nullopt);
    expect(latest_, registry::Outcome::kNo, "Eve Example");

    std::string bytes;
    const auto fetched = visitor.remote().FetchPaper(Sha256(paper_), [&](std::string_view more) {
      bytes += more;
      return absl::OkStatus();
    });
    if (fetched.ok() ? bytes != paper_ : !Honest(fetched.status())) {
      lies.push_back("paper: " + Text(fetched));
    }
    const auto found = visitor.remote().Search({"Ona Example", "", 0, ""});
    if (found.ok() ? found->matches.empty() : !Honest(found.status())) {
      lies.push_back("search: " + Text(found));
    }
    const auto gone = visitor.remote().Search({"Cyd Example", "", 0, ""});
    if (gone.ok() && !gone->matches.empty() && gone->matches.front().number == erased_.about.number)
      lies.push_back("the erased name is found");
    if (!is_behind) {
      const absl::Status held = oracle_.HoldAgainst(visitor.remote());
      if (!held.ok() && !Honest(held)) lies.push_back(Text(held));
    }
    return lies;
  }
  // An error that says that something is wrong here, and nothing about what was asked.
  static bool Honest(const absl::Status& status) {
    if (ReasonOf(status) == "oracle") return false;
    return absl::IsDataLoss(status) || absl::IsUnavailable(status) || absl::IsUnknown(status);
  }

  // Damages a copy, and looks at what becomes of it.
  void Try(const std::string& name, Damage damage) {
    const std::string right = ReadText(served_.directory() + "/" + name);
    if (right.empty()) return;
    const std::string path = directory_ / "damaged";
    ServedRegister copy(served_, path);
    const size_t offset = random_() % right.size();
    SCOPED_TRACE(name + " (" + std::to_string(right.size()) + " bytes), " +
                 kDamageNames[static_cast<size_t>(damage)] + " at " + std::to_string(offset));
    const std::string wrong = Damaged(right, damage, offset, random_);
    WriteText(path + "/" + name, wrong);
    const auto began = std::chrono::steady_clock::now();
    const auto said = copy.TryStart();
    if (said) {
      EXPECT_EQ(copy.ended_code(), 1) << *said;
      EXPECT_THAT(*said, HasSubstr("bonafided: "));
      ++refused_;
    } else {
      const bool is_behind = copy.log().find("\"signing\":\"read_only\"") != std::string::npos;
      fs::remove_all(directory_ / "copies");
      fs::copy(directory_ / "state", directory_ / "copies", fs::copy_options::recursive);
      EXPECT_THAT(Sweep(copy, directory_ / "copies", is_behind), IsEmpty()) << copy.log();
      EXPECT_FALSE(copy.HasDied());
      EXPECT_EQ(copy.Stop(), 0);
      // A table is read only where it is asked for; the check reads all of it.
      if (name.ends_with(".sst") && wrong != right) {
        const Ended check = RunToEnd(Bonafided({"check", "--data", path}));
        EXPECT_THAT(check.code, ::testing::AnyOf(1, 2, 3)) << check.out << check.err;
      }
    }
    EXPECT_THAT(copy.log(), AllOf(Not(HasSubstr("Sanitizer")), Not(HasSubstr("Assertion"))));
    EXPECT_LT(std::chrono::steady_clock::now() - began, kPatience);
    fs::remove_all(path);
    for (const char* beside : {".log", ".regulator.key"}) fs::remove(path + beside);
    ++tried_;
  }

  const storage::TemporaryDirectory directory_;
  const uint64_t seed_;
  std::mt19937_64 random_;
  const std::string paper_ = ExamplePdf("public", 300'000);
  ServedRegister served_;
  Oracle oracle_;
  std::optional<Cast> cast_;
  Party able_, withdrawn_, erased_, latest_;
  registry::Outcome erased_outcome_ = registry::Outcome::kYes;
  int tried_ = 0;
  int refused_ = 0;
};

// BONAFIDE_DAMAGES: how many places of every file; without it one place each of a few files.
TEST_F(DamageTest, NothingFalseIsAnswered) {
  std::vector<std::string> tables;
  std::vector<std::string> others = {"high-water", "keys/log.key", "erased", "index-secret"};
  for (const auto& file : fs::directory_iterator(served_.directory() + "/db")) {
    const std::string name = "db/" + file.path().filename().string();
    (name.ends_with(".sst") ? tables : others).push_back(name);
  }
  std::sort(tables.begin(), tables.end());
  std::sort(others.begin(), others.end());
  EXPECT_GT(tables.size(), 5U);
  EXPECT_THAT(others, ::testing::Contains(HasSubstr("MANIFEST")));
  std::cout << "BONAFIDE_DAMAGE_SEED=" << seed_ << std::endl;
  const auto any = [this] { return static_cast<Damage>(random_() % kDamageNames.size()); };
  const uint64_t places = FromEnvironment("BONAFIDE_DAMAGES", 0);
  if (places == 0) {
    std::shuffle(tables.begin(), tables.end(), random_);
    tables.resize(2);
    for (const std::string& name : others) Try(name, any());
    for (const std::string& name : tables) Try(name, any());
  }
  for (uint64_t place = 0; place < places; ++place) {
    for (const std::string& name : others) Try(name, any());
    for (const std::string& name : tables) Try(name, any());
  }
  std::cout << tried_ << " damages, of which " << refused_ << " kept it from serving" << std::endl;
}

}  // namespace
}  // namespace bonafide::e2e
