#include "client/wording.h"

#include <algorithm>
#include <array>
#include <set>

#include "registry/registration_number.h"

namespace bonafide::client {
namespace {

using merkle::SubjectNumber;
using registry::Day;

constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;
constexpr auto kMonths =
    std::to_array<std::string_view>({"January", "February", "March", "April", "May", "June", "July",
                                     "August", "September", "October", "November", "December"});

std::string TwoDigits(int64_t value) {
  return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}

}  // namespace

std::string DayWords(Day day) {
  const std::string text = day.ToString();  // YYYY-MM-DD
  const int month = (text[5] - '0') * 10 + (text[6] - '0');
  const int of_month = (text[8] - '0') * 10 + (text[9] - '0');
  return std::to_string(of_month) + " " + std::string(kMonths[static_cast<size_t>(month - 1)]) +
         " " + text.substr(0, 4);
}

std::string TimeWords(int64_t time_ms) {
  const int64_t minutes = (time_ms % kDayMs) / 60'000;
  return DayWords(Day::OfTime(time_ms)) + ", " + TwoDigits(minutes / 60) + ":" +
         TwoDigits(minutes % 60) + " UTC";
}

std::string CodeWords(std::string_view code) {
  std::string words(code);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string AmountWords(std::string_view currency, int64_t minor) {
  std::string major = std::to_string(minor / 100);
  for (size_t i = major.size(); i > 3; i -= 3) major.insert(i - 3, ",");
  return std::string(currency) + " " + major + "." + TwoDigits(minor % 100);
}

std::string_view OutcomeWords(registry::Outcome outcome) {
  switch (outcome) {
    case registry::Outcome::kYes:
      return "YES";
    case registry::Outcome::kCannotSay:
      return "CANNOT SAY";
    case registry::Outcome::kNo:
      break;
  }
  return "NO";
}

std::string_view LegWords(registry::LegName leg) {
  switch (leg) {
    case registry::LegName::kRegistration:
      return "registration";
    case registry::LegName::kTraining:
      return "training";
    case registry::LegName::kInsuranceOnDay:
      return "insurance on the day";
    case registry::LegName::kInsuranceIfClaimed:
      return "insurance if you claim";
    case registry::LegName::kStanding:
      break;
  }
  return "standing";
}

std::string_view GradeWords(registry::Grade grade) {
  switch (grade) {
    case registry::Grade::kSelfDeclared:
      return "only declared by the practitioner";
    case registry::Grade::kDocumentSeen:
      return "paper seen, not confirmed with its issuer";
    case registry::Grade::kIssuerConfirmed:
      return "confirmed with the issuer";
    case registry::Grade::kIssuerSigned:
      break;
  }
  return "signed by the issuer";
}

std::string NameWords(const registry::World& world, SubjectNumber number) {
  const registry::Subject* subject = world.Find(number);
  if (subject != nullptr && !subject->name().empty()) return std::string(subject->name());
  return "number " + registry::RegistrationNumber(number);
}

const registry::LoggedEvent* FindRecord(const registry::World& world, SubjectNumber practitioner,
                                        const registry::EventId& id) {
  std::vector<SubjectNumber> open = {practitioner};
  std::set<SubjectNumber> seen = {practitioner};
  while (!open.empty()) {
    const registry::Subject* subject = world.Find(open.back());
    open.pop_back();
    if (subject == nullptr) continue;
    if (const registry::LoggedEvent* found = subject->Find(id)) return found;
    for (const registry::LoggedEventPtr& event : subject->events()) {
      if (event->As<registry::SamePerson>() == nullptr) continue;
      for (SubjectNumber linked : event->subjects) {
        if (seen.insert(linked).second) open.push_back(linked);
      }
    }
  }
  return nullptr;
}

}  // namespace bonafide::client
