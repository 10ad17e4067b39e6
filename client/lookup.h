// Asking the register, and believing only what it proves.
#ifndef BONAFIDE_CLIENT_LOOKUP_H_
#define BONAFIDE_CLIENT_LOOKUP_H_

#include <absl/status/statusor.h>

#include <optional>
#include <string>

#include "client/clock.h"
#include "client/memory.h"
#include "client/remote.h"
#include "client/trust.h"
#include "registry/evidence.h"

namespace bonafide::client {

// A checked answer.
struct Answer {
  registry::Question question;
  registry::Evidence evidence;
  registry::Proven proven;
  HeadRelation head = HeadRelation::kFirst;
};

// The objects given must outlive it. Thread-safe when `remote` is.
class Lookup {
 public:
  Lookup(const Trust& trust, Remote& remote, const Memory& memory, Clock clock)
      : trust_(trust), remote_(remote), memory_(memory), clock_(std::move(clock)) {}

  // Asks, checks the evidence for this very question, and compares the head with the one
  // remembered. Errors: those of Remote and of Memory, and those of registry::VerifyEvidence with
  // the code kDataLoss.
  absl::StatusOr<Answer> Ask(const registry::Question& question, Head head = Head::kNewest) const;

  // Everything filed for `number`, proven; `proven.world` holds the subject and whoever signed for
  // it. Error: "subject_unknown" (kNotFound: proven not to exist), and those of Ask.
  absl::StatusOr<Answer> Show(merkle::SubjectNumber number, Head head = Head::kNewest) const;

 private:
  const Trust& trust_;
  Remote& remote_;
  const Memory& memory_;
  Clock clock_;
};

// The same check for evidence from a file, without a register: the answer reads "as of".
absl::StatusOr<registry::Proven> CheckSaved(const Trust& trust, const registry::Evidence& evidence,
                                            const registry::Question& question, int64_t now_ms);

// The name proven for the practitioner asked for (registry/held_name.h), on the day of what was
// known; nothing when it is withheld or erased, or there is no such practitioner.
std::optional<std::string> ProvenName(const registry::Proven& proven,
                                      merkle::SubjectNumber practitioner);

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_LOOKUP_H_
