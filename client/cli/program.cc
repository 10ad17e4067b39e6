#include <algorithm>
#include <string_view>

#include "client/cli/commands.h"

namespace bonafide::client::cli {

int RunProgram(int argc, const char* const* argv) {
  Arguments program("bonafide",
                    "Do the papers filed for this practitioner meet the rules for this treatment "
                    "on this day? Asks a register and checks every answer.",
                    BONAFIDE_VERSION);
  program.Footer(
      "Exit codes: 0 yes or done, 1 no or refused, 2 cannot say, 3 could not check, 64 usage.\n"
      "Begin with: bonafide trust --server HOST:PORT --ca FILE");
  Session session(program);
  AddVerify(program, session);
  AddCheck(program, session);
  AddSearch(program, session);
  AddShow(program, session);
  AddTrust(program, session);
  AddPaper(program, session);
  AddKeygen(program, session);
  AddOrg(program, session);
  AddScheme(program, session);
  AddPractitioner(program, session);
  AddTraining(program, session);
  AddInsurance(program, session);
  AddWithdraw(program, session);
  AddSanction(program, session);
  AddErase(program, session);
  AddQr(program, session);
  AddImport(program, session);
  AddAudit(program, session);
  AddCompletion(program, session);
  // A command line that cannot be read has set no flag.
  const bool json = std::find(argv, argv + argc, std::string_view("--json")) != argv + argc;
  session.out().Configure(json, /*no_colour=*/true);
  return program.Execute(
      argc, argv, [&session](const absl::Status& status) { return session.out().Usage(status); });
}

}  // namespace bonafide::client::cli
