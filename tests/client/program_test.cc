// The command line as scripts meet it: help, usage, exit codes, one JSON value whatever happens.
// GCC 12 misreads std::regex under the address sanitizer.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "certs/reason.h"
#include "client/evidence_store.h"
#include "client/state_file.h"
#include "proto/qr_code.h"
#include "registry/registration_number.h"
#include "tests/client/command_line.h"
#include "tests/client/scratch_remote.h"
#include "tests/registry/example_register.h"

namespace bonafide::client {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

using Words = std::vector<std::string>;

Words Plus(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

class ProgramTest : public ::testing::Test {
 protected:
  // Every command that does something, by the words that choose it.
  std::vector<Words> Commands() const {
    const std::string script = program_.Run({"completion", "bash"}).out;
    static const std::regex kCase("^    \"([^\"]+)\"\\) words=\"([^\"]*)\"", std::regex::multiline);
    std::vector<Words> commands;
    for (std::sregex_iterator at(script.begin(), script.end(), kCase), end; at != end; ++at) {
      Words words(1);
      for (char c : (*at)[1].str()) c == ' ' ? words.emplace_back() : words.back() += {c};
      if ((*at)[2].str().starts_with("--")) commands.push_back(words);  // no commands below
    }
    return commands;
  }
  // Pins the example register.
  void Trust() {
    program_.Write("trust.json", WriteTrust(TrustIn(register_.scratch)));
    ASSERT_EQ(program_.Run({"trust", program_ / "trust.json"}).code, 0);
  }
  // Evidence for what is filed now, as a file.
  std::string Saved(const std::string& name, const registry::Question& question) {
    register_.scratch.Publish();
    const std::string path = program_ / name;
    EXPECT_TRUE(SaveEvidence(path, {question, register_.scratch.Prove(question)}).ok());
    return path;
  }

  const CommandLine program_;
  registry::ExampleRegister register_;
};

TEST_F(ProgramTest, EveryCommandHasHelp) {
  const std::vector<Words> commands = Commands();
  std::set<std::string> names;
  for (const Words& words : commands) {
    names.insert(words.front());
    const CommandLine::Said said = program_.Run(Plus(words, {"--help"}));
    EXPECT_EQ(said.code, 0) << words.back();
    EXPECT_THAT(said.out,
                AllOf(HasSubstr("Usage: bonafide"), HasSubstr(words.back()), HasSubstr("--help")));
    EXPECT_THAT(said.err, IsEmpty());
  }
  EXPECT_EQ(names, (std::set<std::string>{"audit", "check", "completion", "erase", "import",
                                          "insurance", "keygen", "org", "paper", "practitioner",
                                          "qr", "sanction", "scheme", "search", "show", "training",
                                          "trust", "verify", "withdraw"}));
  EXPECT_EQ(commands.size(), 30u);
  const CommandLine::Said said = program_.Run({"--help"});
  EXPECT_EQ(said.code, 0);
  for (const std::string& name : names) EXPECT_THAT(said.out, HasSubstr(name));
  EXPECT_THAT(said.out, HasSubstr("0 yes or done, 1 no or refused, 2 cannot say, 3 could not "
                                  "check, 64 usage"));
  EXPECT_EQ(program_.Run({"--version"}).code, 0);
}

TEST_F(ProgramTest, AWrongCommandLineIsUsage) {
  for (const Words& words : Commands()) {
    const Words wrong = Plus(words, {"--nonsense"});
    EXPECT_EQ(program_.Refused(wrong, 64), "usage") << words.front();
    const CommandLine::Said said = program_.Run(wrong);
    EXPECT_EQ(said.code, 64);
    EXPECT_THAT(said.out, IsEmpty());
    EXPECT_THAT(said.err, AllOf(StartsWith("bonafide: "), HasSubstr("see bonafide --help")));
  }
  for (const Words& words : std::vector<Words>{
           {},
           {"org"},
           {"frobnicate"},
           {"verify"},
           {"verify", "0000-0000-98"},
           {"verify", "0000-0000-98", "a", "b"},
           {"verify", "0000-0000-98", "a", "--timeout", "0"},
           {"verify", "0000-0000-98", "a", "--timeout", "9223372036854775807"},
           {"verify", "0000-0000-98", "a", "--timeout", "soon"},
           {"audit", "--threads", "1e400"},
           {"keygen"},
       }) {
    EXPECT_EQ(program_.Refused(words, 64), "usage");
  }
  // Bytes that are no text do not spoil the JSON.
  program_.Refused({"verify", "\xff\xfe", "scalp"}, 64);
  program_.Refused({"\xff\x1b[2J"}, 64);
}

TEST_F(ProgramTest, WrongValuesAreUsage) {
  Trust();
  const Words question = {"verify", "0000-0000-98", "scalp_micropigmentation", "--territory",
                          "gb-eng"};
  for (const Words& more : std::vector<Words>{
           {"--on", "2026-02-30"},
           {"--on", "1"},
           {"--on", "1e400"},
           {"--on", "-1"},
           {"--on", "0"},
           {"--on", "2026-06-01T00:00:00Z"},
           {"--on", "2026-06-02", "--claim-on", "2026-06-01"},
           {"--claim-on", "tomorrow"},
           {"--at", "0000-0000-99"},
           {"--known-at", "@-1"},
           {"--known-at", "@1e3"},
           {"--known-at", "@99999999999999999999"},
           {"--known-at", "2026-06-01T24:00:00Z"},
           {"--known-at", "2026-06-01T10:00:00+01:00"},
           {"--territory", "GB"},
       }) {
    const CommandLine::Said said = program_.Run(Plus(question, more));
    EXPECT_EQ(said.code, 64) << more.back();
    EXPECT_THAT(said.out, IsEmpty());
    // It says where.
    const bool question_reason = more.front() == "--territory";
    EXPECT_THAT(said.err, HasSubstr(question_reason ? "--territory" : more[more.size() - 2]));
    EXPECT_NE(program_.Refused(Plus(question, more), 64), "");
  }
  EXPECT_EQ(program_.Refused({"paper", "get", std::string(64, 'A')}, 64), "digest_hex");
  EXPECT_EQ(program_.Refused({"paper", "get", std::string(64, 'a')}, 64), "output");
  EXPECT_EQ(program_.Refused({"completion", "csh"}, 64), "shell");
  EXPECT_EQ(program_.Refused({"qr", "0000-0000-99"}, 64), "registration_number_check");
  EXPECT_EQ(program_.Refused({"qr", "0000-0000-98", "--page", "http://x.example/"}, 64),
            "page_address");
  EXPECT_EQ(program_.Refused({"qr", "0000-0000-98", "--page", "https://x.example"}, 64),
            "page_address");
  EXPECT_EQ(program_.Refused({"erase", "0000-0000-98"}, 64), "confirm");
  EXPECT_EQ(program_.Refused({"audit", "--cosign", "x.key"}, 64), "cosigner");
  EXPECT_EQ(program_.Refused({"keygen", program_ / "k", "--algorithm", "es256"}, 64), "algorithm");
  EXPECT_EQ(program_.Refused({"keygen", program_ / "k", "--cosigner", "a b"}, 64), "note_key");
  EXPECT_FALSE(ReadFile(program_ / "k", 10000).ok());
}

// What each command says when the register cannot be reached, or nobody has said where it is.
TEST_F(ProgramTest, EveryCommandPrintsOneValueWhenNothingWorks) {
  Trust();
  const std::string key = program_ / "own.key";
  const std::string jwk = key + ".jwk";
  ASSERT_EQ(program_.Run({"keygen", key}).code, 0);
  const std::string cosigner = program_ / "cosigner.key";
  ASSERT_EQ(program_.Run({"keygen", cosigner, "--cosigner", "auditor.example"}).code, 0);
  const std::string paper = program_.Write("paper.pdf", "%PDF-1.4\n%%EOF\n");
  const std::string rules = program_.Write("rules.json", certs::WriteJson(certs::Json::Object({})));
  const std::string csv = program_.Write("people.csv", "name\nAda Example\n");
  const std::string number = "0000-0000-98";
  const std::string id(43, 'A');
  struct Case {
    Words words;
    int code;  // with an identity, where the register does not answer
    bool signs = true;
  };
  const std::vector<Case> cases = {
      {{"verify", number, "scalp", "--territory", "gb-eng"}, 3, false},
      {{"show", number}, 3, false},
      {{"search", "ada"}, 3, false},
      {{"audit"}, 3, false},
      {{"audit", "--cosign", cosigner, "--name", "auditor.example"}, 3, false},
      {{"trust", "--yes"}, 3, false},
      {{"paper", "get", std::string(64, 'a'), "-o", program_ / "copy"}, 3, false},
      {{"paper", "put", paper}, 3},
      {{"org", "admit", "--kind", "clinic", "--name", "A", "--public-key", jwk}, 3},
      {{"org", "accredit", number, "--power", "register", "--scope", "*"}, 3},
      {{"org", "end", number, "--target", id}, 3},
      {{"org", "key", "add", number, "--public-key", jwk}, 3},
      {{"org", "key", "revoke", number, "--thumbprint", id, "--reason", "lost"}, 3},
      {{"scheme", "create", "--treatment", "a", "--territory", "b", "--name", "C"}, 3},
      {{"scheme", "version", number, rules}, 64},
      {{"practitioner", "register", "--name", "Ada Example"}, 3},
      {{"practitioner", "amend", number, "--name", "Ada"}, 3},
      {{"practitioner", "affiliate", number}, 3},
      {{"practitioner", "confirm", number, "--target", id}, 3},
      {{"practitioner", "same-person", number, "0000-0001-95"}, 3},
      {{"practitioner", "dispute", number, "--target", id, "--text", "Not so."}, 3},
      {{"training", number, "--grade", "frown"}, 64},
      {{"insurance", number, "--basis", "hope"}, 64},
      {{"withdraw", number, "--target", id, "--reason", "fraud"}, 3},
      {{"sanction", number, "--kind", "removal"}, 3},
      {{"erase", number, "--yes"}, 3},
      {{"import", csv}, 3},
  };
  std::set<std::string> tried;
  for (const Case& c : cases) {
    tried.insert(c.words.front());
    const Words away = {"--server", "127.0.0.1:1", "--timeout", "1"};
    if (c.signs && c.code == 3) {
      EXPECT_EQ(program_.Refused(Plus(c.words, away), 64), "identity_missing") << c.words.front();
      EXPECT_EQ(program_.Refused(Plus(Plus(c.words, away), {"--as", "12", "--key", key}), 64),
                "identity_number")
          << c.words.front();
      EXPECT_EQ(program_.Refused(Plus(c.words, {"--as", number, "--key", key}), 64),
                "server_missing")
          << c.words.front();
    }
    const Words who = c.signs ? Words{"--as", number, "--key", key} : Words{};
    const std::string reason = program_.Refused(Plus(Plus(c.words, away), who), c.code);
    if (c.code == 3) {
      EXPECT_EQ(reason, "unreachable") << c.words.front();
    }
    const CommandLine::Said said = program_.Run(Plus(Plus(c.words, away), who));
    EXPECT_EQ(said.code, c.code) << c.words.front();
    EXPECT_THAT(said.out + said.err, Not(HasSubstr("YES"))) << c.words.front();
    EXPECT_THAT(said.err, HasSubstr("[" + reason + "]")) << c.words.front();
  }
  EXPECT_EQ(tried.size(), 15u);  // all but check, completion, keygen: they ask no register
}

TEST_F(ProgramTest, CommandsThatAskNobodyPrintOneValueToo) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    EXPECT_NE(program_.Ask({"completion", shell}, 0).FindString("script"), nullptr);
  }
  const std::string key = program_ / "own.key";
  EXPECT_NE(program_.Ask({"keygen", key}, 0).FindString("thumbprint"), nullptr);
  EXPECT_EQ(program_.Refused({"keygen", key}, 1), "key_file_exists");
  EXPECT_EQ(program_.Refused({"check", program_ / "none.json"}, 3), "trust_missing");
  EXPECT_EQ(program_.Refused({"verify", "0000-0000-98", "scalp", "--territory", "x"}, 3),
            "trust_missing");
  const std::string csv = program_.Write("people.csv", "name,birth_date\nAda,1980-02-30\n");
  EXPECT_EQ(program_.Ask({"import", csv, "--dry-run"}, 1).Find("bad")->items().size(), 1u);
  EXPECT_EQ(program_.Refused({"import", program_ / "none.csv"}, 1), "file_missing");
}

