#include "tests/e2e/program.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <utility>

#include "tests/e2e/file.h"

namespace bonafide::e2e {
namespace {

std::string Line(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

}  // namespace

Program::Program(const ServedRegister& served, const std::string& state_directory)
    : served_(&served), state_(state_directory) {
  std::filesystem::create_directories(state_);
  WriteText(state_ + "/trust.json", ReadText(served.trust_path()));
}

void Program::Act(const std::string& number, const std::string& key_path) {
  number_ = number;
  key_path_ = key_path;
}

Ended Program::Run(std::vector<std::string> arguments) const {
  Command command;
  command.words = {BONAFIDE_PROGRAM};
  command.words.insert(command.words.end(), arguments.begin(), arguments.end());
  command.environment = {
      {"HOME", state_},
      {"BONAFIDE_STATE", state_},
      {"BONAFIDE_SERVER", served_->address()},
      {"BONAFIDE_CA", served_->ca_path()},
      {"BONAFIDE_TERRITORY", "gb-eng"},
      {"BONAFIDE_AS", number_},
      {"BONAFIDE_KEY", key_path_},
      {"TZ", "UTC"},
  };
  return RunToEnd(std::move(command));
}

certs::Json Program::Ask(std::vector<std::string> arguments, int code) const {
  arguments.push_back("--json");
  const Ended ended = Run(arguments);
  EXPECT_EQ(ended.code, code) << Line(arguments) << "\n" << ended.out << ended.err;
  const auto json = certs::ParseJson(ended.out, {.size_bytes = 16 << 20, .values = 1 << 20});
  if (!json.ok()) {
    ADD_FAILURE() << Line(arguments) << "\nis no JSON: " << json.status().message() << "\n"
                  << ended.out << ended.err;
    return certs::Json::Null();
  }
  return *json;
}

}  // namespace bonafide::e2e
