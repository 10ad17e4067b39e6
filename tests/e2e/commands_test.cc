// Every command of `bonafide` that the stories do not use, with --json.
// GCC 12 misreads std::regex under the address sanitizer.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <regex>
#include <sstream>
#include <string>
#include <thread>

#include "tests/e2e/file.h"
#include "tests/e2e/stage.h"

namespace bonafide::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class CommandsTest : public Stage {
 protected:
  static int64_t Number(const certs::Json& json, std::string_view name) {
    return json.FindInteger(name).value_or(-1);
  }
  static size_t Count(const certs::Json& json, std::string_view name) {
    const certs::Json* items = json.Find(name);
    return items == nullptr ? 0 : items->items().size();
  }
};

TEST_F(CommandsTest, TrustPinsWhatTheServerShowsOnlyWhenTold) {
  const Program newcomer(*served_, *directory_ / "newcomer");
  const std::string trust = newcomer.state_directory() + "/trust.json";
  std::filesystem::remove(trust);
  const certs::Json shown = newcomer.Ask({"trust"}, 1);
  EXPECT_EQ(Field(shown, "origin"), kOrigin);
  EXPECT_EQ(shown.FindBool("saved"), false);
  EXPECT_FALSE(std::filesystem::exists(trust));

  const std::string genesis = Field(shown, "genesis");
  newcomer.Ask({"trust", "--genesis", std::string(64, '0')}, 3);
  EXPECT_FALSE(std::filesystem::exists(trust));
  EXPECT_EQ(newcomer.Ask({"trust", "--genesis", genesis}).FindBool("saved"), true);
  EXPECT_TRUE(std::filesystem::exists(trust));

  const Program other(*served_, *directory_ / "other");
  EXPECT_EQ(other.Ask({"trust", trust}).FindBool("saved"), true);
}

TEST_F(CommandsTest, ShowAndSearch) {
  const std::string number = players_->Person("Ngũgĩ Example-Mũrĩithi");
  const certs::Json found = players_->anyone.Ask({"search", "ngugi example murithi"});
  EXPECT_THAT(certs::WriteJson(found), HasSubstr(number));
  EXPECT_EQ(Count(players_->anyone.Ask({"search", "nobody of that name"}, 1), "matches"), 0U);

  const certs::Json shown = players_->anyone.Ask({"show", number, "--history"});
  EXPECT_EQ(Field(shown, "registration_number"), number);
  EXPECT_EQ(Count(shown, "events"), 1U);
  EXPECT_EQ(Field(players_->anyone.Ask({"show", "0000-0000-98"}), "title"),
            "Example Regulator, regulator, 0000-0000-98");
  players_->anyone.Ask({"show", "1234-5678-89"}, 1);  // no such number, and that is proven
}

TEST_F(CommandsTest, PapersByVisibility) {
  const std::string number = players_->Person("Grace Pattern");
  const std::string open = players_->Paper("open");
  const std::string closed = players_->Paper("closed");
  const Words training =
      Plus(players_->Training(number), {"--grade", "document_seen", "--seen-on", "2025-05-01"});
  players_->north.program.Ask(Plus(training, {"--public-paper", open, "--paper", closed}));
  const std::string open_name =
      Field(players_->north.program.Ask({"paper", "put", open}), "sha256");
  const std::string closed_name =
      Field(players_->north.program.Ask({"paper", "put", closed}), "sha256");

  const std::string copy = *directory_ / "copy.pdf";
  EXPECT_EQ(Field(players_->anyone.Ask({"paper", "get", open_name, "-o", copy}), "type"),
            "application/pdf");
  EXPECT_EQ(ReadText(copy), ReadText(open));
  players_->registrar.program.Ask({"paper", "get", closed_name, "-o", copy});
  EXPECT_EQ(ReadText(copy), ReadText(closed));
  // A restricted paper and one that never was look alike.
  const certs::Json hidden =
      players_->south.program.Ask({"paper", "get", closed_name, "-o", copy}, 1);
  EXPECT_EQ(hidden, players_->anyone.Ask({"paper", "get", closed_name, "-o", copy}, 1));
  EXPECT_EQ(hidden, players_->anyone.Ask({"paper", "get", std::string(64, 'a'), "-o", copy}, 1));
}

