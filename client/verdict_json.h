// A checked answer for programs.
#ifndef BONAFIDE_CLIENT_VERDICT_JSON_H_
#define BONAFIDE_CLIENT_VERDICT_JSON_H_

#include "certs/json.h"
#include "client/wording.h"

namespace bonafide::client {

// {"outcome","text","question","name"?,"legs",...}: words as in WordsOf, codes as in
// docs/verdict.md.
certs::Json VerdictJson(const registry::Question& question, const registry::Proven& proven,
                        AnswerKind kind);

// {"practitioner","treatment","territory","on",...}.
certs::Json QuestionJson(const registry::Question& question);

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_VERDICT_JSON_H_
