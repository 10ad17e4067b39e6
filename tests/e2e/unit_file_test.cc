// The systemd unit as it is shipped: it is sound, it confines the server as far as
// docs/operations.md says, and the server lives with that.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/e2e/cast.h"
#include "tests/e2e/example_paper.h"
#include "tests/e2e/file.h"
#include "tests/e2e/status_text.h"
#include "tests/e2e/strace.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kUnit[] = BONAFIDE_SOURCE_DIR "/deploy/bonafided.service";
constexpr char kAnalyze[] = "/usr/bin/systemd-analyze";
// Tenths of what `systemd-analyze security` says: 0.9 on Debian 12, and room for a newer systemd,
// which looks at more.
constexpr char kMostExposure[] = "12";

// Without anything of this session, and without a systemd that runs.
Ended Analyze(const std::vector<std::string>& words) {
  Command command;
  command.words = {"/usr/bin/env", "-i", "PATH=/usr/bin:/bin", kAnalyze};
  command.words.insert(command.words.end(), words.begin(), words.end());
  return RunToEnd(command);
}

// The values of `key` in the unit, in order.
std::vector<std::string> Values(const std::string& key) {
  std::vector<std::string> values;
  std::istringstream lines(ReadText(kUnit));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(key + "=")) values.push_back(line.substr(key.size() + 1));
  }
  return values;
}

int64_t Number(const std::string& key) {
  const std::vector<std::string> values = Values(key);
  return values.size() == 1 ? std::stoll(values.front()) : -1;
}

std::set<std::string> Words(const std::string& text) {
  std::istringstream in(text);
  std::set<std::string> words;
  for (std::string word; in >> word;) words.insert(word);
  return words;
}

// The system calls of a set of systemd's.
std::set<std::string> CallsIn(const std::string& set) {
  std::set<std::string> calls;
  std::istringstream lines(Analyze({"syscall-filter", "--no-pager", set}).out);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("    ") || line.starts_with("    #")) continue;
    const std::string name = line.substr(4);
    if (name.front() == '@') {
      calls.merge(CallsIn(name));
    } else {
      calls.insert(name);
    }
  }
  return calls;
}

// What SystemCallFilter= allows.
std::set<std::string> AllowedCalls() {
  std::set<std::string> allowed;
  for (const std::string& value : Values("SystemCallFilter")) {
    const bool taken_away = value.starts_with('~');
    for (const std::string& set : Words(value.substr(taken_away ? 1 : 0))) {
      for (const std::string& call : CallsIn(set)) {
        if (taken_away) {
          allowed.erase(call);
        } else {
          allowed.insert(call);
        }
      }
    }
  }
  return allowed;
}

class UnitFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::filesystem::exists(kAnalyze)) return;
    const char* ci = std::getenv("CI");
    if (ci != nullptr && std::string(ci) == "true") FAIL() << "there is no systemd-analyze";
    GTEST_SKIP() << "skipped: there is no systemd-analyze";
  }
  const storage::TemporaryDirectory directory_;
};

TEST_F(UnitFileTest, Exposure) {
  const Ended ended = Analyze({"security", "--no-pager", "--offline=true",
                               std::string("--threshold=") + kMostExposure, kUnit});
  EXPECT_EQ(ended.code, 0) << ended.out << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("Overall exposure level"));
}

TEST_F(UnitFileTest, NothingToSayAgainstIt) {
  // With a program that is there, and that only root may write, whoever checked this out.
  std::string text = ReadText(kUnit);
  const std::string installed = "/usr/local/bin/bonafided";
  const size_t at = text.find(installed);
  ASSERT_NE(at, std::string::npos);
  const std::string copy = directory_ / "bonafided.service";
  WriteText(copy, text.replace(at, installed.size(), "/usr/bin/true"));
  std::filesystem::permissions(copy, std::filesystem::perms(0644));
  const Ended ended = Analyze({"verify", "--man=no", copy});
  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(ended.out + ended.err, IsEmpty());
}

