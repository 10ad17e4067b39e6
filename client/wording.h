// Every text that a patient reads, in one place: days, codes, outcomes, reasons, records, answers.
//
// Plain text without line ends unless said otherwise, no colours. Names come from evidence and hold
// nothing that steers a terminal (registry/text_rules.h).
#ifndef BONAFIDE_CLIENT_WORDING_H_
#define BONAFIDE_CLIENT_WORDING_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "registry/evidence.h"
#include "registry/question.h"
#include "registry/verdict.h"

namespace bonafide::client {

// "3 May 2026".
std::string DayWords(registry::Day day);
// "3 May 2026, 14:05 UTC", of milliseconds since 1970.
std::string TimeWords(int64_t time_ms);
// "scalp micropigmentation", of a code.
std::string CodeWords(std::string_view code);
// "GBP 1,000,000.00", of an amount in minor units (two decimals, whatever the currency).
std::string AmountWords(std::string_view currency, int64_t minor);

// "YES", "CANNOT SAY", "NO".
std::string_view OutcomeWords(registry::Outcome outcome);
// What stands in place of an answer that was not proven.
inline constexpr char kCouldNotCheckWords[] = "COULD NOT CHECK: do not rely on this";
// "insurance on the day".
std::string_view LegWords(registry::LegName leg);
// "confirmed with the issuer".
std::string_view GradeWords(registry::Grade grade);

// Legal name of an organisation or name of a scheme; "number 0000-4711-30" when `world` has none.
std::string NameWords(const registry::World& world, merkle::SubjectNumber number);

// The record of `practitioner`, or of a number linked to it, with this identity; else nullptr.
const registry::LoggedEvent* FindRecord(const registry::World& world,
                                        merkle::SubjectNumber practitioner,
                                        const registry::EventId& id);

// One line about what an event says, for example
// "Example Level 4 Certificate (999/1234/4, rqf level 4), awarded 15 March 2024 by Example Awards".
std::string EventWords(const registry::LoggedEvent& event, const registry::World& world);

// Why, as a sentence without a full stop. Says whom to ask where asking helps.
std::string ReasonWords(const registry::Reason& reason, merkle::SubjectNumber practitioner,
                        const registry::World& world);

// " [filed by Example Awards, 3 May 2026]".
std::string FiledWords(const registry::Evidenced& record, const registry::World& world);

// A whole answer for people.
struct AnswerWords {
  struct LegLine {
    std::string_view leg;
    std::string_view outcome;
    bool decides = true;
    std::vector<std::string> details;  // what it rests on, or why not
  };
  std::string headline;              // one sentence that begins with the outcome
  std::vector<std::string> remarks;  // weakest evidence, until when, what it is not
  std::vector<LegLine> legs;
  std::vector<std::string> warnings;
  std::string as_of;  // which head this is proven at
};

enum class AnswerKind {
  kNow,    // from the register, just now
  kSaved,  // from a file: reads "as of"
};

AnswerWords WordsOf(const registry::Question& question, const registry::Proven& proven,
                    AnswerKind kind);

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_WORDING_H_
