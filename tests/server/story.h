// The smallest story there is something to ask about: a scheme, a practitioner with a name, and a
// training with a paper.
#ifndef BONAFIDE_TESTS_SERVER_STORY_H_
#define BONAFIDE_TESTS_SERVER_STORY_H_

#include <string>

#include "tests/server/running_register.h"

namespace bonafide::server {

inline constexpr char kTreatment[] = "scalp_pigmentation";
inline constexpr char kTerritory[] = "exampleland";
inline constexpr char kName[] = "Zo\xC3\xAB Canary-Example";
inline constexpr char kCertificateNumber[] = "CANARY-4711";

struct Story {
  // Tells it to `running`.
  explicit Story(RunningRegister& running);

  RunningRegister::Organisation clinic;    // may attest, and register
  RunningRegister::Organisation stranger;  // another clinic, which may nothing
  Filed scheme;
  Filed practitioner;
  Filed training;
  std::string paper;         // bytes for the parties only
  std::string public_paper;  // bytes for everyone

  // Whether the practitioner may be treated on a day of that year.
  v1::Question Question() const;
};

// A PDF of about `size_bytes`.
std::string ExamplePdf(size_t size_bytes, char fill);

}  // namespace bonafide::server

#endif  // BONAFIDE_TESTS_SERVER_STORY_H_