TEST_F(CommandsTest, OrganisationsTheirKeysAndTheirEnd) {
  Players::Organisation clinic = players_->Admit("clinic", "Example Clinic East");
  const std::string grant = players_->Grant(clinic, "register", "*");
  const Words enrol = {"practitioner", "register", "--name", "Example Person"};
  clinic.program.Ask(enrol);

  const std::string second = *directory_ / "east2.key";
  const certs::Json key = players_->anyone.Ask({"keygen", second, "--algorithm", "Ed25519"});
  const Program regulator = players_->regulator.program;
  const Words add = {"org", "key", "add", clinic.number, "--public-key", Field(key, "public_file")};
  clinic.program.Ask(add);
  Program with_second = clinic.program;
  with_second.Act(clinic.number, second);
  with_second.Ask(enrol);
  const certs::Json again = regulator.Ask(add, 1);
  EXPECT_EQ(Field(*again.Find("error"), "reason"), "already");

  const Words revoke = {"org",         "key",          "revoke",
                        clinic.number, "--thumbprint", Field(key, "thumbprint"),
                        "--reason",    "lost"};
  regulator.Ask(revoke);
  with_second.Ask(enrol, 1);
  clinic.program.Ask(enrol);

  regulator.Ask({"org", "end", clinic.number, "--target", grant, "--last-day", "2020-01-01"});
  const certs::Json refused = clinic.program.Ask(enrol, 1);
  EXPECT_EQ(Field(*refused.Find("error"), "reason"), "power_missing");
}

TEST_F(CommandsTest, AmendDisputeSanctionErase) {
  const std::string number = players_->Person("Charlotte Testcase");
  players_->Qualify(number);
  const Program& registrar = players_->registrar.program;
  registrar.Ask(
      {"practitioner", "amend", number, "--name", "Charlotte Placeholder", "--from", "2025-01-01"});
  EXPECT_EQ(Field(players_->Verify(0, number), "name"), "Charlotte Placeholder");

  const Program& regulator = players_->regulator.program;
  const std::string sanction =
      Field(regulator.Ask({"sanction", number, "--kind", "conditions", "--barred",
                           Players::kTreatment, "--from", "2025-01-01", "--until", "2025-03-01"}),
            "event");
  players_->Verify(1, number, {"--on", "2025-02-01"});
  registrar.Ask({"practitioner", "dispute", number, "--target", sanction, "--text", "Not so."});
  players_->Verify(0, number);

  const Ended unsure = regulator.Run({"erase", number});
  EXPECT_EQ(unsure.code, 64);
  players_->Verify(0, number);
  regulator.Ask({"erase", number, "--yes"});
  const certs::Json erased = players_->Verify(1, number);
  EXPECT_EQ(erased.Find("name"), nullptr);
  EXPECT_THAT(players_->anyone.Run({"show", number, "--history"}).out, Not(HasSubstr("Charlotte")));
  players_->anyone.Ask({"search", "charlotte placeholder"}, 1);
}

TEST_F(CommandsTest, ImportFilesGoodRowsOnceAndNamesBadOnes) {
  const std::string path = *directory_ / "people.csv";
  WriteText(path, ReadText(BONAFIDE_SOURCE_DIR "/scripts/demo-data/practitioners.csv"));
  const Program& north = players_->north.program;
  EXPECT_EQ(north.Run({"import", path, "--dry-run"}).code, 1);
  const std::string numbers = *directory_ / "numbers.csv";
  const certs::Json first = north.Ask({"import", path, "--numbers", numbers}, 1);
  EXPECT_EQ(Count(first, "filed"), 42U);
  ASSERT_EQ(Count(first, "bad"), 6U);
  const certs::Json& bad = first.Find("bad")->items().front();
  EXPECT_EQ(Number(bad, "line"), 7);
  EXPECT_EQ(Number(bad, "column"), 16);
  EXPECT_EQ(Field(bad, "column_name"), "birth_date");
  EXPECT_EQ(Field(bad, "reason"), "csv_birth_date");
  EXPECT_THAT(ReadText(numbers), HasSubstr("María José Ejemplo Muestra"));

  const int64_t size = Number(players_->anyone.Ask({"audit"}), "entries");
  WriteText(path, ReadText(path) + "One More,1990-01-01,Northsample\n");
  const certs::Json second = north.Ask({"import", path}, 1);
  EXPECT_EQ(Count(second, "filed"), 43U);
  EXPECT_EQ(Number(players_->anyone.Ask({"audit"}), "entries"), size + 2);  // an event and a state
}

