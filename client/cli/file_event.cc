#include "client/cli/file_event.h"

#include <optional>
#include <utility>

#include "certs/reason.h"
#include "client/cli/argument_value.h"
#include "client/cli/exit_code.h"
#include "client/event_claims.h"
#include "client/state_file.h"
#include "client/wording.h"
#include "registry/registration_number.h"

namespace bonafide::client::cli {
namespace {

using certs::Json;

constexpr size_t kMaxPaperBytes = 20 << 20;

absl::StatusOr<Json> Upload(Session& session, const std::string& path) {
  const auto bytes = ReadFile(path, kMaxPaperBytes);
  if (!bytes.ok()) return bytes.status();
  if (const auto filing = session.filing(); !filing.ok()) return filing.status();
  const auto remote = session.connection();
  if (!remote.ok()) return remote.status();
  const auto paper = (*remote)->UploadPaper(*bytes);
  if (!paper.ok()) return Within(path, paper.status());
  return Json::Object(
      {{"sha256", Json::String(paper->sha256)}, {"type", Json::String(paper->type)}});
}

}  // namespace

absl::Status AttachPaper(Session& session, Claims& claims, std::string_view slot,
                         const std::string& path) {
  if (path.empty()) return absl::OkStatus();
  auto paper = Upload(session, path);
  if (!paper.ok()) return paper.status();
  claims.Set("personal." + std::string(slot), *std::move(paper));
  return absl::OkStatus();
}

absl::Status AttachPapers(Session& session, Claims& claims, std::string_view slot,
                          const std::vector<std::string>& paths) {
  if (paths.empty()) return absl::OkStatus();
  Json::Items papers;
  for (const std::string& path : paths) {
    auto paper = Upload(session, path);
    if (!paper.ok()) return paper.status();
    papers.push_back(*std::move(paper));
  }
  claims.Set("personal." + std::string(slot), Json::Array(std::move(papers)));
  return absl::OkStatus();
}

Json FiledJson(const Filed& filed) {
  return Json::Object({
      {"event", Json::String(filed.id.ToString())},
      {"registration_number", Json::String(registry::RegistrationNumber(filed.subject))},
      {"index", Json::Integer(static_cast<int64_t>(filed.index.value))},
      {"time_ms", Json::Integer(filed.time_ms)},
  });
}

int FileEvent(Session& session, std::string_view type, const Claims& claims,
              const std::string& number) {
  Output& out = session.out();
  auto event = ReadEventClaims(type, claims.Build());
  if (!event.ok()) return out.Usage(event.status());
  const auto filing = session.filing();
  if (!filing.ok()) return out.Failed(filing.status());
  std::optional<About> about;
  if (!number.empty()) {
    const auto parsed = ParseNumber("number", number);
    if (!parsed.ok()) return out.Usage(parsed.status());
    const auto found = session.Find(*parsed);
    if (!found.ok()) return out.Failed(found.status());
    about = *found;
  }
  const auto filed = (*filing)->File(std::move(event->body), about, std::move(event->personal));
  if (!filed.ok()) return out.Failed(filed.status());

  const std::string subject = registry::RegistrationNumber(filed->subject);
  out.Value(FiledJson(*filed));
  if (session.quiet()) {
    out.Line(about ? filed->id.ToString() : subject);
    return kYes;
  }
  out.Line(std::string("Filed ") + std::string(type) +
               (about ? " for " + subject : ": the new number is " + subject),
           Colour::kGood);
  out.Line("  entry " + std::to_string(filed->index.value) + " of the log, " +
           TimeWords(filed->time_ms) + "; its receipt was checked");
  out.Line("  identity " + filed->id.ToString());
  return kYes;
}

}  // namespace bonafide::client::cli
