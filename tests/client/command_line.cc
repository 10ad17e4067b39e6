#include "tests/client/command_line.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <utility>

#include "client/cli/commands.h"
#include "client/state_file.h"

namespace bonafide::client {
namespace {

std::string Line(const std::vector<std::string>& words) {
  std::string line = "bonafide";
  for (const std::string& word : words) line += " " + word;
  return line;
}

}  // namespace

CommandLine::CommandLine() {
  for (const char* name : {"BONAFIDE_SERVER", "BONAFIDE_CA", "BONAFIDE_TRUST", "BONAFIDE_AS",
                           "BONAFIDE_KEY", "BONAFIDE_TERRITORY"}) {
    unsetenv(name);
  }
  setenv("BONAFIDE_STATE", (directory_ / "state").c_str(), 1);
}

CommandLine::Said CommandLine::Run(const std::vector<std::string>& words) const {
  std::vector<const char*> argv = {"bonafide"};
  for (const std::string& word : words) argv.push_back(word.c_str());
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Said said;
  said.code = cli::RunProgram(static_cast<int>(argv.size()), argv.data());
  said.out = testing::internal::GetCapturedStdout();
  said.err = testing::internal::GetCapturedStderr();
  return said;
}

certs::Json CommandLine::Ask(std::vector<std::string> words, int code) const {
  words.push_back("--json");
  const Said said = Run(words);
  EXPECT_EQ(said.code, code) << Line(words) << "\n" << said.out << said.err;
  const auto json = certs::ParseJson(said.out, {.size_bytes = 16 << 20, .values = 1 << 20});
  if (json.ok()) return *json;
  ADD_FAILURE() << Line(words) << "\nis no JSON: " << json.status().message() << "\n"
                << said.out << said.err;
  return certs::Json::Null();
}

std::string CommandLine::Refused(std::vector<std::string> words, int code) const {
  const certs::Json json = Ask(std::move(words), code);
  const certs::Json* error = json.Find("error");
  if (error == nullptr || error->FindString("reason") == nullptr) return "";
  EXPECT_NE(error->FindString("message"), nullptr);
  return *error->FindString("reason");
}

std::string CommandLine::Write(const std::string& name, const std::string& text) const {
  EXPECT_TRUE(ReplaceFile(directory_ / name, text, 0600).ok()) << name;
  return directory_ / name;
}

}  // namespace bonafide::client