TEST_F(CommandsTest, AuditAndCosign) {
  const certs::Json audit = players_->anyone.Ask({"audit"});
  EXPECT_EQ(Number(audit, "events") + Number(audit, "states"), Number(audit, "entries"));
  EXPECT_GT(Number(audit, "subjects"), 6);
  // The head remembered and the head shown are one, unless the register's heart beat meanwhile.
  const certs::Json again = players_->anyone.Ask({"audit"});
  EXPECT_EQ(Number(again, "heads"), Number(again, "entries") == Number(audit, "entries") ? 1 : 2);

  // A cosigner that the register's policy does not know is refused; one that it knows is kept.
  const std::string key = *directory_ / "auditor.key";
  const std::string vkey =
      Field(players_->anyone.Ask({"keygen", key, "--cosigner", "auditor.example"}), "public");
  const Words cosign = {"audit", "--cosign", key, "--name", "auditor.example"};
  const certs::Json refused = players_->anyone.Ask(cosign, 1);  // one value: audited, not cosigned
  EXPECT_EQ(Field(*refused.Find("error"), "reason"), "cosigner_unknown");
  EXPECT_EQ(refused.FindBool("cosigned"), false);
  EXPECT_GT(Number(refused, "entries"), 0);
  WriteText(served_->directory() + "/policy",
            "witness auditor " + vkey + "\ngroup all all auditor\nquorum all\n");
  ASSERT_EQ(served_->Stop(), 0);
  served_->Configure("cosigner_policy", "\"policy\"");
  served_->Start();
  {
    // Others file all the while, so that the newest head is never the one that is kept.
    std::atomic<bool> done = false;
    std::thread clinic([&done] {
      while (!done) players_->Person("Busy Example");
    });
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(players_->anyone.Ask(cosign).FindBool("cosigned"), true);
    }
    done = true;
    clinic.join();
  }
  players_->anyone.Ask({"verify", "1234-5678-89", Players::kTreatment, "--cosigned"}, 1);

  // Whoever asks for the cosigner gets a cosigned head without saying so, and can file.
  Program careful(*served_, *directory_ / "careful");
  std::filesystem::remove(careful.state_directory() + "/trust.json");
  careful.Ask({"trust", "--yes", "--policy", served_->directory() + "/policy"});
  careful.Act(players_->north.number, players_->north.key_path);
  const std::string number = Field(
      careful.Ask({"practitioner", "register", "--name", "New Example"}), "registration_number");
  careful.Ask({"practitioner", "affiliate", number, "--from", "2025-02-01"});
  const certs::Json unknown = careful.Ask({"show", number}, 1);
  EXPECT_THAT(Field(*unknown.Find("error"), "message"), HasSubstr("had not been given by"));
  // A head is kept for cosigners once a second.
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  players_->Person("Next Example");
  players_->anyone.Ask(cosign);
  careful.Ask({"show", number});
}

TEST_F(CommandsTest, CompletionForEachShell) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const Ended ended = players_->anyone.Run({"completion", shell});
    EXPECT_EQ(ended.code, 0);
    for (const char* word : {"verify", "same-person", "known-at"}) {
      EXPECT_THAT(ended.out, HasSubstr(word)) << shell;
    }
  }
  EXPECT_EQ(players_->anyone.Run({"completion", "csh"}).code, 64);
}

TEST_F(CommandsTest, CompletionIsReadByTheShells) {
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    const std::string path = *directory_ / ("completion." + shell);
    WriteText(path, players_->anyone.Run({"completion", shell}).out);
    const std::string program = "/usr/bin/" + shell;
    // The script for zsh is that for bash after one line, so bash may read it in its place.
    const std::string reader = std::filesystem::exists(program) ? program : "/usr/bin/bash";
    if (shell == "fish" && reader != program) continue;
    const Ended read = RunToEnd({{reader, "-n", path}, {}, "", ""});
    EXPECT_EQ(read.code, 0) << read.err;
    EXPECT_EQ(read.err, "");
  }
  // Where there is no fish: every line is one command with its quotes closed.
  std::istringstream fish(ReadText(*directory_ / "completion.fish"));
  static const std::regex kLine(
      "#.*|complete -c bonafide( -n ([a-z_]+|'[a-z_ -]+'))?"
      "( -f -a [a-z-]+ -d '([^'\\\\]|\\\\.)*'| -l [a-z0-9-]+)");
  std::string line;
  int lines = 0;
  for (; std::getline(fish, line); ++lines) EXPECT_TRUE(std::regex_match(line, kLine)) << line;
  EXPECT_GT(lines, 100);
  // What bash offers.
  const auto offered = [](const std::string& words, int at) {
    return RunToEnd({{"/usr/bin/bash", "-c",
                      "source " + (*directory_ / "completion.bash") + "; COMP_WORDS=(" + words +
                          "); COMP_CWORD=" + std::to_string(at) +
                          "; _bonafide; echo \"${COMPREPLY[*]}\""},
                     {},
                     "",
                     ""})
        .out;
  };
  EXPECT_EQ(offered("bonafide ver", 1), "verify\n");
  EXPECT_EQ(offered("bonafide org key ''", 3).substr(0, 11), "add revoke ");
  EXPECT_EQ(offered("bonafide verify --known", 2), "--known-at\n");
}

}  // namespace
}  // namespace bonafide::e2e
