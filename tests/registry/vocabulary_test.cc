#include "registry/vocabulary.h"

#include <gtest/gtest.h>

#include <string>

namespace bonafide::registry {
namespace {

// Every word of an enumeration in order, and that each reads back.
template <typename Enum>
std::string WordsOf(Enum last) {
  std::string words;
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    const auto value = static_cast<Enum>(i);
    EXPECT_EQ(ValueNamed<Enum>(WordOf(value)), value);
    words += std::string(WordOf(value)) + " ";
  }
  EXPECT_EQ(ValueNamed<Enum>(""), std::nullopt);
  EXPECT_EQ(ValueNamed<Enum>("Other"), std::nullopt);
  EXPECT_EQ(ValueNamed<Enum>(std::string(WordOf(last)) + " "), std::nullopt);
  return words;
}

TEST(Vocabulary, HasTheWordsOfTheProtocol) {
  EXPECT_EQ(WordsOf(OrganisationKind::kClinic),
            "regulator registrar awarding_body insurer coverholder clinic ");
  EXPECT_EQ(WordsOf(Power::kErase),
            "admit set_scheme register attest issue_training issue_insurance sanction erase ");
  EXPECT_EQ(WordsOf(Grade::kIssuerSigned),
            "self_declared document_seen issuer_confirmed issuer_signed ");
  EXPECT_EQ(WordsOf(Basis::kClaimsMade), "occurrence claims_made ");
  EXPECT_EQ(WordsOf(SanctionKind::kConditions), "suspension removal conditions ");
  EXPECT_EQ(WordsOf(ConfirmedHow::kApi), "email telephone portal letter api ");
  EXPECT_EQ(WordsOf(RevocationReason::kCompromised), "retired lost compromised ");
  EXPECT_EQ(WordsOf(WithdrawalReason::kOther),
            "false error cancelled unpaid superseded fraud other ");
}

TEST(Vocabulary, NamesEventTypes) {
  EXPECT_EQ(EventTypeOf(Genesis()), "genesis");
  EXPECT_EQ(EventTypeOf(PractitionerAmended()), "practitioner-amended");
  EXPECT_EQ(EventTypeOf(Erasure()), "erasure");
  EXPECT_EQ(EventTypeOf(UnknownEvent()), "");
  EXPECT_EQ(VctOf("same-person"), "urn:bonafide:same-person:v1");
}

}  // namespace
}  // namespace bonafide::registry
