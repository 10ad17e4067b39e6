// Why a leg is what it is: stable codes, each with its text form and its section in
// docs/verdict.md.
#ifndef BONAFIDE_REGISTRY_REASON_CODE_H_
#define BONAFIDE_REGISTRY_REASON_CODE_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace bonafide::registry {

enum class ReasonCode : uint8_t {
  // Registration.
  kNumberNotRegistered,
  kNotAPractitioner,
  kRegistrationVoid,
  kErased,
  // The rules.
  kNoScheme,
  kNoRulesOnDay,
  kUpdateNeeded,
  // Training.
  kTrainingNone,
  kTrainingForOtherTreatment,
  kTrainingRefresherOnly,
  kTrainingWithdrawn,
  kTrainingNotYetAwarded,
  kTrainingLevelDiffers,
  kTrainingOwnerDiffers,
  kTrainingOwnerMissing,
  kTrainingOutsideWindow,
  kTrainingNoLongerAccepted,
  kTrainingExpired,
  kAwardingBodyNotStanding,
  // How a record is known: training and insurance.
  kGradeTooLow,
  kConfirmationTooOld,
  kAttestedByOwnClinic,
  // Insurance.
  kInsuranceNone,
  kInsuranceTreatmentNotListed,
  kInsuranceTreatmentExcluded,
  kInsuranceOtherTerritory,
  kInsuranceNotStarted,
  kInsuranceEnded,
  kInsuranceNotRenewedYet,
  kInsuranceCancelled,
  kInsuranceWithdrawn,
  kInsuranceSectionMissing,
  kInsuranceLimitTooLow,
  kInsuranceLimitMissing,
  kInsuranceCurrencyDiffers,
  kCoveredOnlyAtClinic,
  kInsuranceOnlyAtOtherClinic,
  kAffiliationMissing,
  kAffiliationUnconfirmed,
  kInsuranceExcludesUnder18,
  kInsuranceExcludesNoPatchTest,
  kInsuranceExcludesNoConsent,
  kInsurerNotStanding,
  // Insurance if you claim.
  kRetroactiveMissing,
  kRetroactiveAfterDay,
  kClaimBeforeCover,
  kClaimAfterCover,
  // Standing.
  kSuspended,
  kRemoved,
  kConditionsBarTreatment,
  kConditionsUnclear,
  kConditionsOnOtherTreatments,
  // Warnings.
  kNameDiffers,
  kFiledAfterDay,
  kTitleDiffers,
  kIssuerNumberMissing,
  kQualificationCheckDigit,
  kDisputed,
};

// Every code once, in the order of the enumeration.
std::span<const ReasonCode> AllReasonCodes();

// Lower snake case; part of the API.
std::string_view ReasonCodeText(ReasonCode code);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_REASON_CODE_H_
