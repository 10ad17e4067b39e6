#include <memory>
#include <string>
#include <vector>

#include "certs/reason.h"
#include "client/cli/argument_value.h"
#include "client/cli/commands.h"
#include "client/cli/file_event.h"
#include "client/state_file.h"

namespace bonafide::client::cli {
namespace {

using certs::Json;

constexpr size_t kMaxJwkBytes = 4096;

struct Options {
  std::string number, kind, name, recognition, power, scope, insurer, from, until;
  std::string target, last_day, thumbprint, reason, key;
  std::vector<std::string> keys;
  std::optional<int64_t> cut;
  bool delegable = false;
};

absl::StatusOr<Json> ReadJwk(const std::string& path) {
  const auto text = ReadFile(path, kMaxJwkBytes);
  if (!text.ok()) return text.status();
  auto jwk = certs::ParseJson(*text);
  if (!jwk.ok()) return Within(path, jwk.status());
  const auto key = certs::PublicKey::FromJwk(*jwk);
  if (!key.ok()) return Within(path, key.status());
  return key->ToJwk();
}

int Admit(const Options& options, Session& session) {
  session.Begin();
  Claims claims;
  claims.SetText("kind", options.kind);
  claims.SetText("name", options.name);
  claims.SetText("recognition", options.recognition);
  Json::Items keys;
  for (const std::string& path : options.keys) {
    auto jwk = ReadJwk(path);
    if (!jwk.ok()) return session.out().Usage(jwk.status());
    keys.push_back(*std::move(jwk));
  }
  claims.Set("keys", Json::Array(std::move(keys)));
  return FileEvent(session, "organisation", claims, "");
}

int Accredit(const Options& options, Session& session) {
  session.Begin();
  Claims claims;
  claims.SetText("power", options.power);
  claims.SetTexts("scope", SplitText(options.scope, ','));
  if (absl::Status status = claims.SetNumber("insurer", "--insurer", options.insurer);
      !status.ok()) {
    return session.out().Usage(status);
  }
  claims.Set("delegable", Json::Bool(options.delegable));
  claims.SetText("from", options.from.empty() ? session.UtcToday().ToString() : options.from);
  claims.SetText("until", options.until);
  return FileEvent(session, "accreditation", claims, options.number);
}

int End(const Options& options, Session& session) {
  session.Begin();
  Claims claims;
  claims.SetText("target", options.target);
  claims.SetText("last_day",
                 options.last_day.empty() ? session.UtcToday().ToString() : options.last_day);
  claims.SetInteger("cut", options.cut);
  return FileEvent(session, "accreditation-ended", claims, options.number);
}

int AddKey(const Options& options, Session& session) {
  session.Begin();
  auto jwk = ReadJwk(options.key);
  if (!jwk.ok()) return session.out().Usage(jwk.status());
  Claims claims;
  claims.Set("key", *std::move(jwk));
  return FileEvent(session, "key-added", claims, options.number);
}

int RevokeKey(const Options& options, Session& session) {
  session.Begin();
  Claims claims;
  claims.SetText("key", options.thumbprint);
  claims.SetInteger("cut", options.cut);
  claims.SetText("reason", options.reason);
  return FileEvent(session, "key-revoked", claims, options.number);
}

}  // namespace

void AddOrg(Arguments& program, Session& session) {
  auto options = std::make_shared<Options>();
  Arguments org = program.Command("org", "Admit organisations, say what they may do, and end it");

  Arguments admit = org.Command("admit", "Give an organisation a number");
  admit.Option("--kind", options->kind,
               "regulator, registrar, awarding_body, insurer, coverholder or clinic",
               Need::kRequired);
  admit.Option("--name", options->name, "Legal name", Need::kRequired);
  admit.Option("--recognition", options->recognition, "Its public code, where it has one");
  admit.Option("--public-key", options->keys, "JWK file (bonafide keygen); may be repeated",
               Need::kRequired);
  admit.Run([options, &session] { return Admit(*options, session); });

  Arguments accredit = org.Command("accredit", "Grant a power");
  accredit.Option("number", options->number, "Its registration number", Need::kRequired);
  accredit.Option("--power", options->power,
                  "admit, set_scheme, register, attest, issue_training, issue_insurance, sanction "
                  "or erase",
                  Need::kRequired);
  accredit.Option("--scope", options->scope, "For what, separated by commas; * is everything",
                  Need::kRequired);
  accredit.Option("--insurer", options->insurer, "For a coverholder: the insurer it acts for");
  accredit.Flag("--delegable", options->delegable, "It may pass the power on");
  accredit.Option("--from", options->from, "First day (default: today)");
  accredit.Option("--until", options->until, "Last day");
  accredit.Run([options, &session] { return Accredit(*options, session); });

  Arguments end = org.Command("end", "End an accreditation");
  end.Option("number", options->number, "Registration number of the organisation", Need::kRequired);
  end.Option("--target", options->target, "Identity of the grant", Need::kRequired);
  end.Option("--last-day", options->last_day, "Last day (default: today)");
  end.Option("--cut", options->cut, "Void what it admitted from this log index on");
  end.Run([options, &session] { return End(*options, session); });

  Arguments key = org.Command("key", "Add and revoke keys of an organisation");
  Arguments add = key.Command("add", "Add a key");
  add.Option("number", options->number, "Registration number of the organisation", Need::kRequired);
  add.Option("--public-key", options->key, "JWK file (bonafide keygen)", Need::kRequired);
  add.Run([options, &session] { return AddKey(*options, session); });

  Arguments revoke = key.Command("revoke", "Revoke a key for ever");
  revoke.Option("number", options->number, "Registration number of the organisation",
                Need::kRequired);
  revoke.Option("--thumbprint", options->thumbprint, "Of the key", Need::kRequired);
  revoke.Option("--reason", options->reason, "retired, lost or compromised", Need::kRequired);
  revoke.Option("--cut", options->cut, "Void what it signed from this log index on");
  revoke.Run([options, &session] { return RevokeKey(*options, session); });
}

}  // namespace bonafide::client::cli
