#include <memory>
#include <string>

#include "certs/reason.h"
#include "client/cli/commands.h"
#include "client/cli/exit_code.h"
#include "client/pinning.h"
#include "client/state_file.h"

namespace bonafide::client::cli {
namespace {

using certs::Json;

constexpr size_t kMaxPolicyBytes = 128 * 1024;

struct Options {
  std::string file, policy, genesis, territory;
  int64_t max_age_s = 600;
  bool yes = false;
};

absl::StatusOr<Pinned> FromRegister(const Options& options, Session& session) {
  std::string policy;
  if (!options.policy.empty()) {
    auto text = ReadFile(options.policy, kMaxPolicyBytes);
    if (!text.ok()) return text.status();
    policy = *std::move(text);
  }
  const auto remote = session.connection();
  if (!remote.ok()) return remote.status();
  return Pin(**remote, policy, options.max_age_s);
}

// Where and how to reach the register, for later commands.
absl::Status SaveSettings(const Options& options, Session& session) {
  const auto address = session.ServerAddress();
  if (!address.ok()) return absl::OkStatus();  // a file may come without an address
  const auto ca = session.CaPem();
  if (!ca.ok()) return ca.status();
  const auto directory = session.StateDirectory();
  if (!directory.ok()) return directory.status();
  Json::Members settings = {{"server", Json::String(*address)}};
  const std::string territory =
      options.territory.empty() ? session.SavedTerritory() : options.territory;
  if (!territory.empty()) settings.push_back({"territory", Json::String(territory)});
  if (!ca->empty()) {
    if (absl::Status status = ReplaceFile(*directory + "/ca.pem", *ca); !status.ok()) return status;
  }
  return ReplaceFile(*directory + "/settings.json",
                     certs::WriteIndentedJson(Json::Object(std::move(settings))) + "\n");
}

absl::Status Save(const Trust& trust, const Options& options, Session& session) {
  const auto directory = session.StateDirectory();
  if (!directory.ok()) return directory.status();
  if (absl::Status status = MakeDirectories(*directory); !status.ok()) return status;
  const auto path = session.TrustPath();
  if (!path.ok()) return path.status();
  const auto old = ReadFile(*path, kMaxTrustFileBytes);
  if (old.ok()) {
    // Trust is changed knowingly, never by asking another server.
    const auto was = ParseTrust(*old);
    if (!was.ok() || was->anchors.genesis != trust.anchors.genesis ||
        was->anchors.log_key.ToVkey() != trust.anchors.log_key.ToVkey()) {
      return Refusal(absl::StatusCode::kAlreadyExists, "trust_exists",
                     *path + " pins another register; move it away first, or use --trust FILE");
    }
  }
  if (absl::Status status = ReplaceFile(*path, WriteTrust(trust), 0644); !status.ok()) {
    return status;
  }
  return SaveSettings(options, session);
}

void Show(const Trust& trust, const Pinned* pinned, Output& out) {
  const auto& anchors = trust.anchors;
  out.Line("Register      " + anchors.origin);
  if (pinned != nullptr) out.Line("Regulator     " + pinned->regulator);
  out.Line("Log key       " + anchors.log_key.ToVkey());
  out.Line("First entry   " + anchors.genesis.Hex());
  if (pinned != nullptr) {
    for (const std::string& thumbprint : pinned->keys) out.Line("Its key       " + thumbprint);
    out.Line("Head          " + std::to_string(pinned->size) + " entries");
  }
  out.Line("Cosigners     " +
           std::string(trust.policy_text.empty() ? "none asked for" : "as your policy asks"));
}

Json TrustJson(const Trust& trust, const Pinned* pinned, bool saved) {
  Json::Members members = {
      {"origin", Json::String(trust.anchors.origin)},
      {"log_key", Json::String(trust.anchors.log_key.ToVkey())},
      {"genesis", Json::String(trust.anchors.genesis.Hex())},
      {"saved", Json::Bool(saved)},
  };
  if (pinned != nullptr) {
    members.push_back({"regulator", Json::String(pinned->regulator)});
    members.push_back({"keys", Json::Strings(pinned->keys)});
  }
  return Json::Object(std::move(members));
}

int Finish(const Trust& trust, const Pinned* pinned, bool save, const Options& options,
           Session& session) {
  Output& out = session.out();
  if (!options.genesis.empty() && options.genesis != trust.anchors.genesis.Hex()) {
    Show(trust, pinned, out);
    return out.CouldNotCheck(Damaged(
        "evidence_genesis", "this register does not begin with the entry you gave with --genesis"));
  }
  if (save) {
    if (absl::Status status = Save(trust, options, session); !status.ok()) {
      return out.Failed(status);
    }
  }
  Show(trust, pinned, out);
  out.Value(TrustJson(trust, pinned, save));
  out.Line();
  if (save) {
    out.Line("Pinned in " + *session.TrustPath() + ".", Colour::kGood);
    return kYes;
  }
  out.Line(
      "Nothing is saved yet. Compare the first entry and the log key with what the register "
      "publishes elsewhere (its papers, its web site, its regulator); if they agree:");
  out.Line("  bonafide trust --genesis " + trust.anchors.genesis.Hex());
  return kNo;
}

int RunTrust(const Options& options, Session& session) {
  session.Begin();
  Output& out = session.out();
  if (!options.file.empty()) {
    const auto text = ReadFile(options.file, kMaxTrustFileBytes);
    if (!text.ok()) return out.Failed(text.status());
    const auto trust = ParseTrust(*text);
    if (!trust.ok()) return out.Failed(trust.status());
    return Finish(*trust, nullptr, true, options, session);
  }
  const auto pinned = FromRegister(options, session);
  if (!pinned.ok()) return out.Failed(pinned.status());
  return Finish(pinned->trust, &*pinned, options.yes || !options.genesis.empty(), options, session);
}

}  // namespace

void AddTrust(Arguments& program, Session& session) {
  auto options = std::make_shared<Options>();
  Arguments command = program.Command("trust", "Pin a register: what to believe, and where it is");
  command.Option("file", options->file, "A trust file that was handed to you");
  command.Option("--genesis", options->genesis,
                 "SHA-256 of its first entry as published elsewhere; pins when it agrees");
  command.Flag("--yes", options->yes, "Pin whatever the server shows");
  command.Option("--policy", options->policy, "Cosigner policy, a C2SP tlog-policy file");
  command.Option("--max-age", options->max_age_s, "How old a head may be, in seconds");
  command.Option("--territory", options->territory, "Territory to ask about by default");
  command.Run([options, &session] { return RunTrust(*options, session); });
}

}  // namespace bonafide::client::cli
