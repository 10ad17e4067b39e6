#include "registry/leg_training.h"

#include <algorithm>
#include <optional>
#include <string>

#include "registry/finding.h"
#include "registry/leg_outcome.h"
#include "registry/provenance_check.h"
#include "registry/standing_period.h"

namespace bonafide::registry {
namespace {

const Training& TrainingOf(const LoggedEvent& record) { return *record.As<Training>(); }

// Whether `number` stands in the version as a qualification, or as a refresher for one.
struct Mention {
  bool qualification = false;
  bool refresher = false;
};

Mention MentionOf(const SchemeVersion& version, const std::string& number) {
  Mention mention;
  for (const TrainingGroup& group : version.training) {
    for (const Qualification& accepted : group.any_of) {
      mention.qualification = mention.qualification || accepted.number == number;
      mention.refresher = mention.refresher || std::ranges::find(accepted.refreshers, number) !=
                                                   accepted.refreshers.end();
    }
  }
  return mention;
}

// What is asked of every training record, whatever it is for.
Finding JudgeRecord(const Inquiry& inquiry, const LoggedEvent& record) {
  const Training& training = TrainingOf(record);
  const Day day = inquiry.question.on;
  Finding finding(record);
  const Holding holding = inquiry.effect.HoldingOf(*inquiry.practitioner, record);
  if (!holding.OnDay(day)) {
    finding.No(ReasonCode::kTrainingWithdrawn, DetailOf(holding));
  } else if (holding.from) {
    finding.HoldsUntil(holding.from->PlusDays(-1));
  }
  if (training.awarded_on > day) {
    finding.No(ReasonCode::kTrainingNotYetAwarded, training.awarded_on.ToString());
  }
  if (training.issuer.number) {
    const StandingNeed need{*training.issuer.number, Power::kIssueTraining, training.qualification,
                            std::nullopt};
    if (!StandsOn(inquiry.effect, need, training.awarded_on)) {
      finding.No(ReasonCode::kAwardingBodyNotStanding, std::to_string(need.organisation.value));
    }
  }
  CheckProvenance(inquiry, training.provenance, TrainingDemand(*inquiry.rules.version), finding);
  return finding;
}

// The paper must be by the owner of the qualification. On an attested paper somebody must have said
// whose it is; a signing body was accredited for the qualification itself.
void CheckOwner(const Inquiry& inquiry, const Qualification& accepted, Finding& finding) {
  const Training& training = TrainingOf(finding.record());
  std::optional<std::string> registered;
  if (training.issuer.number) {
    const Subject* body = inquiry.effect.world().Find(*training.issuer.number);
    if (body != nullptr && body->recognition()) registered = *body->recognition();
  }
  for (const auto& recognition : {registered, training.issuer.recognition}) {
    if (recognition && *recognition != accepted.owner) {
      finding.No(ReasonCode::kTrainingOwnerDiffers, *recognition);
      return;
    }
  }
  const bool known = registered || training.issuer.recognition ||
                     training.provenance.grade == Grade::kIssuerSigned;
  if (!known) finding.CannotSay(ReasonCode::kTrainingOwnerMissing, training.issuer.name);
}

bool IsInWindow(const Qualification& accepted, Day awarded_on) {
  const auto from = [awarded_on](const std::optional<Day>& day) {
    return !day || *day <= awarded_on;
  };
  const auto to = [awarded_on](const std::optional<Day>& day) {
    return !day || awarded_on <= *day;
  };
  return from(accepted.operational_start) && to(accepted.certification_end) &&
         from(accepted.awarded_from) && to(accepted.awarded_to);
}

void CheckQualification(const Inquiry& inquiry, const Qualification& accepted, Finding& finding) {
  const Training& training = TrainingOf(finding.record());
  if (training.framework != accepted.framework || training.level != accepted.level) {
    finding.No(ReasonCode::kTrainingLevelDiffers,
               training.framework + " " + std::to_string(training.level));
  }
  CheckOwner(inquiry, accepted, finding);
  if (!IsInWindow(accepted, training.awarded_on)) {
    finding.No(ReasonCode::kTrainingOutsideWindow, training.awarded_on.ToString());
  }
  if (accepted.accepted_until) {
    if (inquiry.question.on > *accepted.accepted_until) {
      finding.No(ReasonCode::kTrainingNoLongerAccepted, accepted.accepted_until->ToString());
    }
    finding.HoldsUntil(*accepted.accepted_until);
  }
}

void CheckValidity(Day asked, const Qualification& accepted, Day last_award, Finding& finding) {
  if (!accepted.valid_for_months) return;
  const Day last_day = last_award.PlusMonths(*accepted.valid_for_months);
  if (asked > last_day) finding.No(ReasonCode::kTrainingExpired, last_day.ToString());
  finding.HoldsUntil(last_day);
}

// Everything filed that could stand for `accepted`: each record alone, and each with a refresher.
void JudgeAgainst(const Inquiry& inquiry, const Qualification& accepted,
                  const std::vector<const LoggedEvent*>& records, std::vector<Finding>& findings) {
  const Day asked = inquiry.question.on;
  std::vector<Finding> refreshers;
  for (const LoggedEvent* record : records) {
    if (accepted.valid_for_months &&
        std::ranges::find(accepted.refreshers, TrainingOf(*record).qualification) !=
            accepted.refreshers.end()) {
      refreshers.push_back(JudgeRecord(inquiry, *record));
    }
  }
  for (const LoggedEvent* record : records) {
    if (TrainingOf(*record).qualification != accepted.number) continue;
    Finding base = JudgeRecord(inquiry, *record);
    CheckQualification(inquiry, accepted, base);
    const Day awarded_on = TrainingOf(*record).awarded_on;
    for (const Finding& refresher : refreshers) {
      const Day refreshed_on = TrainingOf(refresher.record()).awarded_on;
      if (refreshed_on <= awarded_on) continue;
      Finding refreshed = base;
      refreshed.RestsOn(refresher);
      CheckValidity(asked, accepted, refreshed_on, refreshed);
      findings.push_back(std::move(refreshed));
    }
    CheckValidity(asked, accepted, awarded_on, base);
    findings.push_back(std::move(base));
  }
}

// Papers for something else: why a group is NO, and what they are for instead.
std::vector<Reason> OtherTreatments(const Inquiry& inquiry,
                                    const std::vector<const LoggedEvent*>& records) {
  std::vector<Reason> reasons;
  for (const LoggedEvent* record : records) {
    const Training& training = TrainingOf(*record);
    const Mention mention = MentionOf(*inquiry.rules.version, training.qualification);
    if (mention.qualification) continue;
    reasons.push_back({mention.refresher ? ReasonCode::kTrainingRefresherOnly
                                         : ReasonCode::kTrainingForOtherTreatment,
                       EvidencedBy(*record), training.title});
  }
  return reasons;
}

}  // namespace

Leg JudgeTraining(const Inquiry& inquiry, std::vector<Reason>& negatives) {
  if (inquiry.practitioner == nullptr) {
    return Unfounded(LegName::kTraining, Outcome::kNo, ReasonCode::kTrainingNone);
  }
  if (inquiry.rules.missing) {
    return Unfounded(LegName::kTraining, Outcome::kCannotSay, *inquiry.rules.missing);
  }
  std::vector<const LoggedEvent*> records;
  for (const LoggedEventPtr& event : inquiry.practitioner->events()) {
    if (event->As<Training>() != nullptr && inquiry.effect.Counts(*event)) {
      records.push_back(event.get());
    }
  }

  LegOutcome outcome(LegName::kTraining);
  for (const TrainingGroup& group : inquiry.rules.version->training) {
    std::vector<Finding> findings;
    for (const Qualification& accepted : group.any_of) {
      JudgeAgainst(inquiry, accepted, records, findings);
    }
    SortBestFirst(findings);
    std::vector<Reason> others;
    if (findings.empty() || findings.front().outcome() != Outcome::kYes) {
      others = OtherTreatments(inquiry, records);
      for (const Reason& other : others) {
        if (other.code == ReasonCode::kTrainingForOtherTreatment) AddOnce(negatives, other);
      }
    }
    if (!findings.empty()) {
      outcome.Add(findings);
    } else if (others.empty()) {
      outcome.AddNo({{ReasonCode::kTrainingNone, std::nullopt, group.name}});
    } else {
      outcome.AddNo(others);
    }
  }
  return std::move(outcome).Finish(inquiry.rules.holds_until);
}

}  // namespace bonafide::registry
