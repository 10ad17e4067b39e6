#include "registry/schema/organisations.h"

#include "certs/note.h"
#include "registry/schema/member.h"

namespace bonafide::registry::schema {
namespace {

constexpr Count kKeyCount = {1, 8};
constexpr Count kScopeCount = {1, 256};
constexpr int64_t kMaxHeadGapS = 86'400;
constexpr std::string_view kEverything = "*";

std::vector<certs::PublicKey> ReadKeys(Claims& claims) {
  std::vector<certs::PublicKey> keys;
  const Json::Items* items = claims.RequiredItems("keys", kKeyCount);
  if (items == nullptr) return keys;
  keys.reserve(items->size());
  for (size_t i = 0; i < items->size(); ++i) {
    auto key = certs::PublicKey::FromJwk((*items)[i]);
    if (!key.ok()) {
      claims.FailWith("keys", key.status(), i);
      return keys;
    }
    keys.push_back(*std::move(key));
  }
  claims.RefuseTwice("keys", keys, [](const certs::PublicKey& key) { return key.id(); });
  return keys;
}

bool IsScopeItem(Power power, std::string_view item) {
  switch (power) {
    case Power::kAdmit:
      return ValueNamed<OrganisationKind>(item).has_value();
    case Power::kSetScheme:
    case Power::kIssueInsurance:
      return IsCode(item);
    case Power::kAttest: {
      const auto grade = ValueNamed<Grade>(item);
      return grade && *grade != Grade::kIssuerSigned;
    }
    case Power::kIssueTraining:
      return IsRecognition(item);
    case Power::kRegister:
    case Power::kSanction:
    case Power::kErase:
      break;
  }
  return false;  // only "*"
}

struct ScopeItemForm {
  using Value = std::string;
  static constexpr Json::Kind kKind = Json::Kind::kString;
  Power power;
  std::optional<Value> operator()(const Json& json) const {
    const std::string& item = *json.AsString();
    if (item != kEverything && !IsScopeItem(power, item)) return std::nullopt;
    return item;
  }
};

std::vector<std::string> ReadScope(Claims& claims, Power power) {
  const Count count = power == Power::kAttest ? Count{1, 1} : kScopeCount;
  auto scope = claims.RequiredArray("scope", count, ScopeItemForm{power});
  if (scope.size() > 1 && std::ranges::find(scope, kEverything) != scope.end()) {
    claims.Fail("claim_conflict", "scope", "\"*\" stands alone");
  }
  return scope;
}

}  // namespace

EventBody ReadGenesis(Claims& claims) {
  Genesis body;
  body.name = claims.Required("name", TextForm());
  body.keys = ReadKeys(claims);
  body.origin = claims.Required("origin", StringForm<&IsOrigin>());
  const Json* aud = claims.Take("aud");
  if (aud != nullptr && aud->AsString() != nullptr && *aud->AsString() != body.origin) {
    claims.Fail("claim_conflict", "origin", "not the origin in aud");
  }
  const std::string* log_key = claims.Required("log_key", AnyStringForm());
  if (log_key != nullptr) {
    body.log_key = *log_key;
    const auto key = certs::NoteVerifier::FromVkey(body.log_key);
    if (!key.ok()) {
      claims.FailWith("log_key", key.status());
    } else if (key->type() != certs::NoteKeyType::kEd25519 || key->name() != body.origin) {
      claims.Fail("claim_conflict", "log_key", "not a key of type 01 whose name is the origin");
    }
  }
  body.max_head_gap_s = claims.Required("max_head_gap_s", IntegerForm{1, kMaxHeadGapS});
  return body;
}

void Write(const Genesis& body, Json::Members& members) {
  Put(members, "name", body.name);
  Put(members, "keys", body.keys);
  Put(members, "origin", body.origin);
  Put(members, "log_key", body.log_key);
  Put(members, "max_head_gap_s", body.max_head_gap_s);
}

EventBody ReadOrganisation(Claims& claims) {
  OrganisationCreated body;
  body.kind = claims.Required("kind", WordForm<OrganisationKind>());
  body.name = claims.Required("name", TextForm());
  body.recognition = claims.Optional("recognition", RecognitionForm());
  body.keys = ReadKeys(claims);
  return body;
}

void Write(const OrganisationCreated& body, Json::Members& members) {
  Put(members, "kind", body.kind);
  Put(members, "name", body.name);
  Put(members, "recognition", body.recognition);
  Put(members, "keys", body.keys);
}

EventBody ReadAccreditation(Claims& claims) {
  Accreditation body;
  body.power = claims.Required("power", WordForm<Power>());
  body.scope = ReadScope(claims, body.power);
  body.insurer = claims.Optional("insurer", SubjectForm());
  if (body.insurer && body.power != Power::kIssueInsurance) {
    claims.Fail("claim_conflict", "insurer", "only with issue_insurance");
  }
  body.delegable = claims.Required("delegable", BooleanForm());
  body.from = claims.Required("from", DayForm());
  body.until = claims.Optional("until", DayForm());
  claims.RequireOrder("until", body.from, body.until);
  return body;
}

void Write(const Accreditation& body, Json::Members& members) {
  Put(members, "power", body.power);
  Put(members, "scope", body.scope);
  Put(members, "insurer", body.insurer);
  Put(members, "delegable", body.delegable);
  Put(members, "from", body.from);
  Put(members, "until", body.until);
}

EventBody ReadAccreditationEnded(Claims& claims) {
  AccreditationEnded body;
  body.target = claims.Required("target", EventIdForm());
  body.last_day = claims.Required("last_day", DayForm());
  body.cut = claims.Optional("cut", IndexForm());
  return body;
}

void Write(const AccreditationEnded& body, Json::Members& members) {
  Put(members, "target", body.target);
  Put(members, "last_day", body.last_day);
  Put(members, "cut", body.cut);
}

EventBody ReadKeyAdded(Claims& claims) {
  const Json* jwk = claims.Take("key");
  if (jwk == nullptr) {
    claims.Fail("claim_missing", "key", "missing");
    return UnknownEvent();
  }
  auto key = certs::PublicKey::FromJwk(*jwk);
  if (!key.ok()) {
    claims.FailWith("key", key.status());
    return UnknownEvent();
  }
  return KeyAdded{*std::move(key)};
}

void Write(const KeyAdded& body, Json::Members& members) { Put(members, "key", body.key); }

EventBody ReadKeyRevoked(Claims& claims) {
  const auto key = claims.RequiredOrNone("key", KeyIdForm());
  if (!key) return UnknownEvent();
  KeyRevoked body{*key, {}, {}};
  body.cut = claims.Optional("cut", IndexForm());
  body.reason = claims.Required("reason", WordForm<RevocationReason>());
  return body;
}

void Write(const KeyRevoked& body, Json::Members& members) {
  Put(members, "key", body.key);
  Put(members, "cut", body.cut);
  Put(members, "reason", body.reason);
}

}  // namespace bonafide::registry::schema
