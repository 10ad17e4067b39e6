#include "registry/reason_code.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace bonafide::registry {
namespace {

TEST(ReasonCodeTest, EveryCodeHasATextOfItsOwn) {
  std::set<std::string_view> texts;
  for (ReasonCode code : AllReasonCodes()) {
    const std::string_view text = ReasonCodeText(code);
    EXPECT_TRUE(texts.insert(text).second) << text;
    EXPECT_FALSE(text.empty());
    EXPECT_TRUE(std::ranges::all_of(text, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    })) << text;
  }
}

// The texts are part of the API; each stands beside its own enumerator.
TEST(ReasonCodeTest, TextsStandBesideTheirCodes) {
  EXPECT_EQ(ReasonCodeText(ReasonCode::kNumberNotRegistered), "number_not_registered");
  EXPECT_EQ(ReasonCodeText(ReasonCode::kUpdateNeeded), "update_needed");
  EXPECT_EQ(ReasonCodeText(ReasonCode::kAwardingBodyNotStanding), "awarding_body_not_standing");
  EXPECT_EQ(ReasonCodeText(ReasonCode::kAttestedByOwnClinic), "attested_by_own_clinic");
  EXPECT_EQ(ReasonCodeText(ReasonCode::kInsurerNotStanding), "insurer_not_standing");
  EXPECT_EQ(ReasonCodeText(ReasonCode::kClaimAfterCover), "claim_after_cover");
  EXPECT_EQ(ReasonCodeText(ReasonCode::kConditionsOnOtherTreatments),
            "conditions_on_other_treatments");
  EXPECT_EQ(ReasonCodeText(ReasonCode::kDisputed), "disputed");
}

}  // namespace
}  // namespace bonafide::registry
