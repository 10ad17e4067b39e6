#include "registry/reason_code.h"

#include <array>
#include <cstddef>

namespace bonafide::registry {
namespace {

constexpr size_t kReasonCodeCount = static_cast<size_t>(ReasonCode::kDisputed) + 1;

constexpr std::array<std::string_view, kReasonCodeCount> kTexts = {
    "number_not_registered",
    "not_a_practitioner",
    "registration_void",
    "erased",
    "no_scheme",
    "no_rules_on_day",
    "update_needed",
    "training_none",
    "training_for_other_treatment",
    "training_refresher_only",
    "training_withdrawn",
    "training_not_yet_awarded",
    "training_level_differs",
    "training_owner_differs",
    "training_owner_missing",
    "training_outside_window",
    "training_no_longer_accepted",
    "training_expired",
    "awarding_body_not_standing",
    "grade_too_low",
    "confirmation_too_old",
    "attested_by_own_clinic",
    "insurance_none",
    "insurance_treatment_not_listed",
    "insurance_treatment_excluded",
    "insurance_other_territory",
    "insurance_not_started",
    "insurance_ended",
    "insurance_not_renewed_yet",
    "insurance_cancelled",
    "insurance_withdrawn",
    "insurance_section_missing",
    "insurance_limit_too_low",
    "insurance_limit_missing",
    "insurance_currency_differs",
    "covered_only_at_clinic",
    "insurance_only_at_other_clinic",
    "affiliation_missing",
    "affiliation_unconfirmed",
    "insurance_excludes_under_18",
    "insurance_excludes_no_patch_test",
    "insurance_excludes_no_consent",
    "insurer_not_standing",
    "retroactive_missing",
    "retroactive_after_day",
    "claim_before_cover",
    "claim_after_cover",
    "suspended",
    "removed",
    "conditions_bar_treatment",
    "conditions_unclear",
    "conditions_on_other_treatments",
    "name_differs",
    "filed_after_day",
    "title_differs",
    "issuer_number_missing",
    "qualification_check_digit",
    "disputed",
};

constexpr std::array<ReasonCode, kReasonCodeCount> kCodes = [] {
  std::array<ReasonCode, kReasonCodeCount> codes{};
  for (size_t i = 0; i < codes.size(); ++i) codes[i] = static_cast<ReasonCode>(i);
  return codes;
}();

}  // namespace

std::span<const ReasonCode> AllReasonCodes() { return kCodes; }

std::string_view ReasonCodeText(ReasonCode code) { return kTexts.at(static_cast<size_t>(code)); }

}  // namespace bonafide::registry
