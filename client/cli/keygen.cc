#include <memory>
#include <string>

#include "certs/key_file.h"
#include "certs/note.h"
#include "certs/reason.h"
#include "client/cli/commands.h"
#include "client/cli/exit_code.h"
#include "client/state_file.h"

namespace bonafide::client::cli {
namespace {

using certs::Json;

struct Options {
  std::string path, algorithm = "ES256", cosigner;
};

int Keygen(const Options& options, Session& session) {
  session.Begin();
  Output& out = session.out();
  const auto algorithm =
      certs::AlgorithmNamed(options.cosigner.empty() ? options.algorithm : "Ed25519");
  if (!algorithm) {
    return out.Usage(Malformed("algorithm", "--algorithm: ES256 or Ed25519, spelled so"));
  }
  const auto key = certs::PrivateKey::Generate(*algorithm);
  std::string vkey;
  if (!options.cosigner.empty()) {
    const auto verifier = certs::NoteVerifier::Create(
        options.cosigner, certs::NoteKeyType::kCosignature, key.public_key());
    if (!verifier.ok()) return out.Usage(verifier.status());
    vkey = verifier->ToVkey();
  }
  if (absl::Status status = certs::WriteKeyFile(options.path, key); !status.ok()) {
    return out.Failed(status);
  }
  const std::string public_path = options.path + (vkey.empty() ? ".jwk" : ".vkey");
  const std::string public_text = vkey.empty() ? certs::WriteJson(key.public_key().ToJwk()) : vkey;
  if (absl::Status status = ReplaceFile(public_path, public_text + "\n", 0644); !status.ok()) {
    return out.Failed(status);
  }
  const std::string thumbprint = key.public_key().id().ToString();
  out.Value(Json::Object({{"key_file", Json::String(options.path)},
                          {"public_file", Json::String(public_path)},
                          {"thumbprint", Json::String(thumbprint)},
                          {"public", Json::String(public_text)}}));
  if (session.quiet()) {
    out.Line(vkey.empty() ? thumbprint : vkey);
    return kYes;
  }
  out.Line("Private key in " + options.path + ": keep it secret, keep a copy in a safe place");
  out.Line("Public key in  " + public_path + ": hand this to whoever " +
           (vkey.empty() ? "admits your organisation" : "is to accept your cosignatures"));
  out.Line("Thumbprint     " + thumbprint);
  return kYes;
}

}  // namespace

void AddKeygen(Arguments& program, Session& session) {
  auto options = std::make_shared<Options>();
  Arguments command = program.Command("keygen", "Make a key for an organisation or a cosigner");
  command.Option("file", options->path, "Where the private key goes; never replaced",
                 Need::kRequired);
  command.Option("--algorithm", options->algorithm, "ES256 (default) or Ed25519");
  command.Option("--cosigner", options->cosigner, "Make a cosigner's key of this name instead");
  command.Run([options, &session] { return Keygen(*options, session); });
}

}  // namespace bonafide::client::cli
