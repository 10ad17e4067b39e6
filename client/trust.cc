#include "client/trust.h"

#include <array>
#include <utility>

#include "certs/json.h"
#include "certs/reason.h"
#include "registry/issuer_url.h"

namespace bonafide::client {
namespace {

using certs::Json;

constexpr int64_t kVersion = 1;
constexpr auto kMembers = std::to_array<std::string_view>(
    {"version", "origin", "log_key", "genesis", "policy", "max_age_s"});

absl::Status Renamed(std::string_view reason, std::string_view where, const absl::Status& status) {
  return Malformed(reason, std::string(where) + ": " + std::string(status.message()));
}

absl::Status CheckMembers(const Json& file) {
  if (!file.IsObject()) return Malformed("trust_member", "a trust file is one JSON object");
  for (const Json::Member& member : file.members()) {
    if (std::find(kMembers.begin(), kMembers.end(), member.name) == kMembers.end()) {
      return Malformed("trust_member", "a member that no trust file has: \"" + member.name + "\"");
    }
  }
  for (std::string_view name : kMembers) {
    if (file.Find(name) == nullptr) {
      return Malformed("trust_member", "\"" + std::string(name) + "\" is missing");
    }
  }
  for (std::string_view name : {"origin", "log_key", "genesis", "policy"}) {
    if (file.FindString(name) == nullptr) {
      return Malformed("trust_member", "\"" + std::string(name) + "\" is not a string");
    }
  }
  for (std::string_view name : {"version", "max_age_s"}) {
    if (!file.FindInteger(name)) {
      return Malformed("trust_member", "\"" + std::string(name) + "\" is not an integer");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Trust> MakeTrust(const std::string& origin, const std::string& log_key_vkey,
                                const std::string& genesis_hex, const std::string& policy_text,
                                int64_t max_age_s) {
  if (!registry::IsOrigin(origin)) {
    return Malformed("trust_origin", "\"origin\" is not the name of a register");
  }
  auto log_key = certs::NoteVerifier::FromVkey(log_key_vkey);
  if (!log_key.ok()) return Renamed("trust_log_key", "\"log_key\"", log_key.status());
  if (log_key->type() != certs::NoteKeyType::kEd25519) {
    return Malformed("trust_log_key", "\"log_key\" is not a key that signs heads (type 0x01)");
  }
  if (log_key->name() != origin) {
    return Malformed("trust_origin", "\"log_key\" belongs to another origin");
  }
  const auto genesis = Digest::FromHex(genesis_hex);
  if (!genesis.ok()) return Renamed("trust_genesis", "\"genesis\"", genesis.status());
  auto policy = merkle::Policy::None();
  if (!policy_text.empty()) {
    auto parsed = merkle::Policy::Parse(policy_text);
    if (!parsed.ok()) return Renamed("trust_policy", "\"policy\"", parsed.status());
    policy = *std::move(parsed);
  }
  if (max_age_s < 1 || max_age_s > kMaxTrustAgeS) {
    return Malformed("trust_age", "\"max_age_s\" is not in 1.." + std::to_string(kMaxTrustAgeS));
  }
  return Trust{{origin, *std::move(log_key), *genesis, std::move(policy), max_age_s}, policy_text};
}

absl::StatusOr<Trust> ParseTrust(std::string_view json) {
  const auto file = certs::ParseJson(json, {.size_bytes = kMaxTrustFileBytes, .depth = 2});
  if (!file.ok()) return file.status();
  if (absl::Status status = CheckMembers(*file); !status.ok()) return status;
  if (file->FindInteger("version") != kVersion) {
    return Malformed("trust_version", "\"version\" is not 1: a newer program is needed");
  }
  return MakeTrust(*file->FindString("origin"), *file->FindString("log_key"),
                   *file->FindString("genesis"), *file->FindString("policy"),
                   *file->FindInteger("max_age_s"));
}

std::string WriteTrust(const Trust& trust) {
  const auto& anchors = trust.anchors;
  return certs::WriteIndentedJson(Json::Object({
             {"version", Json::Integer(kVersion)},
             {"origin", Json::String(anchors.origin)},
             {"log_key", Json::String(anchors.log_key.ToVkey())},
             {"genesis", Json::String(anchors.genesis.Hex())},
             {"policy", Json::String(trust.policy_text)},
             {"max_age_s", Json::Integer(anchors.max_age_s)},
         })) +
         "\n";
}

}  // namespace bonafide::client
