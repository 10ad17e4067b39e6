#include "storage/register/submission.h"

#include <algorithm>

#include "certs/json.h"
#include "certs/reason.h"
#include "storage/names/name_normal_form.h"

namespace bonafide::storage {
namespace {

bool AllTextIsNfc(const certs::Json& json) {
  if (const std::string* text = json.AsString()) return IsNfc(*text);
  return std::ranges::all_of(json.items(), AllTextIsNfc) &&
         std::ranges::all_of(json.members(), [](const certs::Json::Member& member) {
           return AllTextIsNfc(member.value);
         });
}

// Whether `payload` can hold other than ASCII: directly or by an escape.
bool MayHoldForeignText(std::string_view payload) {
  return std::ranges::any_of(payload, [](char c) { return static_cast<uint8_t>(c) >= 0x80; }) ||
         payload.find("\\u") != std::string_view::npos;
}

absl::Status CheckNormalForm(const registry::Token& token,
                             const std::vector<registry::OpenedSlot>& opened) {
  bool right = std::ranges::all_of(
      opened, [](const registry::OpenedSlot& slot) { return AllTextIsNfc(slot.value); });
  if (right && MayHoldForeignText(token.jws.payload)) {
    const auto claims = certs::ParseJson(token.jws.payload);
    right = claims.ok() && AllTextIsNfc(*claims);
  }
  if (right) return absl::OkStatus();
  return Malformed("text_normal_form", "a text is not in Unicode normalisation form C");
}

// A genesis brings its own keys; for all others the register knows them.
absl::StatusOr<certs::PublicKey> KeyFor(const registry::Event& event, const KeyLookup& key_of) {
  const auto* genesis = event.As<registry::Genesis>();
  if (genesis == nullptr) return key_of(event.issuer, event.key);
  for (const certs::PublicKey& key : genesis->keys) {
    if (key.id() == event.key) return key;
  }
  return NotAdmitted("key_unknown", "the genesis is not signed by one of its own keys");
}

}  // namespace

absl::StatusOr<VerifiedSubmission> VerifiedSubmission::Check(std::string_view sd_jwt,
                                                             std::string_view origin,
                                                             const KeyLookup& key_of) {
  const auto parts =
      certs::SplitSdJwt(sd_jwt, {registry::kMaxDisclosures, registry::kMaxDisclosureBytes});
  if (!parts.ok()) return parts.status();
  auto token = registry::ParseToken(parts->jwt, origin);
  if (!token.ok()) return token.status();
  if (token->event.As<registry::UnknownEvent>() != nullptr) {
    return Malformed("vct", "this register knows no events of type " + token->event.vct);
  }

  std::vector<certs::Disclosure> disclosures;
  for (std::string_view encoded : parts->disclosures) {
    auto disclosure = certs::ParseDisclosure(encoded);
    if (!disclosure.ok()) return disclosure.status();
    disclosures.push_back(*std::move(disclosure));
  }
  auto opened = registry::OpenSlots(token->event, disclosures, /*all_required=*/true);
  if (!opened.ok()) return opened.status();
  if (absl::Status status = CheckNormalForm(*token, *opened); !status.ok()) return status;

  // The dearest check last.
  const auto key = KeyFor(token->event, key_of);
  if (!key.ok()) return key.status();
  absl::Status status = certs::VerifyJws(token->jws, *key, registry::kEventTyp);
  if (!status.ok()) return status;

  VerifiedSubmission submission(*std::move(token));
  submission.opened_ = *std::move(opened);
  for (certs::Disclosure& disclosure : disclosures) {
    submission.disclosures_bytes_ += disclosure.encoded.size() + 1;
    submission.disclosures_.push_back(std::move(disclosure.encoded));
  }
  return submission;
}

}  // namespace bonafide::storage
