// The commands: one function and one file each.
#ifndef BONAFIDE_CLIENT_CLI_COMMANDS_H_
#define BONAFIDE_CLIENT_CLI_COMMANDS_H_

#include "client/cli/arguments.h"
#include "client/cli/session.h"

namespace bonafide::client::cli {

// Each adds its command to `program`; `session` must outlive it.
void AddTrust(Arguments& program, Session& session);
void AddVerify(Arguments& program, Session& session);
void AddCheck(Arguments& program, Session& session);
void AddSearch(Arguments& program, Session& session);
void AddShow(Arguments& program, Session& session);
void AddPaper(Arguments& program, Session& session);
void AddKeygen(Arguments& program, Session& session);
void AddOrg(Arguments& program, Session& session);
void AddScheme(Arguments& program, Session& session);
void AddPractitioner(Arguments& program, Session& session);
void AddTraining(Arguments& program, Session& session);
void AddInsurance(Arguments& program, Session& session);
void AddWithdraw(Arguments& program, Session& session);
void AddSanction(Arguments& program, Session& session);
void AddQr(Arguments& program, Session& session);
void AddErase(Arguments& program, Session& session);
void AddImport(Arguments& program, Session& session);
void AddAudit(Arguments& program, Session& session);
void AddCompletion(Arguments& program, Session& session);

// The program with all of its commands.
int RunProgram(int argc, const char* const* argv);

}  // namespace bonafide::client::cli

#endif  // BONAFIDE_CLIENT_CLI_COMMANDS_H_
