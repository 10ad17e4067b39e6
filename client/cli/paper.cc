#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>

#include "certs/reason.h"
#include "client/cli/commands.h"
#include "client/cli/exit_code.h"
#include "client/state_file.h"

namespace bonafide::client::cli {
namespace {

using certs::Json;

constexpr size_t kMaxPaperBytes = 20 << 20;

Json PaperJson(const StoredPaper& paper) {
  return Json::Object({{"sha256", Json::String(paper.sha256)},
                       {"type", Json::String(paper.type)},
                       {"size_bytes", Json::Integer(static_cast<int64_t>(paper.size_bytes))}});
}

int Put(const std::string& path, Session& session) {
  session.Begin();
  Output& out = session.out();
  const auto bytes = ReadFile(path, kMaxPaperBytes);
  if (!bytes.ok()) return out.Failed(bytes.status());
  if (const auto filing = session.filing(); !filing.ok()) return out.Failed(filing.status());
  const auto remote = session.connection();
  if (!remote.ok()) return out.Failed(remote.status());
  const auto paper = (*remote)->UploadPaper(*bytes);
  if (!paper.ok()) return out.Failed(paper.status());
  out.Value(PaperJson(*paper));
  out.Line(session.quiet() ? paper->sha256
                           : paper->sha256 + "  " + paper->type + ", " +
                                 std::to_string(paper->size_bytes) + " bytes");
  return kYes;
}

int Get(const std::string& name, const std::string& path, Session& session) {
  session.Begin();
  Output& out = session.out();
  const auto digest = Digest::FromHex(name);
  if (!digest.ok()) {
    return out.Usage(Malformed("digest_hex", "sha256: not 64 lower-case hexadecimal characters"));
  }
  if (path.empty() && (out.json() || isatty(STDOUT_FILENO))) {
    return out.Usage(Malformed("output", "a paper is no text: give -o FILE"));
  }
  if (absl::Status status = session.ActWhereGiven(); !status.ok()) return out.Failed(status);
  const auto remote = session.connection();
  if (!remote.ok()) return out.Failed(remote.status());
  // Nothing is passed on before all of it is known to be what was asked for.
  std::string bytes;
  const auto paper = (*remote)->FetchPaper(*digest, [&bytes](std::string_view chunk) {
    if (bytes.size() + chunk.size() > kMaxPaperBytes) {
      return Malformed("paper_size", "the register sends more than 20 MiB");
    }
    bytes.append(chunk);
    return absl::OkStatus();
  });
  if (!paper.ok()) return out.Failed(paper.status());
  if (path.empty()) {
    std::fwrite(bytes.data(), 1, bytes.size(), stdout);
    return kYes;
  }
  if (absl::Status status = ReplaceFile(path, bytes, 0600); !status.ok()) {
    return out.Failed(status);
  }
  out.Value(PaperJson(*paper));
  if (!session.quiet()) {
    out.Line(path + ": " + paper->type + ", " + std::to_string(paper->size_bytes) +
             " bytes, as its name says");
  }
  return kYes;
}

}  // namespace

void AddPaper(Arguments& program, Session& session) {
  Arguments paper = program.Command("paper", "Upload and fetch scanned papers");
  auto path = std::make_shared<std::string>();
  Arguments put = paper.Command("put", "Store a PDF, PNG or JPEG, at most 20 MiB");
  put.Option("file", *path, "The paper", Need::kRequired);
  put.Run([path, &session] { return Put(*path, session); });

  auto name = std::make_shared<std::string>();
  auto output = std::make_shared<std::string>();
  Arguments get = paper.Command("get", "Fetch a paper; looking at a restricted one is recorded");
  get.Option("sha256", *name, "Its name, 64 hexadecimal characters", Need::kRequired);
  get.Option("-o,--output", *output, "Where it goes (default: standard output)");
  get.Run([name, output, &session] { return Get(*name, *output, session); });
}

}  // namespace bonafide::client::cli
