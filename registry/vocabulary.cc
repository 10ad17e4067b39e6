#include "registry/vocabulary.h"

#include <array>
#include <cstddef>

namespace bonafide::registry {
namespace {

// The words of an enumeration, in the order of its values.
template <typename Enum>
struct Words;

template <>
struct Words<OrganisationKind> {
  static constexpr auto kList = std::to_array<std::string_view>(
      {"regulator", "registrar", "awarding_body", "insurer", "coverholder", "clinic"});
};
template <>
struct Words<Power> {
  static constexpr auto kList =
      std::to_array<std::string_view>({"admit", "set_scheme", "register", "attest",
                                       "issue_training", "issue_insurance", "sanction", "erase"});
};
template <>
struct Words<Grade> {
  static constexpr auto kList = std::to_array<std::string_view>(
      {"self_declared", "document_seen", "issuer_confirmed", "issuer_signed"});
};
template <>
struct Words<Basis> {
  static constexpr auto kList = std::to_array<std::string_view>({"occurrence", "claims_made"});
};
template <>
struct Words<SanctionKind> {
  static constexpr auto kList =
      std::to_array<std::string_view>({"suspension", "removal", "conditions"});
};
template <>
struct Words<ConfirmedHow> {
  static constexpr auto kList =
      std::to_array<std::string_view>({"email", "telephone", "portal", "letter", "api"});
};
template <>
struct Words<RevocationReason> {
  static constexpr auto kList = std::to_array<std::string_view>({"retired", "lost", "compromised"});
};
template <>
struct Words<WithdrawalReason> {
  static constexpr auto kList = std::to_array<std::string_view>(
      {"false", "error", "cancelled", "unpaid", "superseded", "fraud", "other"});
};

// In the order of EventBody.
constexpr auto kEventTypes =
    std::to_array<std::string_view>({"genesis",       "organisation",
                                     "accreditation", "accreditation-ended",
                                     "key-added",     "key-revoked",
                                     "scheme",        "scheme-version",
                                     "practitioner",  "practitioner-amended",
                                     "affiliation",   "affiliation-confirmed",
                                     "training",      "insurance",
                                     "withdrawal",    "sanction",
                                     "same-person",   "dispute",
                                     "erasure",       ""});
static_assert(kEventTypes.size() == std::variant_size_v<EventBody>);

template <typename Enum>
std::string_view Word(Enum value) {
  return Words<Enum>::kList[static_cast<size_t>(value)];
}

}  // namespace

std::string_view WordOf(OrganisationKind value) { return Word(value); }
std::string_view WordOf(Power value) { return Word(value); }
std::string_view WordOf(Grade value) { return Word(value); }
std::string_view WordOf(Basis value) { return Word(value); }
std::string_view WordOf(SanctionKind value) { return Word(value); }
std::string_view WordOf(ConfirmedHow value) { return Word(value); }
std::string_view WordOf(RevocationReason value) { return Word(value); }
std::string_view WordOf(WithdrawalReason value) { return Word(value); }

template <typename Enum>
std::optional<Enum> ValueNamed(std::string_view word) {
  const auto& list = Words<Enum>::kList;
  for (size_t i = 0; i < list.size(); ++i) {
    if (list[i] == word) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

template std::optional<OrganisationKind> ValueNamed(std::string_view);
template std::optional<Power> ValueNamed(std::string_view);
template std::optional<Grade> ValueNamed(std::string_view);
template std::optional<Basis> ValueNamed(std::string_view);
template std::optional<SanctionKind> ValueNamed(std::string_view);
template std::optional<ConfirmedHow> ValueNamed(std::string_view);
template std::optional<RevocationReason> ValueNamed(std::string_view);
template std::optional<WithdrawalReason> ValueNamed(std::string_view);

std::string_view EventTypeOf(const EventBody& body) { return kEventTypes[body.index()]; }

std::string VctOf(std::string_view type) {
  std::string vct = "urn:bonafide:";
  vct += type;
  vct += ":v1";
  return vct;
}

}  // namespace bonafide::registry
