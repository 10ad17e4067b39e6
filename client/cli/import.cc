#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "certs/reason.h"
#include "client/cli/commands.h"
#include "client/cli/exit_code.h"
#include "client/cli/file_event.h"
#include "client/event_claims.h"
#include "client/import_journal.h"
#include "client/import_rows.h"
#include "client/state_file.h"
#include "registry/registration_number.h"

namespace bonafide::client::cli {
namespace {

using certs::Json;

constexpr size_t kMaxCsvBytes = size_t{1} << 30;

struct Options {
  std::string path, journal, numbers;
  bool dry_run = false;
};

// One row that stands in the register now.
struct Imported {
  ImportRow row;
  Filed filed;
  bool before = false;  // filed by an earlier run
};

class Import {
 public:
  Import(const Options& options, Session& session) : options_(options), session_(session) {}

  int Run() {
    Output& out = session_.out();
    if (absl::Status status = Read(); !status.ok()) return out.Failed(status);
    absl::Status ended;
    if (!options_.dry_run) ended = FileAll();
    out.EndProgress();
    if (absl::Status status = WriteNumbers(); !status.ok() && ended.ok()) ended = status;
    Json::Members report = Report();
    if (!ended.ok()) {
      out.Note("the import is not complete; run it again to file what is missing");
      return out.Failed(ended, std::move(report));
    }
    out.Value(Json::Object(std::move(report)));
    return bad_.empty() ? kYes : kNo;
  }

 private:
  absl::Status Read() {
    const auto text = ReadFile(options_.path, kMaxCsvBytes);
    if (!text.ok()) return text.status();
    ImportReader reader(session_.Today());
    reader.Feed(*text);
    if (absl::Status status = reader.Finish(); !status.ok()) return Within(options_.path, status);
    rows_ = reader.rows();
    bad_ = reader.bad();
    return absl::OkStatus();
  }

  // Ends early only when going on makes no sense: rows that are refused are reported.
  absl::Status FileAll() {
    const auto filing = session_.filing();
    if (!filing.ok()) return filing.status();
    const std::string path =
        options_.journal.empty() ? options_.path + ".journal" : options_.journal;
    auto journal = ImportJournal::Open(path, (*filing)->identity());
    if (!journal.ok()) return journal.status();
    for (size_t i = 0; i < rows_.size(); ++i) {
      session_.out().Progress("filing", i, rows_.size());
      if (absl::Status status = FileRow(rows_[i], **filing, *journal); !status.ok()) {
        return Within("line " + std::to_string(rows_[i].line), status);
      }
    }
    session_.out().Progress("filing", rows_.size(), rows_.size());
    return absl::OkStatus();
  }

  absl::Status FileRow(const ImportRow& row, const Filing& filing, ImportJournal& journal) {
    const Digest identity = row.Identity();
    const ImportJournal::Row* known = journal.Find(identity);
    if (known != nullptr && known->filed) {
      imported_.push_back({row, *known->filed, true});
      return absl::OkStatus();
    }
    if (known != nullptr) {
      // Signed by an earlier run that did not see the outcome: the same token gives the one truth.
      const auto filed = filing.Send(known->sd_jwt);
      if (filed.ok()) return Done(row, identity, *filed, journal);
      if (ReasonOf(filed.status()) != "issued_at") return Refused(row, filed.status());
    }
    const auto sd_jwt = Sign(row, filing);
    if (!sd_jwt.ok()) return Refused(row, sd_jwt.status());
    if (absl::Status status = journal.NoteSigned(identity, *sd_jwt); !status.ok()) return status;
    const auto filed = filing.Send(*sd_jwt);
    if (!filed.ok()) return Refused(row, filed.status());
    return Done(row, identity, *filed, journal);
  }

  absl::StatusOr<std::string> Sign(const ImportRow& row, const Filing& filing) {
    Claims claims;
    claims.SetText("personal.name", row.name);
    claims.SetText("personal.town", row.town);
    claims.SetText("personal.birth_date", row.birth_date);
    if (!row.photo.empty()) {
      const auto photo = std::filesystem::path(options_.path).parent_path() / row.photo;
      if (absl::Status status = AttachPaper(session_, claims, "photo", photo.string());
          !status.ok()) {
        return status;
      }
    }
    auto event = ReadEventClaims("practitioner", claims.Build());
    if (!event.ok()) return event.status();
    const auto signed_event =
        filing.Sign(std::move(event->body), std::nullopt, std::move(event->personal));
    if (!signed_event.ok()) return signed_event.status();
    return signed_event->Framed();
  }

