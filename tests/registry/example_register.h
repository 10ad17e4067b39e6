// The cast most tests play with: a register where the answer for one practitioner is YES.
#ifndef BONAFIDE_TESTS_REGISTRY_EXAMPLE_REGISTER_H_
#define BONAFIDE_TESTS_REGISTRY_EXAMPLE_REGISTER_H_

#include <string>

#include "tests/registry/scratch_register.h"

namespace bonafide::registry {

inline Day DayOf(const char* text) { return Day::Parse(text).value(); }

// Everything is filed on 2026-05-28 and published. All names are invented.
struct ExampleRegister {
  static constexpr char kTreatment[] = "scalp_micropigmentation";
  static constexpr char kTerritory[] = "example-land";
  static constexpr char kQualification[] = "999/1234/4";

  explicit ExampleRegister(uint64_t seed = 1);

  Question Ask() const;  // about `practitioner`, on 2026-06-01: YES
  absl::StatusOr<Proven> Check(const Question& question) const;

  static SchemeVersion Rules();
  Training AwardedTraining() const;
  Insurance Policy() const;

  ScratchRegister scratch;
  Party registrar, awarding_body, insurer, clinic, other_clinic, scheme, practitioner;
  EventId version, training, insurance;
};

}  // namespace bonafide::registry

#endif  // BONAFIDE_TESTS_REGISTRY_EXAMPLE_REGISTER_H_
