#include <unordered_map>
#include <unordered_set>

#include "certs/base64.h"
#include "certs/reason.h"
#include "certs/sd_jwt.h"

namespace bonafide::certs {
namespace {

constexpr size_t kMaxDepth = JsonLimits().depth;

// Walks a payload as RFC 9901 section 7.1 step 3 says. One object serves one payload.
class Discloser {
 public:
  absl::Status Offer(const std::vector<Disclosure>& disclosures) {
    for (const Disclosure& disclosure : disclosures) {
      if (!by_digest_.emplace(disclosure.digest, &disclosure).second) {
        return Malformed("disclosure_twice", "SD-JWT: the same disclosure is given twice");
      }
    }
    return absl::OkStatus();
  }

  absl::StatusOr<Json> Process(const Json& value, size_t depth) {
    if (value.IsObject()) return ProcessObject(value, depth);
    if (value.IsArray()) return ProcessArray(value, depth);
    return value;
  }

  // Every disclosure must have been opened by some digest (step 5).
  bool AllReferenced() const { return opened_ == by_digest_.size(); }

 private:
  static absl::Status CheckDepth(size_t depth) {
    if (depth <= kMaxDepth) return absl::OkStatus();
    return Malformed("json_depth", "SD-JWT: the disclosed payload is nested too deeply");
  }

  // The disclosure that `digest_text` opens, or nullptr for a decoy or a withheld claim.
  absl::StatusOr<const Disclosure*> Open(const Json& digest_text) {
    const std::string* text = digest_text.AsString();
    const auto bytes = Base64UrlDecode(text ? *text : "");
    if (!bytes.ok() || bytes->size() != Digest::kSizeBytes) {
      return Malformed("sd_digest", "SD-JWT: a digest is not 43 characters of base64url");
    }
    const Digest digest = *Digest::FromBytes(*bytes);
    if (!seen_.insert(digest).second) {
      return Malformed("sd_digest_twice", "SD-JWT: a digest occurs twice");
    }
    const auto found = by_digest_.find(digest);
    if (found == by_digest_.end()) return nullptr;
    ++opened_;
    return found->second;
  }

  absl::StatusOr<Json> ProcessObject(const Json& object, size_t depth) {
    if (absl::Status status = CheckDepth(depth); !status.ok()) return status;
    Json::Members members;
    members.reserve(object.members().size());
    const Json* digests = nullptr;
    std::unordered_set<std::string_view> names;
    for (const Json::Member& member : object.members()) {
      if (member.name == "...") {
        return Malformed("sd_digest", "SD-JWT: ... may only stand alone in an array element");
      }
      if (member.name == "_sd") {
        digests = &member.value;
        continue;
      }
      names.insert(member.name);
      auto value = Process(member.value, depth + 1);
      if (!value.ok()) return value;
      members.push_back({member.name, *std::move(value)});
    }
    if (digests != nullptr) {
      if (!digests->IsArray()) return Malformed("sd_digest", "SD-JWT: _sd is no array");
      for (const Json& digest : digests->items()) {
        absl::Status status = DiscloseMember(digest, depth, names, members);
        if (!status.ok()) return status;
      }
    }
    return Json::Object(std::move(members));
  }

  absl::Status DiscloseMember(const Json& digest, size_t depth,
                              std::unordered_set<std::string_view>& names, Json::Members& members) {
    const auto disclosure = Open(digest);
    if (!disclosure.ok()) return disclosure.status();
    if (*disclosure == nullptr) return absl::OkStatus();
    if (!(*disclosure)->name.has_value()) {
      return Malformed("disclosure_shape",
                       "SD-JWT: _sd opens to the disclosure of an array element");
    }
    if (!names.insert(*(*disclosure)->name).second) {
      return Malformed("disclosure_claim_present",
                       "SD-JWT: a disclosure names a claim that is already there");
    }
    auto value = Process((*disclosure)->value, depth + 1);
    if (!value.ok()) return value.status();
    members.push_back({*(*disclosure)->name, *std::move(value)});
    return absl::OkStatus();
  }

  absl::StatusOr<Json> ProcessArray(const Json& array, size_t depth) {
    if (absl::Status status = CheckDepth(depth); !status.ok()) return status;
    Json::Items items;
    items.reserve(array.items().size());
    for (const Json& item : array.items()) {
      const Json* digest = item.members().size() == 1 ? item.Find("...") : nullptr;
      const Json* source = &item;
      if (digest != nullptr) {
        const auto disclosure = Open(*digest);
        if (!disclosure.ok()) return disclosure.status();
        if (*disclosure == nullptr) continue;
        if ((*disclosure)->name.has_value()) {
          return Malformed("disclosure_shape",
                           "SD-JWT: an array element opens to the disclosure of a member");
        }
        source = &(*disclosure)->value;
      }
      auto value = Process(*source, depth + 1);
      if (!value.ok()) return value;
      items.push_back(*std::move(value));
    }
    return Json::Array(std::move(items));
  }

  std::unordered_map<Digest, const Disclosure*, DigestHash> by_digest_;
  std::unordered_set<Digest, DigestHash> seen_;
  size_t opened_ = 0;
};

}  // namespace

absl::StatusOr<Json> DisclosedPayload(const Json& payload,
                                      const std::vector<Disclosure>& disclosures) {
  if (!payload.IsObject()) return Malformed("sd_payload", "SD-JWT: the payload is no object");
  const Json* alg = payload.Find("_sd_alg");
  if (alg != nullptr && (alg->AsString() == nullptr || *alg->AsString() != "sha-256")) {
    return Malformed("sd_alg", "SD-JWT: _sd_alg must be sha-256");
  }
  Discloser discloser;
  if (absl::Status status = discloser.Offer(disclosures); !status.ok()) return status;
  auto processed = discloser.Process(payload, 1);
  if (!processed.ok()) return processed;
  if (!discloser.AllReferenced()) {
    return Malformed("disclosure_unreferenced", "SD-JWT: a disclosure that no digest opens");
  }
  Json::Members members;
  for (const Json::Member& member : processed->members()) {
    if (member.name != "_sd_alg") members.push_back(member);
  }
  return Json::Object(std::move(members));
}

}  // namespace bonafide::certs
