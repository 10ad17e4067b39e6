// The verdict: a pure function of proven events (docs/protocol.md, section 10; docs/verdict.md).
#ifndef BONAFIDE_REGISTRY_VERDICT_H_
#define BONAFIDE_REGISTRY_VERDICT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "registry/effect.h"
#include "registry/question.h"
#include "registry/reason_code.h"

namespace bonafide::registry {

enum class Outcome : uint8_t { kYes, kCannotSay, kNo };  // ordered: the worst leg is the greatest

enum class LegName : uint8_t {
  kRegistration,
  kTraining,
  kInsuranceOnDay,
  kInsuranceIfClaimed,
  kStanding,
};

// A filed record a leg rests on, or that speaks against it.
struct Evidenced {
  EventId event;
  SubjectNumber signer;
  std::optional<Grade> grade;  // of training and insurance
  int64_t logged_at_ms = 0;
  LogIndex index;
};

struct Reason {
  ReasonCode code;
  std::optional<Evidenced> record;  // which record, where it is about one
  std::string detail;               // a code, day, number or title from the record; never personal
};

struct Leg {
  LegName name = LegName::kRegistration;
  Outcome outcome = Outcome::kNo;
  bool decides = true;  // false: informs only (a claim day was not asked for)
  std::vector<Reason> reasons = {};
  std::vector<Evidenced> rests_on = {};     // the best records chosen
  std::optional<Grade> weakest_grade = {};  // of those
  std::optional<Day> holds_until = {};      // last day this YES holds as things are filed
};

struct Verdict {
  Outcome outcome = Outcome::kNo;
  std::vector<Leg> legs;           // all five, in the order of LegName
  std::vector<Reason> reasons;     // about the whole: no scheme, no rules on the day, update needed
  std::vector<Reason> warnings;    // never flip an answer
  std::vector<Reason> negatives;   // said explicitly: "face only", "scalp not listed"
  std::vector<Reason> conditions;  // sanctions shown that do not bar this treatment
  std::optional<Grade> weakest_grade;
  std::optional<Day> holds_until;  // the earliest lapse; only with YES
  bool update_needed = false;      // something in the set is newer than this version
  std::optional<SubjectNumber> scheme;
  std::optional<Day> scheme_version_from;
  Day as_of;  // UTC day of what was known
  int64_t as_of_ms = 0;
};

// Names that the pure function may use for warnings: what the disclosures proved, by event.
struct ProvenNames {
  std::vector<std::pair<EventId, std::string>> held;      // `name` slots of the practitioner
  std::vector<std::pair<EventId, std::string>> on_paper;  // `name_on_paper` slots
};

// Answers `question` from what `effect` lets count. Precondition: the world of `effect` is closed
// for this question (registry/closure.h) and `question.claim_on` is not before `question.on`.
Verdict Judge(const Question& question, const Effect& effect, const ProvenNames& names,
              int64_t head_time_ms);

std::string_view OutcomeName(Outcome outcome);  // "yes", "cannot_say", "no"
std::string_view LegNameText(LegName name);  // "registration", "training", "insurance_on_day", ...

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_VERDICT_H_
