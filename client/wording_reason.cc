#include <cstdlib>
#include <optional>
#include <string>

#include "client/wording.h"
#include "registry/registration_number.h"
#include "registry/vocabulary.h"

namespace bonafide::client {
namespace {

using merkle::SubjectNumber;
using registry::ReasonCode;

std::string DetailDay(const std::string& detail) {
  const auto day = registry::Day::Parse(detail);
  return day.ok() ? DayWords(*day) : detail;
}

// Many details are the number of an organisation.
std::string DetailName(const std::string& detail, const registry::World& world) {
  return NameWords(world, SubjectNumber{std::strtoull(detail.c_str(), nullptr, 10)});
}

// "999/1234/4: ", so that two of nearly the same title are told apart.
std::string QualificationOf(const registry::LoggedEvent* record) {
  const auto* training = record == nullptr ? nullptr : record->As<registry::Training>();
  return training == nullptr ? "" : training->qualification + ", ";
}

// Whose paper the record is.
std::string IssuerOf(const registry::LoggedEvent* record) {
  if (record != nullptr) {
    if (const auto* training = record->As<registry::Training>()) return training->issuer.name;
    if (const auto* policy = record->As<registry::Insurance>()) return policy->issuer.name;
  }
  return "its issuer";
}

// "unpaid from 2026-05-03" or "false": why a record was withdrawn, and since when.
std::string WithdrawnWords(const std::string& detail) {
  const size_t from = detail.find(" from ");
  const std::string why = detail.substr(0, from);
  const std::string since = from == detail.npos
                                ? "the start"
                                : DetailDay(detail.substr(from + std::string(" from ").size()));
  return " from " + since + (why.empty() ? "" : " (" + why + ")");
}

std::string Sentence(const registry::Reason& reason, const registry::LoggedEvent* record,
                     const registry::World& world) {
  const std::string& detail = reason.detail;
  switch (reason.code) {
    case ReasonCode::kNumberNotRegistered:
      return "this number has not been given to anybody";
    case ReasonCode::kNotAPractitioner:
      return "this number is not that of a practitioner";
    case ReasonCode::kRegistrationVoid:
      return "the registration is void: it was signed with a key that was taken back";
    case ReasonCode::kErased:
      return "the personal details were erased; a number without a name vouches for nobody";
    case ReasonCode::kNoScheme:
      return "no regulator has set rules for this treatment in this territory";
    case ReasonCode::kNoRulesOnDay:
      return "no rules were in force on that day";
    case ReasonCode::kUpdateNeeded:
      return "the register uses something newer than this program: update it and ask again";
    case ReasonCode::kTrainingNone:
      return detail.empty() ? "nothing filed shows any training"
                            : "nothing filed shows training for: " + detail;
    case ReasonCode::kTrainingForOtherTreatment:
      return "this training is for something else: " + QualificationOf(record) + detail;
    case ReasonCode::kTrainingRefresherOnly:
      return "a refresher alone is not enough: " + QualificationOf(record) + detail;
    case ReasonCode::kTrainingWithdrawn:
      return "the certificate was withdrawn" + WithdrawnWords(detail);
    case ReasonCode::kTrainingNotYetAwarded:
      return "the certificate was awarded only on " + DetailDay(detail);
    case ReasonCode::kTrainingLevelDiffers:
      return "the paper states another framework or level than the qualification has: " + detail;
    case ReasonCode::kTrainingOwnerDiffers:
      return "the paper is by " + detail + ", which does not own this qualification";
    case ReasonCode::kTrainingOwnerMissing:
      return "nobody has established that " + detail + " owns this qualification; ask " + detail;
    case ReasonCode::kTrainingOutsideWindow:
      return "awarded on " + DetailDay(detail) + ", when this qualification could not be awarded";
    case ReasonCode::kTrainingNoLongerAccepted:
      return "this qualification was accepted only until " + DetailDay(detail);
    case ReasonCode::kTrainingExpired:
      return "the training was valid until " + DetailDay(detail);
    case ReasonCode::kAwardingBodyNotStanding:
      return DetailName(detail, world) + " was not accredited for this qualification at the award";
    case ReasonCode::kGradeTooLow:
      return std::string(detail == "self_declared" ? "only the practitioner says so"
                                                   : "the paper was only seen, not confirmed") +
             "; the rules ask for more: ask " + IssuerOf(record);
    case ReasonCode::kConfirmationTooOld:
      return "last checked on " + DetailDay(detail) + ", too long ago for the rules: ask " +
             IssuerOf(record);
    case ReasonCode::kAttestedByOwnClinic:
      return "vouched for only by the practitioner's own clinic, " + DetailName(detail, world) +
             ": ask " + IssuerOf(record);
    case ReasonCode::kInsuranceNone:
      return "nothing filed shows any insurance";
    case ReasonCode::kInsuranceTreatmentNotListed:
      return CodeWords(detail) + " is not listed in the policy";
    case ReasonCode::kInsuranceTreatmentExcluded:
      return CodeWords(detail) + " is excluded from the policy";
    case ReasonCode::kInsuranceOtherTerritory:
      return "the policy does not cover the territory " + detail;
    case ReasonCode::kInsuranceNotStarted:
      return "cover begins only on " + DetailDay(detail);
    case ReasonCode::kInsuranceEnded:
      return "cover ended on " + DetailDay(detail);
    case ReasonCode::kInsuranceNotRenewedYet:
      return "cover filed so far ends on " + DetailDay(detail) +
             "; a renewal may follow: ask again nearer the day";
    case ReasonCode::kInsuranceCancelled:
      return "the policy was cancelled" + WithdrawnWords(detail);
    case ReasonCode::kInsuranceWithdrawn:
      return "the certificate of insurance was withdrawn" + WithdrawnWords(detail);
    case ReasonCode::kInsuranceSectionMissing:
      return "the policy has no section " + CodeWords(detail);
    case ReasonCode::kInsuranceLimitTooLow:
      return "the limit is lower than the rules ask for: " + CodeWords(detail);
    case ReasonCode::kInsuranceLimitMissing:
      return "no limit is filed for " + CodeWords(detail) + ": ask " + IssuerOf(record);
    case ReasonCode::kInsuranceCurrencyDiffers:
      return "the limit is in another currency than the rules: " + CodeWords(detail);
    case ReasonCode::kCoveredOnlyAtClinic:
      return "covered only while working at " + DetailName(detail, world) +
             ": say at which clinic (--at)";
    case ReasonCode::kInsuranceOnlyAtOtherClinic:
      return "covered only while working at " + DetailName(detail, world);
    case ReasonCode::kAffiliationMissing:
      return "covered only while working at " + DetailName(detail, world) +
             ", which has not said that the practitioner works there on that day";
    case ReasonCode::kAffiliationUnconfirmed:
      return "no registrar has confirmed that the practitioner works at " +
             DetailName(detail, world);
    case ReasonCode::kInsuranceExcludesUnder18:
      return "patients under 18 are not covered";
    case ReasonCode::kInsuranceExcludesNoPatchTest:
      return "not covered without a patch test";
    case ReasonCode::kInsuranceExcludesNoConsent:
      return "not covered without written consent";
    case ReasonCode::kInsurerNotStanding:
      return DetailName(detail, world) + " was not accredited to issue this insurance on that day";
    case ReasonCode::kRetroactiveMissing:
      return "from which treatments the policy answers (retroactive date) is not filed: ask " +
             IssuerOf(record);
    case ReasonCode::kRetroactiveAfterDay:
      return "the policy answers only for treatments from " + DetailDay(detail) + " on";
    case ReasonCode::kClaimBeforeCover:
      return "a claim would be made before the policy begins";
    case ReasonCode::kClaimAfterCover:
      return "a claim would be made after the policy, and its extended reporting, have ended";
    case ReasonCode::kSuspended:
      return "SUSPENDED";
    case ReasonCode::kRemoved:
      return "REMOVED from the register";
    case ReasonCode::kConditionsBarTreatment:
      return "barred from this treatment";
    case ReasonCode::kConditionsUnclear:
      return "works under conditions that only a person can read: ask the regulator";
    case ReasonCode::kConditionsOnOtherTreatments:
      return "works under conditions on other treatments: " + CodeWords(detail);
    case ReasonCode::kNameDiffers:
      return "the name on the paper differs from the names registered";
    case ReasonCode::kFiledAfterDay:
      return "filed only on " + DetailDay(detail) + ", after the day of the treatment";
    case ReasonCode::kTitleDiffers:
      return "the paper's title differs from that of the qualification: " + detail;
    case ReasonCode::kIssuerNumberMissing:
      return "named without a number of the register, so nobody asked whether it stood "
             "accredited: " +
             detail;
    case ReasonCode::kQualificationCheckDigit:
      return "the qualification number has an unusual check digit: " + detail;
    case ReasonCode::kDisputed:
      return "the practitioner disputes this record";
  }
  return std::string(registry::ReasonCodeText(reason.code));
}

bool IsSanction(ReasonCode code) {
  return code == ReasonCode::kSuspended || code == ReasonCode::kRemoved ||
         code == ReasonCode::kConditionsBarTreatment || code == ReasonCode::kConditionsUnclear ||
         code == ReasonCode::kConditionsOnOtherTreatments;
}

}  // namespace

std::string ReasonWords(const registry::Reason& reason, SubjectNumber practitioner,
                        const registry::World& world) {
  const registry::LoggedEvent* record =
      reason.record ? FindRecord(world, practitioner, reason.record->event) : nullptr;
  std::string words = Sentence(reason, record, world);
  if (record == nullptr) return words;
  if (IsSanction(reason.code)) words += " (" + EventWords(*record, world) + ")";
  if (IsSanction(reason.code) && record->event().subject != practitioner) {
    words += " under the person's other number " +
             registry::RegistrationNumber(*record->event().subject);
  }
  return words + FiledWords(*reason.record, world);
}

std::string FiledWords(const registry::Evidenced& record, const registry::World& world) {
  return " [filed by " + NameWords(world, record.signer) + ", " +
         DayWords(registry::Day::OfTime(record.logged_at_ms)) + "]";
}

}  // namespace bonafide::client
