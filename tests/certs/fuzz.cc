#include "tests/certs/fuzz.h"

#include <cstdio>
#include <cstdlib>

#include "certs/base64.h"
#include "certs/json.h"
#include "certs/jws.h"
#include "certs/key.h"
#include "certs/note.h"
#include "certs/reason.h"
#include "certs/sd_jwt.h"

namespace bonafide::certs {
namespace {

void Require(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

// Whether `result` was accepted; if not, it must have been refused properly.
template <typename T>
bool Accepted(const absl::StatusOr<T>& result) {
  if (result.ok()) return true;
  Require(result.status().code() == absl::StatusCode::kInvalidArgument, "a document is malformed");
  Require(!ReasonOf(result.status()).empty(), "a refusal has a reason");
  return false;
}

}  // namespace

void FuzzBase64(std::string_view bytes) {
  if (const auto decoded = Base64UrlDecode(bytes); Accepted(decoded)) {
    Require(Base64UrlEncode(*decoded) == bytes, "base64url has one spelling");
  }
  if (const auto decoded = Base64Decode(bytes); Accepted(decoded)) {
    Require(Base64Encode(*decoded) == bytes, "base64 has one spelling");
  }
}

void FuzzJson(std::string_view bytes) {
  const auto json = ParseJson(bytes);
  if (!Accepted(json)) return;
  // The text of a double may be longer than the one that was read.
  const auto again = ParseJson(WriteJson(*json), {.size_bytes = 8 * bytes.size() + 64});
  Require(again.ok() && *again == *json, "what was written reads back equal");
}

void FuzzJwk(std::string_view bytes) {
  const auto json = ParseJson(bytes);
  if (!Accepted(json)) return;
  const auto key = PublicKey::FromJwk(*json);
  if (!Accepted(key)) return;
  const auto again = PublicKey::FromJwk(key->ToJwk());
  Require(again.ok() && *again == *key, "a key returns from its JWK");
  Require(!key->Verify("", std::string(64, '\0')), "a constant signs nothing");
}

void FuzzPem(std::string_view bytes) {
  const auto key = PrivateKey::FromPem(bytes);
  if (!Accepted(key)) return;
  const auto again = PrivateKey::FromPem(key->ToPem());
  Require(again.ok() && again->public_key() == key->public_key(), "a key returns from its PEM");
}

void FuzzToken(std::string_view bytes) {
  const auto jws = ParseJws(bytes);
  if (!Accepted(jws)) return;
  Require(std::string(jws->signing_input()) + '.' + Base64UrlEncode(jws->signature) == bytes,
          "a token has one spelling");
  Require(jws->kid.has_value(), "a token names its key");
}

void FuzzSdJwt(std::string_view bytes) {
  const auto parts = SplitSdJwt(bytes);
  if (!Accepted(parts)) return;
  std::vector<std::string> encoded;
  std::vector<Disclosure> disclosures;
  for (std::string_view text : parts->disclosures) {
    encoded.emplace_back(text);
    auto disclosure = ParseDisclosure(text);
    if (Accepted(disclosure)) disclosures.push_back(*std::move(disclosure));
  }
  Require(JoinSdJwt(parts->jwt, encoded) == bytes, "an SD-JWT has one spelling");
  const auto jws = ParseJws(parts->jwt, {.kid_required = false});
  if (!Accepted(jws)) return;
  const auto payload = ParseJson(jws->payload);
  if (!Accepted(payload)) return;
  const auto claims = DisclosedPayload(*payload, disclosures);
  if (!Accepted(claims)) return;
  Require(claims->IsObject() && claims->Find("_sd") == nullptr, "digests do not remain");
  for (const Json::Member& member : payload->members()) {
    if (member.name == "_sd" || member.name == "_sd_alg" || member.value.IsObject() ||
        member.value.IsArray()) {
      continue;
    }
    const Json* claim = claims->Find(member.name);
    Require(claim != nullptr && *claim == member.value, "plain claims are never overwritten");
  }
}

void FuzzDisclosure(std::string_view bytes) {
  const auto disclosure = ParseDisclosure(bytes);
  if (!Accepted(disclosure)) return;
  Require(disclosure->encoded == bytes && disclosure->digest == Sha256(bytes),
          "the digest is that of the text");
  Require(disclosure->name != "_sd" && disclosure->name != "...", "reserved names are no claims");
}

void FuzzNote(std::string_view bytes) {
  const auto note = ParseNote(bytes);
  if (!Accepted(note)) return;
  Require(WriteNote(*note) == bytes, "a note has one spelling");
  Require(!note->signatures.empty() && note->text.ends_with('\n'), "a note has text and signature");
}

void FuzzVkey(std::string_view bytes) {
  const auto verifier = NoteVerifier::FromVkey(bytes);
  if (Accepted(verifier)) Require(verifier->ToVkey() == bytes, "a verifier key has one spelling");
}

}  // namespace bonafide::certs
