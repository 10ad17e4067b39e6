// The one question the register answers.
#ifndef BONAFIDE_REGISTRY_QUESTION_H_
#define BONAFIDE_REGISTRY_QUESTION_H_

#include <cstdint>
#include <optional>
#include <string>

#include "merkle/index.h"
#include "registry/day.h"

namespace bonafide::registry {

// "Do the papers filed for this practitioner meet the rules for this treatment on this day?"
struct Question {
  merkle::SubjectNumber practitioner;
  std::string treatment;        // code
  std::string territory;        // code
  Day on;                       // the day of the treatment
  std::optional<Day> claim_on;  // a day on or after `on`: would a claim made then find cover?
  std::optional<merkle::SubjectNumber> at;  // the clinic
  bool under_18 = false;
  std::optional<int64_t> known_at_ms;  // what the register said by then; default: its newest
};

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_QUESTION_H_
