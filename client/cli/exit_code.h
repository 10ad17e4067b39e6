// What the program returns to the shell.
#ifndef BONAFIDE_CLIENT_CLI_EXIT_CODE_H_
#define BONAFIDE_CLIENT_CLI_EXIT_CODE_H_

namespace bonafide::client::cli {

enum ExitCode : int {
  kYes = 0,  // also: done
  kNo = 1,   // also: refused, or some of it refused
  kCannotSay = 2,
  kCouldNotCheck = 3,
  kUsage = 64,  // EX_USAGE of sysexits.h
};

}  // namespace bonafide::client::cli

#endif  // BONAFIDE_CLIENT_CLI_EXIT_CODE_H_
