// A checked answer on the screen.
#ifndef BONAFIDE_CLIENT_CLI_PRINT_ANSWER_H_
#define BONAFIDE_CLIENT_CLI_PRINT_ANSWER_H_

#include "client/cli/session.h"
#include "client/wording.h"

namespace bonafide::client::cli {

void PrintAnswer(Session& session, const registry::Question& question,
                 const registry::Proven& proven, AnswerKind kind);

// 0, 2 or 1.
int ExitCodeOf(registry::Outcome outcome);

}  // namespace bonafide::client::cli

#endif  // BONAFIDE_CLIENT_CLI_PRINT_ANSWER_H_
