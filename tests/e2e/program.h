// The command line `bonafide`, run against a served register.
#ifndef BONAFIDE_TESTS_E2E_PROGRAM_H_
#define BONAFIDE_TESTS_E2E_PROGRAM_H_

#include <string>
#include <vector>

#include "certs/json.h"
#include "tests/e2e/process.h"
#include "tests/e2e/served_register.h"

namespace bonafide::e2e {

// One person's installation: what it remembers is in a directory of its own, already pinned to the
// register.
class Program {
 public:
  // Both must outlive it; the register may be served elsewhere, or not at all, later.
  Program(const ServedRegister& served, const std::string& state_directory);

  // Signs from now on as the organisation with this registration number.
  void Act(const std::string& number, const std::string& key_path);

  Ended Run(std::vector<std::string> arguments) const;
  // Runs with --json, adds a failure to the test unless it ends with `code` and prints one JSON
  // value and nothing else; returns the value (null then).
  certs::Json Ask(std::vector<std::string> arguments, int code = 0) const;

  const std::string& state_directory() const { return state_; }

 private:
  const ServedRegister* served_;
  std::string state_;
  std::string number_, key_path_;
};

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_PROGRAM_H_
