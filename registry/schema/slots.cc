#include "registry/schema/slots.h"

#include <algorithm>
#include <array>

#include "certs/base64.h"

namespace bonafide::registry::schema {
namespace {

constexpr std::string_view kPersonal = "personal";
constexpr std::string_view kDigests = "_sd";
constexpr std::string_view kArrayDigest = "...";
constexpr size_t kMaxSlots = 16;  // as many as there may be disclosures
constexpr Count kPaperCount = {1, 8};

// The digest in `{"_sd": ["<43 characters>"]}`; nothing for anything else.
std::optional<Digest> DigestIn(const Json& slot) {
  const Json::Members& members = slot.members();
  if (members.size() != 1 || members[0].name != kDigests) return std::nullopt;
  const Json::Items& digests = members[0].value.items();
  if (digests.size() != 1 || !digests[0].IsString()) return std::nullopt;
  const auto bytes = certs::Base64UrlDecode(*digests[0].AsString());
  if (!bytes.ok() || bytes->size() != Digest::kSizeBytes) return std::nullopt;
  return *Digest::FromBytes(*bytes);
}

template <typename MayName>
std::vector<Slot> ReadNamedSlots(Claims& claims, MayName may_name) {
  std::vector<Slot> slots;
  const Json* personal = claims.Take(kPersonal);
  if (personal == nullptr || !claims.ok()) return slots;
  if (!personal->IsObject()) {
    claims.Fail("claim_type", kPersonal, "not an object");
    return slots;
  }
  if (personal->members().empty() || personal->members().size() > kMaxSlots) {
    claims.Fail("claim_range", kPersonal, "no slot, or more than 16");
    return slots;
  }
  slots.reserve(personal->members().size());
  for (const Json::Member& member : personal->members()) {
    if (!may_name(member.name)) {
      claims.Fail("slot_unknown", kPersonal, "a slot that this event does not have");
      return slots;
    }
    const std::optional<Digest> digest = DigestIn(member.value);
    if (!digest) {
      claims.Fail("slot_digest", kPersonal, member.name + " is not {\"_sd\": [one digest]}");
      return slots;
    }
    slots.push_back({member.name, *digest});
  }
  for (size_t i = 0; i < slots.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (slots[i].digest == slots[j].digest) {
        claims.Fail("slot_digest", kPersonal, slots[i].name + " has the digest of another slot");
      }
    }
  }
  return slots;
}

bool Has(const std::vector<Slot>& slots, std::string_view name) {
  return std::ranges::any_of(slots, [name](const Slot& slot) { return slot.name == name; });
}

bool IsText(const Json& value, size_t max_code_points) {
  return value.IsString() && registry::IsText(*value.AsString(), max_code_points);
}

bool IsDay(const Json& value) { return value.IsString() && Day::Parse(*value.AsString()).ok(); }

bool IsPaper(const Json& value) {
  static constexpr auto kTypes =
      std::to_array<std::string_view>({"application/pdf", "image/png", "image/jpeg"});
  const std::string* digest = value.FindString("sha256");
  const std::string* type = value.FindString("type");
  return value.members().size() == 2 && digest != nullptr && type != nullptr &&
         Digest::FromHex(*digest).ok() && std::ranges::find(kTypes, *type) != kTypes.end();
}

bool ArePapers(const Json& value) {
  const Json::Items& papers = value.items();
  return papers.size() >= kPaperCount.least && papers.size() <= kPaperCount.most &&
         std::ranges::all_of(papers, IsPaper);
}

bool HoldsHiddenClaim(const Json& json) {
  for (const Json::Member& member : json.members()) {
    if (member.name == kDigests || member.name == kArrayDigest || HoldsHiddenClaim(member.value)) {
      return true;
    }
  }
  return std::ranges::any_of(json.items(), HoldsHiddenClaim);
}

}  // namespace

std::vector<Slot> ReadSlots(Claims& claims, std::span<const std::string_view> allowed) {
  if (allowed.empty()) return {};
  return ReadNamedSlots(claims, [allowed](std::string_view name) {
    return std::ranges::find(allowed, name) != allowed.end();
  });
}

std::vector<Slot> ReadUnknownSlots(Claims& claims) { return ReadNamedSlots(claims, IsCode); }

void RequireSlots(const EventBody& body, const std::vector<Slot>& slots, Claims& claims) {
  std::string_view missing;
  const auto* sanction = std::get_if<Sanction>(&body);
  if (std::holds_alternative<PractitionerRegistered>(body) && !Has(slots, "name")) {
    missing = "a practitioner has a name";
  } else if (std::holds_alternative<PractitionerAmended>(body) && slots.empty()) {
    missing = "an amendment without anything amended";
  } else if (std::holds_alternative<Dispute>(body) && !Has(slots, "text")) {
    missing = "a dispute has a text";
  } else if (sanction != nullptr && sanction->kind == SanctionKind::kConditions &&
             sanction->barred.empty() && !Has(slots, "text")) {
    missing = "conditions without barred have a text";
  }
  if (!missing.empty()) claims.Fail("slot_missing", kPersonal, missing);
}

bool IsSlotValue(std::string_view name, const Json& value) {
  if (name == "name" || name == "name_on_paper") return IsText(value, 200);
  if (name == "town") return IsText(value, 100);
  if (name == "certificate_number" || name == "policy_number") return IsText(value, 64);
  if (name == "text") return IsText(value, 2000);
  if (name == "photo") return IsPaper(value);
  if (name == "birth_date") return IsDay(value);
  if (name == "papers" || name == "public_papers" || name == "case_papers") {
    return ArePapers(value);
  }
  return false;
}

void RefuseHiddenClaims(const Json& json, Claims& claims) {
  for (const Json::Member& member : json.members()) {
    if (member.name == kPersonal) continue;
    if (member.name == kDigests || member.name == kArrayDigest || HoldsHiddenClaim(member.value)) {
      return claims.Fail("slot_digest", kPersonal, "a digest outside personal");
    }
  }
}

}  // namespace bonafide::registry::schema