TEST_F(ProgramTest, AQrCodeLeadsToThePage) {
  EXPECT_EQ(program_.Refused({"qr", "0000-0000-98"}, 3), "trust_missing");
  Trust();
  CommandLine::Said said = program_.Run({"-q", "qr", "0000-4711-30"});
  EXPECT_EQ(said.code, 0);
  EXPECT_EQ(said.out, "https://" + TrustIn(register_.scratch).anchors.origin + "/p/0000-4711-30\n");
  const std::string svg = program_ / "wall.svg";
  said = program_.Run({"qr", "0000471130", "--page", "https://page.example:8443/x/", "--svg", svg});
  EXPECT_EQ(said.code, 0) << said.err;
  const std::string link = "https://page.example:8443/x/p/0000-4711-30";
  EXPECT_THAT(said.out, AllOf(StartsWith(proto::QrText(link)), HasSubstr(link + "\n")));
  EXPECT_EQ(*ReadFile(svg, 100'000), proto::QrSvg(link));
}

TEST_F(ProgramTest, ExitCodesOfAnswers) {
  Trust();
  struct Case {
    std::string path;
    int code;
    std::string outcome;
    std::string words;
  };
  std::vector<Case> cases;
  const registry::Question question = register_.Ask();
  cases.push_back({Saved("yes.json", question), 0, "yes", "YES as of "});
  registry::Question other = question;
  other.territory = "elsewhere";
  cases.push_back({Saved("cannot_say.json", other), 2, "cannot_say", "CANNOT SAY as of "});
  register_.scratch.File(
      register_.scratch.regulator(),
      registry::Sanction{
          registry::SanctionKind::kSuspension, registry::DayOf("2026-05-28"), {}, {}},
      register_.practitioner);
  cases.push_back({Saved("no.json", question), 1, "no", "NO as of "});
  for (const Case& c : cases) {
    const CommandLine::Said said = program_.Run({"check", c.path});
    EXPECT_EQ(said.code, c.code) << said.err;
    EXPECT_THAT(said.out, StartsWith(c.words));
    const certs::Json json = program_.Ask({"check", c.path}, c.code);
    EXPECT_EQ(*json.FindString("outcome"), c.outcome);
    EXPECT_EQ(json.FindBool("current"), false);
    EXPECT_EQ(program_.Run({"check", c.path, "-q"}).out,
              c.words.substr(0, c.words.find(" as of")) + "\n");
  }
}

// Evidence in other bytes, for another register, of another person, edited: no YES anywhere.
TEST_F(ProgramTest, AnUnprovenYesInAFileIsNeverShown) {
  Trust();
  const std::string path = Saved("evidence.json", register_.Ask());
  const std::string right = *ReadFile(path, 1 << 20);
  ASSERT_EQ(program_.Run({"check", path}).code, 0);
  const auto replaced = [&right](const std::string& from, const std::string& to) {
    std::string text = right;
    const size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  };
  const registry::ExampleRegister elsewhere(7);
  registry::Evidence foreign = register_.scratch.Prove(register_.Ask());
  foreign.checkpoint = elsewhere.scratch.checkpoint();
  registry::Evidence omitted = register_.scratch.Prove(register_.Ask());
  omitted.subjects.pop_back();
  registry::Question for_other = register_.Ask();
  for_other.practitioner = register_.other_clinic.number;
  const auto written = [this](const registry::Question& question,
                              const registry::Evidence& evidence) {
    EXPECT_TRUE(SaveEvidence(program_ / "made.json", {question, evidence}).ok());
    return *ReadFile(program_ / "made.json", 1 << 20);
  };
  const std::map<std::string, std::string> wrong = {
      {"empty", ""},
      {"no JSON", "YES"},
      {"another type", "[" + right + "]"},
      {"twice", right + right},
      {"a line end", right + "\n"},
      {"a byte order mark", "\xef\xbb\xbf" + right},
      {"white space", replaced(":", ": ")},
      {"a name twice", replaced("{", "{\"question\":{},")},
      {"an escaped name", replaced("\"evidence\"", "\"\\u0065vidence\"")},
      {"an unknown member", replaced("{", "{\"outcome\":\"yes\",")},
      {"a lone surrogate", replaced(registry::ExampleRegister::kTreatment, "\\ud800")},
      {"no UTF-8", replaced(registry::ExampleRegister::kTreatment, "\xff")},
      {"nested", std::string(200, '[') + std::string(200, ']')},
      {"a number for a text", replaced("\"treatment\":\"", "\"treatment\":1e400,\"x\":\"")},
      {"another register", written(register_.Ask(), foreign)},
      {"a subject left out", written(register_.Ask(), omitted)},
      {"the answer for another", written(for_other, register_.scratch.Prove(register_.Ask()))},
  };
  for (const auto& [what, text] : wrong) {
    const std::string bad = program_.Write("bad.json", text);
    const CommandLine::Said said = program_.Run({"check", bad});
    EXPECT_EQ(said.code, 3) << what;
    EXPECT_THAT(said.out, StartsWith("COULD NOT CHECK")) << what;
    EXPECT_THAT(said.out + said.err, Not(HasSubstr("YES"))) << what;
    EXPECT_NE(program_.Refused({"check", bad}, 3), "") << what;
    EXPECT_THAT(program_.Run({"check", bad, "-q"}).out, StartsWith("COULD NOT CHECK")) << what;
  }
}

}  // namespace
}  // namespace bonafide::client
