#include "registry/schema/event_type.h"

#include <array>
#include <type_traits>

#include "registry/schema/organisations.h"
#include "registry/schema/practitioners.h"
#include "registry/schema/records.h"
#include "registry/schema/schemes.h"

namespace bonafide::registry::schema {
namespace {

constexpr std::string_view kVctBegin = "urn:bonafide:";
constexpr std::string_view kVersion1 = ":v1";

constexpr auto kPersonSlots =
    std::to_array<std::string_view>({"name", "town", "photo", "birth_date"});
constexpr auto kTrainingSlots = std::to_array<std::string_view>(
    {"name_on_paper", "certificate_number", "papers", "public_papers"});
constexpr auto kInsuranceSlots =
    std::to_array<std::string_view>({"name_on_paper", "policy_number", "papers", "public_papers"});
constexpr auto kSanctionSlots = std::to_array<std::string_view>({"text", "case_papers"});
constexpr auto kDisputeSlots = std::to_array<std::string_view>({"text"});

constexpr auto kTypes = std::to_array<EventType>({
    {"genesis", true, ReadGenesis, {}},
    {"organisation", true, ReadOrganisation, {}},
    {"accreditation", false, ReadAccreditation, {}},
    {"accreditation-ended", false, ReadAccreditationEnded, {}},
    {"key-added", false, ReadKeyAdded, {}},
    {"key-revoked", false, ReadKeyRevoked, {}},
    {"scheme", true, ReadScheme, {}},
    {"scheme-version", false, ReadSchemeVersion, {}},
    {"practitioner", true, ReadPractitioner, kPersonSlots},
    {"practitioner-amended", false, ReadPractitionerAmended, kPersonSlots},
    {"affiliation", false, ReadAffiliation, {}},
    {"affiliation-confirmed", false, ReadAffiliationConfirmed, {}},
    {"training", false, ReadTraining, kTrainingSlots},
    {"insurance", false, ReadInsurance, kInsuranceSlots},
    {"withdrawal", false, ReadWithdrawal, {}},
    {"sanction", false, ReadSanction, kSanctionSlots},
    {"same-person", false, ReadSamePerson, {}},
    {"dispute", false, ReadDispute, kDisputeSlots},
    {"erasure", false, ReadErasure, {}},
});

bool IsTypeName(std::string_view text) {
  if (text.empty() || text.size() > 40) return false;
  return std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

bool IsVersion(std::string_view text) {
  if (text.size() < 2 || text.size() > 4 || text[0] != 'v') return false;
  return std::ranges::all_of(text.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

const EventType* FindEventType(std::string_view vct) {
  if (!vct.starts_with(kVctBegin) || !vct.ends_with(kVersion1)) return nullptr;
  vct.remove_prefix(kVctBegin.size());
  if (vct.size() < kVersion1.size()) return nullptr;
  vct.remove_suffix(kVersion1.size());
  const auto found = std::ranges::find(kTypes, vct, &EventType::name);
  return found == kTypes.end() ? nullptr : &*found;
}

bool IsVct(std::string_view vct) {
  if (!vct.starts_with(kVctBegin)) return false;
  vct.remove_prefix(kVctBegin.size());
  const size_t colon = vct.find(':');
  return colon != vct.npos && IsTypeName(vct.substr(0, colon)) && IsVersion(vct.substr(colon + 1));
}

void WriteBody(const EventBody& body, Json::Members& members) {
  std::visit(
      [&members](const auto& each) {
        if constexpr (!std::is_same_v<std::decay_t<decltype(each)>, UnknownEvent>) {
          Write(each, members);
        }
      },
      body);
}

}  // namespace bonafide::registry::schema
