// The command line as commands, options and flags. The one place that knows the library behind it.
#ifndef BONAFIDE_CLIENT_CLI_ARGUMENTS_H_
#define BONAFIDE_CLIENT_CLI_ARGUMENTS_H_

#include <absl/status/status.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bonafide::client::cli {

enum class Need { kOptional, kRequired };

// One command, or the program itself. Variables that options write to must outlive the parsing.
class Arguments {
 public:
  // The program.
  Arguments(const std::string& name, const std::string& about, const std::string& version);
  ~Arguments();
  Arguments(Arguments&&) noexcept;
  Arguments(const Arguments&) = delete;

  // A command of this one; a command that has commands demands one of them.
  Arguments Command(const std::string& name, const std::string& about);
  // Text under the options in --help.
  void Footer(const std::string& text);

  // `names`: "--town", "-q,--quiet"; without dashes it is a positional argument.
  void Option(const std::string& names, std::string& value, const std::string& help,
              Need need = Need::kOptional);
  void Option(const std::string& names, std::optional<std::string>& value, const std::string& help);
  void Option(const std::string& names, int64_t& value, const std::string& help,
              Need need = Need::kOptional);
  void Option(const std::string& names, std::optional<int64_t>& value, const std::string& help);
  void Option(const std::string& names, std::vector<std::string>& values, const std::string& help,
              Need need = Need::kOptional);
  void Flag(const std::string& names, bool& value, const std::string& help);
  // The bounds of the number that the option `name` takes.
  void Limit(const std::string& name, int64_t least, int64_t most);
  // The environment variable to take the value from when the option `name` is not given.
  void FromEnvironment(const std::string& name, const std::string& variable);
  // What the command does; its result is the exit code.
  void Run(std::function<int()> run);

  // Parses, and runs the chosen command. Help and version go to standard output (0); what is wrong
  // with the command line goes to `wrong`, as the error "usage", whose result is the exit code.
  // Only for the program.
  int Execute(int argc, const char* const* argv,
              const std::function<int(const absl::Status&)>& wrong);

  // Every command with its options, for completion.
  struct Outline {
    std::string name;
    std::string about;
    std::vector<std::string> options;  // with their dashes
    std::vector<Outline> commands;
  };
  Outline Describe() const;

 private:
  struct Impl;
  explicit Arguments(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace bonafide::client::cli

#endif  // BONAFIDE_CLIENT_CLI_ARGUMENTS_H_
