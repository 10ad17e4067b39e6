#include <cstdio>
#include <exception>

#include "client/cli/commands.h"
#include "client/cli/exit_code.h"

int main(int argc, char** argv) {
  try {
    return bonafide::client::cli::RunProgram(argc, argv);
  } catch (const std::exception& error) {
    // Out of memory, or a fault of this program: either way nothing was checked.
    std::fprintf(stderr, "bonafide: %s\n", error.what());
    return bonafide::client::cli::kCouldNotCheck;
  }
}
