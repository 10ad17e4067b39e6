// The verifier in web/verify, which knows nothing of this one but docs/protocol.md, run by Node.
#ifndef BONAFIDE_TESTS_AGREEMENT_SECOND_VERIFIER_H_
#define BONAFIDE_TESTS_AGREEMENT_SECOND_VERIFIER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "certs/json.h"

namespace bonafide::agreement {

struct Case {
  std::string trust;  // the text of a trust file
  std::string file;   // the bytes of an evidence file
  int64_t now_ms = 0;
};

// Accepted: the verdict as canonical JSON of bonafide.v1.Verdict. Refused: why.
struct Opinion {
  bool accepted = false;
  certs::Json verdict;
  std::string reason;
};

// Whether there is a Node to run it.
bool HasNode();

// What it makes of each case, as of a saved file. Aborts the test program when it does not answer
// all of them.
std::vector<Opinion> AskSecondVerifier(const std::vector<Case>& cases);

// The same from the verifier of this program.
Opinion AskFirstVerifier(const Case& one);

}  // namespace bonafide::agreement

#endif  // BONAFIDE_TESTS_AGREEMENT_SECOND_VERIFIER_H_