TEST_F(UnitFileTest, FitsTheConfiguration) {
  const std::string config = ReadText(BONAFIDE_SOURCE_DIR "/deploy/bonafided.conf");
  const auto of = [&config](const std::string& key) {
    const size_t at = config.find("\n" + key + " = ");
    EXPECT_NE(at, std::string::npos) << key;
    return std::stoll(config.substr(at + key.size() + 4));
  };
  EXPECT_GE(Number("LimitNOFILE"), of("open_files") + of("http_connections"));
  // One front after the other.
  EXPECT_GT(Number("TimeoutStopSec"), 2 * of("drain_s"));
  EXPECT_EQ(Values("KillSignal"), std::vector<std::string>{"SIGTERM"});
}

// Every call that the filter refuses fails here as it does there, with EPERM; and of the calls that
// other settings look into, none is one that they refuse.
TEST_F(UnitFileTest, ServerLivesWithIt) {
  if (const auto why = Strace::WhyNot()) GTEST_SKIP() << "skipped: " << *why;
  const std::set<std::string> allowed = AllowedCalls();
  ASSERT_TRUE(allowed.contains("read") && !allowed.contains("mount")) << allowed.size();
  std::string names;
  // The question mark: some are of other machines.
  for (const std::string& name : allowed) names += (names.empty() ? "?" : ",?") + name;
  const std::string trace = directory_ / "calls";
  Command strace;
  strace.words = {
      "/usr/bin/strace", "-f", "-o", trace, "-e", "inject=!" + names + ":error=EPERM", "-p"};
  strace.out_path = strace.err_path = directory_ / "strace";
  ServedRegister served(directory_ / "register");
  std::unique_ptr<Process> tracer;
  const auto failed = served.TryStart([&](pid_t pid) {
    strace.words.push_back(std::to_string(pid));
    tracer = std::make_unique<Process>(strace);
    while (ReadText(strace.err_path).find(" attached") == std::string::npos &&
           !tracer->Wait(std::chrono::milliseconds(5))) {
    }
  });
  ASSERT_FALSE(failed) << *failed << ReadText(strace.err_path);

  {
    const Visitor visitor(served, directory_ / "state");
    const Cast cast(served, visitor);
    const Party person = cast.Practitioner(visitor, "Example Person");
    EXPECT_EQ(Text(visitor.Ask(cast.Ask(person))), "ok");
    EXPECT_EQ(Text(visitor.remote().Search({"Example", "", 0, ""})), "ok");
  }
  const Ended backup =
      RunToEnd(Bonafided({"backup", "--data", served.directory(), "--to", directory_ / "backup"}));
  EXPECT_EQ(backup.code, 0) << backup.err;
  kill(served.pid(), SIGHUP);
  for (int i = 0; i < 500 && served.log().find("certificate_read") == std::string::npos; ++i) {
    usleep(10'000);
  }
  EXPECT_THAT(served.log(), HasSubstr("certificate_read"));
  EXPECT_EQ(served.Stop(), 0) << served.log();
  tracer->Wait(std::chrono::seconds(20));

  const std::string calls = ReadText(trace);
  EXPECT_THAT(calls, HasSubstr("exited with 0"));
  const std::set<std::string> families = Words(Values("RestrictAddressFamilies").at(0));
  int mapped = 0, sockets = 0;
  std::istringstream lines(calls);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_THAT(line, Not(HasSubstr("(INJECTED)")));
    if (line.find("PROT_EXEC") != std::string::npos) {
      ++mapped;
      EXPECT_THAT(line, Not(HasSubstr("PROT_WRITE")));  // MemoryDenyWriteExecute=
    }
    EXPECT_THAT(line, Not(HasSubstr("CLONE_NEW")));  // RestrictNamespaces=
    if (const size_t family = line.find(" socket(AF_"); family != std::string::npos) {
      ++sockets;
      const size_t begin = family + 8;
      EXPECT_TRUE(families.contains(line.substr(begin, line.find(',', begin) - begin))) << line;
    }
  }
  EXPECT_GT(mapped, 0);
  EXPECT_GT(sockets, 0);
}

}  // namespace
}  // namespace bonafide::e2e
