// What is wrong comes with one clear answer that says where, and changes nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "tests/e2e/file.h"
#include "tests/e2e/stage.h"

namespace bonafide::e2e {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto kPrivate = fs::perms::owner_read | fs::perms::owner_write;

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

class BadInputTest : public Stage {
 protected:
  static Words Question() { return {"verify", "0000-0000-98", Players::kTreatment}; }
  // Asks with `trust` as trust file, in vain.
  static void ExpectUntrusted(const std::string& trust, const std::string& reason) {
    const Program reader(*served_, *directory_ / "reader");
    const std::string path = reader.state_directory() + "/trust.json";
    WriteText(path, trust);
    const Ended ended = reader.Run(Question());
    EXPECT_EQ(ended.code, 3) << reason;
    EXPECT_THAT(ended.out, AllOf(HasSubstr("COULD NOT CHECK"), Not(HasSubstr("YES")))) << reason;
    EXPECT_THAT(ended.err, HasSubstr("[" + reason + "]"));
  }
  // Serves a stopped copy of the register, in vain; returns what was said.
  static std::string Refusal(ServedRegister& copy) {
    const Ended ended = RunToEnd(Bonafided({"serve", "--data", copy.directory()}));
    EXPECT_EQ(ended.code, 1) << ended.out << ended.err;
    EXPECT_EQ(std::count(ended.err.begin(), ended.err.end(), '\n'), 1) << ended.err;
    return ended.err;
  }
};

TEST_F(BadInputTest, TrustFiles) {
  const std::string right = ReadText(served_->trust_path());
  ExpectUntrusted("", "json_syntax");
  ExpectUntrusted(right + right, "json_syntax");
  ExpectUntrusted(Replaced(right, "{", "{\"version\": 1,"), "json_duplicate_name");
  ExpectUntrusted(Replaced(right, "{", "{\"note\": \"\","), "trust_member");
  ExpectUntrusted(Replaced(right, "\"version\": 1", "\"version\": 2"), "trust_version");
  ExpectUntrusted(Replaced(right, "\"genesis\": \"", "\"genesis\": \"x"), "trust_genesis");
  ExpectUntrusted(Replaced(right, "\"policy\": \"\"", "\"policy\": \"quorum some\\n\""),
                  "trust_policy");
  // Of another register: well formed, and yet nothing is believed.
  const ServedRegister other(*directory_ / "elsewhere");
  ExpectUntrusted(ReadText(other.trust_path()), "note_unsigned");
  const std::string genesis = served_->trust().anchors.genesis.Hex();
  ExpectUntrusted(Replaced(right, genesis, other.trust().anchors.genesis.Hex()),
                  "evidence_genesis");

  const Program reader(*served_, *directory_ / "reader");
  fs::remove(reader.state_directory() + "/trust.json");
  EXPECT_EQ(reader.Run(Question()).code, 3);
}

TEST_F(BadInputTest, ServerThatIsNotTheOne) {
  const ServedRegister other(*directory_ / "another");
  Words words = Plus(Question(), {"--ca", other.ca_path(), "--timeout", "5"});
  const Ended wrong_ca = players_->anyone.Run(words);
  EXPECT_EQ(wrong_ca.code, 3);
  EXPECT_THAT(wrong_ca.err, HasSubstr("[unreachable]"));
  words = Plus(Question(), {"--server", "127.0.0.1", "--timeout", "5"});
  const Ended no_port = players_->anyone.Run(words);
  EXPECT_EQ(no_port.code, 64);
  EXPECT_THAT(no_port.err, HasSubstr("[server_address]"));
}

TEST_F(BadInputTest, Numbers) {
  for (const char* number : {"0000-0000-99", "0000-0000", "-1", "zero", ""}) {
    const Ended ended = players_->anyone.Run({"verify", number, Players::kTreatment});
    EXPECT_EQ(ended.code, 64) << number;
    EXPECT_THAT(ended.out, Not(HasSubstr("YES")));
  }
  players_->Verify(1, "1234-5678-89");
}

TEST_F(BadInputTest, Configurations) {
  ServedRegister copy(*directory_ / "configured");
  const std::string path = copy.directory() + "/bonafided.conf";
  const std::string right = ReadText(path);
  const auto line_of = [&right](const std::string& text) {
    return std::to_string(1 + std::count(right.begin(), right.begin() + right.find(text), '\n'));
  };
  WriteText(path, Replaced(right, "\nheartbeat_s =", "\nheart_beats ="));
  EXPECT_THAT(Refusal(copy), AllOf(HasSubstr("bonafided.conf:" + line_of("heartbeat_s =")),
                                   HasSubstr("config_key")));
  WriteText(path, right + "heartbeat_s = 60\n");
  EXPECT_THAT(Refusal(copy), HasSubstr("config_twice"));
  WriteText(path, right + "what is this\n");
  EXPECT_THAT(Refusal(copy), HasSubstr("config_syntax"));
  WriteText(path, Replaced(right, "\nadmin_address = \"127.0.0.1:0\"",
                           "\nadmin_address = \"0.0.0.0:0\""));
  EXPECT_THAT(Refusal(copy), HasSubstr("loopback"));
  fs::remove(path);
  EXPECT_THAT(Refusal(copy), HasSubstr("config_file"));
  EXPECT_EQ(RunToEnd(Bonafided({"serve", "--data", *directory_ / "nowhere"})).code, 1);
  EXPECT_EQ(RunToEnd(Bonafided({"serve"})).code, 64);
}

TEST_F(BadInputTest, KeyFiles) {
  ServedRegister copy(*directory_ / "keyed");
  const std::string log_key = copy.directory() + "/keys/log.key";
  fs::permissions(log_key, kPrivate | fs::perms::others_read);
  EXPECT_THAT(Refusal(copy), AllOf(HasSubstr(log_key), HasSubstr("key_file_mode")));
  fs::permissions(log_key, kPrivate);
  const std::string right = ReadText(log_key);
  const ServedRegister other(*directory_ / "keyed2");
  WriteText(log_key, ReadText(other.directory() + "/keys/log.key"));
  EXPECT_THAT(Refusal(copy), HasSubstr("log_key_wrong"));
  WriteText(log_key, "-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----\n");
  EXPECT_THAT(Refusal(copy), AllOf(HasSubstr("key_pem"), Not(HasSubstr("secret"))));
  fs::remove(log_key);
  EXPECT_THAT(Refusal(copy), HasSubstr("key_file_missing"));
  WriteText(log_key, right);
  fs::permissions(log_key, kPrivate);
  copy.Start();
  EXPECT_EQ(copy.Stop(), 0);

  // Of an organisation.
  const Players::Organisation& north = players_->north;
  const Words enrol = {"practitioner", "register", "--name", "Example Person"};
  fs::permissions(north.key_path, kPrivate | fs::perms::group_read);
  EXPECT_EQ(Field(*north.program.Ask(enrol, 1).Find("error"), "reason"), "key_file_mode");
  fs::permissions(north.key_path, kPrivate);
  Program thief = north.program;
  thief.Act(north.number, players_->south.key_path);
  EXPECT_EQ(Field(*thief.Ask(enrol, 1).Find("error"), "reason"), "key_unknown");
}

TEST_F(BadInputTest, CsvFiles) {
  const Program& north = players_->north.program;
  const std::string path = *directory_ / "bad.csv";
  const std::string before = Field(players_->anyone.Ask({"audit"}), "root");
  for (const auto& [text, reason] : std::vector<std::pair<std::string, std::string>>{
           {"", "csv_header"},
           {"birth_date,town\n1980-01-01,Northsample\n", "csv_header"},
           {"name,name\nA B,C D\n", "csv_header"},
           {"name,shoe_size\nA B,43\n", "csv_header"},
       }) {
    WriteText(path, text);
    EXPECT_EQ(Field(*north.Ask({"import", path}, 1).Find("error"), "reason"), reason) << text;
  }
  for (const auto& [row, reason] : std::vector<std::pair<std::string, std::string>>{
           {"\"A B,1980-01-01", "csv_quote"},
           {"A B,1980-01-01,Northsample", "csv_columns"},
           {"A B,1980-02-30", "csv_birth_date"},
           {"A B,2999-01-01", "csv_birth_date"},
           {"\xe9ric,1980-01-01", "csv_utf8"},
           {std::string("A\0B,1980-01-01", 14), "csv_nul"},
           {"A \xe2\x80\xae B,1980-01-01", "csv_name"},
           {"   ,1980-01-01", "csv_name"},
           {std::string(201, 'x') + ",1980-01-01", "csv_name"},
           {std::string(70'000, 'x') + ",1980-01-01", "csv_field_size"},
       }) {
    WriteText(path, "name,birth_date\n" + row + "\n");
    const certs::Json answer = north.Ask({"import", path}, 1);
    const certs::Json* bad = answer.Find("bad");
    ASSERT_TRUE(bad != nullptr && bad->items().size() == 1) << reason;
    EXPECT_EQ(Field(bad->items().front(), "reason"), reason);
    EXPECT_GE(bad->items().front().FindInteger("line"), 2) << reason;
  }
  EXPECT_EQ(north.Run({"import", *directory_ / "missing.csv"}).code, 1);
  EXPECT_EQ(Field(players_->anyone.Ask({"audit"}), "root"), before) << "something was filed";
}

TEST_F(BadInputTest, Events) {
  const std::string number = players_->Person("James Placeholder");
  const std::string before = Field(players_->anyone.Ask({"audit"}), "root");
  const auto refused = [](const Program& program, const Words& words, int code,
                          const std::string& reason) {
    const certs::Json answer = program.Ask(words, code);
    ASSERT_NE(answer.Find("error"), nullptr);
    EXPECT_EQ(Field(*answer.Find("error"), "reason"), reason);
  };
  const Words signed_by_issuer = {"--grade", "issuer_signed"};
  // By whoever may not; by an issuer for another; above its grade.
  refused(players_->south.program, Plus(players_->Training(number), signed_by_issuer), 1, "kind");
  refused(players_->north.program,
          Plus(players_->Training(number),
               {"--grade", "issuer_confirmed", "--confirmed-with", "X", "--confirmed-on",
                "2025-05-01", "--confirmed-how", "email"}),
          1, "power_missing");
  refused(players_->north.program, {"sanction", number, "--kind", "removal"}, 1, "power_missing");
  refused(players_->insurer.program, Plus(players_->Training(number), signed_by_issuer), 1, "kind");
  // What was never logged, withdrawn.
  refused(players_->regulator.program,
          {"withdraw", number, "--target", std::string(43, 'A'), "--reason", "fraud"}, 1, "target");
  // Values that no schema has.
  refused(players_->regulator.program, {"sanction", number, "--kind", "frown"}, 64, "claim_range");
  refused(players_->north.program,
          Plus(players_->Training(number), {"--grade", "document_seen", "--seen-on", "2025-02-30"}),
          64, "claim_range");
  // A file that is no paper.
  const std::string path = *directory_ / "no.pdf";
  WriteText(path, "MZ this is a program");
  refused(players_->north.program, {"paper", "put", path}, 1, "paper_type");
  EXPECT_EQ(Field(players_->anyone.Ask({"audit"}), "root"), before) << "something was filed";
}

}  // namespace
}  // namespace bonafide::e2e