  absl::Status Done(const ImportRow& row, const Digest& identity, const Filed& filed,
                    ImportJournal& journal) {
    imported_.push_back({row, filed, false});
    return journal.NoteFiled(identity, filed);
  }

  // A refusal is about the row when it is about what the row says; otherwise it ends the import.
  absl::Status Refused(const ImportRow& row, const absl::Status& status) {
    const std::string reason = ReasonOf(status);
    const bool about_row = status.code() == absl::StatusCode::kInvalidArgument ||
                           reason == "file_missing" || reason.starts_with("paper_");
    if (!about_row) return status;
    bad_.push_back({row.line, 0, "", reason, std::string(status.message())});
    return absl::OkStatus();
  }

  absl::Status WriteNumbers() {
    if (options_.numbers.empty()) return absl::OkStatus();
    const auto quoted = [](const std::string& text) {
      std::string field = "\"";
      for (char c : text) field += c == '"' ? "\"\"" : std::string(1, c);
      return field + "\"";
    };
    std::string text = "line,registration_number,reference,name\r\n";
    for (const Imported& one : imported_) {
      text += std::to_string(one.row.line) + "," + registry::RegistrationNumber(one.filed.subject) +
              "," + quoted(one.row.reference) + "," + quoted(one.row.name) + "\r\n";
    }
    return ReplaceFile(options_.numbers, text);
  }

  Json::Members Report() {
    Output& out = session_.out();
    Json::Items good, bad;
    size_t before = 0;
    for (const Imported& one : imported_) {
      before += one.before ? 1 : 0;
      good.push_back(Json::Object({
          {"line", Json::Integer(static_cast<int64_t>(one.row.line))},
          {"reference", Json::String(one.row.reference)},
          {"name", Json::String(one.row.name)},
          {"registration_number", Json::String(registry::RegistrationNumber(one.filed.subject))},
          {"event", Json::String(one.filed.id.ToString())},
          {"filed_before", Json::Bool(one.before)},
      }));
    }
    for (const BadRow& row : bad_) {
      bad.push_back(Json::Object({
          {"line", Json::Integer(static_cast<int64_t>(row.line))},
          {"column", Json::Integer(static_cast<int64_t>(row.column))},
          {"column_name", Json::String(row.column_name)},
          {"reason", Json::String(row.reason)},
          {"message", Json::String(row.message)},
      }));
      out.Line(options_.path + ":" + std::to_string(row.line) +
                   (row.column == 0 ? "" : ":" + std::to_string(row.column)) + ": " +
                   (row.column_name.empty() ? "" : row.column_name + ": ") + row.message + " [" +
                   row.reason + "]",
               Colour::kUnsure);
    }
    Json::Members report = {{"filed", Json::Array(std::move(good))},
                            {"bad", Json::Array(std::move(bad))}};
    if (session_.quiet()) return report;
    std::string summary = options_.dry_run ? std::to_string(rows_.size()) + " rows are good"
                                           : std::to_string(imported_.size() - before) + " filed";
    if (before > 0) summary += ", " + std::to_string(before) + " were filed before";
    out.Line(summary + ", " + std::to_string(bad_.size()) + " faults in rows that were not filed",
             bad_.empty() ? Colour::kGood : Colour::kBold);
    return report;
  }

  const Options& options_;
  Session& session_;
  std::vector<ImportRow> rows_;
  std::vector<BadRow> bad_;
  std::vector<Imported> imported_;
};

}  // namespace

void AddImport(Arguments& program, Session& session) {
  auto options = std::make_shared<Options>();
  Arguments command =
      program.Command("import", "Register practitioners from a CSV file; run again to go on");
  command.Footer(
      "The first line names the columns: name, and where you have them birth_date (YYYY-MM-DD),\n"
      "town, photo (a file beside the CSV) and reference (yours, never filed). UTF-8. Rows that\n"
      "are wrong are reported with line, column and reason, and the others are filed. What was\n"
      "done is kept in FILE.journal, which holds personal details as the file itself does.");
  command.Option("file", options->path, "The CSV file", Need::kRequired);
  command.Flag("--dry-run", options->dry_run, "Only check the file");
  command.Option("--numbers", options->numbers, "Write the new numbers to this CSV file");
  command.Option("--journal", options->journal, "Another place for the journal");
  command.Run([options, &session] {
    session.Begin();
    return Import(*options, session).Run();
  });
}

}  // namespace bonafide::client::cli
