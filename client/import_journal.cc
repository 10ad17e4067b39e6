#include "client/import_journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "certs/json.h"
#include "certs/reason.h"

namespace bonafide::client {
namespace {

using certs::Json;

constexpr size_t kMaxJournalBytes = size_t{1} << 30;
constexpr int64_t kVersion = 1;

std::string HeaderLine(const Identity& identity) {
  return certs::WriteJson(Json::Object({
      {"import", Json::Integer(kVersion)},
      {"origin", Json::String(identity.origin)},
      {"as", Json::Integer(static_cast<int64_t>(identity.number.value))},
  }));
}

absl::Status WriteError(const std::string& path) {
  return Refusal(absl::StatusCode::kInternal, "file_write",
                 path + ": cannot be written: " + std::strerror(errno));
}

}  // namespace

ImportJournal::ImportJournal(ImportJournal&& other) noexcept
    : lock_(std::move(other.lock_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      rows_(std::move(other.rows_)) {}

ImportJournal::~ImportJournal() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

absl::StatusOr<ImportJournal> ImportJournal::Open(const std::string& path,
                                                  const Identity& identity) {
  auto lock = FileLock::Take(path + ".lock");
  if (!lock.ok()) return lock.status();
  const auto text = ReadFile(path, kMaxJournalBytes);
  if (!text.ok() && !absl::IsNotFound(text.status())) return text.status();
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (descriptor < 0) return WriteError(path);
  ImportJournal journal(*std::move(lock), descriptor, path);
  std::string_view lines = text.ok() ? std::string_view(*text) : std::string_view();
  if (const size_t whole = lines.rfind('\n') + 1; whole != lines.size()) {
    lines = lines.substr(0, whole);
    if (::ftruncate(descriptor, static_cast<off_t>(whole)) != 0) return WriteError(path);
  }
  const absl::Status status =
      lines.empty() ? journal.Append(HeaderLine(identity)) : journal.ReadLines(lines, identity);
  if (!status.ok()) return status;
  return journal;
}

absl::Status ImportJournal::ReadLines(std::string_view text, const Identity& identity) {
  const std::string header = HeaderLine(identity);
  for (uint64_t number = 1; !text.empty(); ++number) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (number == 1) {
      if (line == header) continue;
      return Malformed("journal_other", path_ +
                                            ": is of an import into another register or by another "
                                            "organisation; move it away to begin anew");
    }
    if (absl::Status status = ReadLine(line); !status.ok()) {
      return Damaged("journal_damaged", path_ + ": line " + std::to_string(number) + ": " +
                                            std::string(status.message()));
    }
  }
  return absl::OkStatus();
}

absl::Status ImportJournal::ReadLine(std::string_view line) {
  const auto json = certs::ParseJson(line, {.size_bytes = 1 << 20});
  if (!json.ok()) return json.status();
  const std::string* row = json->FindString("row");
  const auto digest = row == nullptr ? absl::StatusOr<Digest>(Malformed("digest_hex", "no row"))
                                     : Digest::FromHex(*row);
  if (!digest.ok()) return digest.status();
  if (const std::string* sd_jwt = json->FindString("sd_jwt")) {
    rows_[*digest] = {*sd_jwt, std::nullopt};
    return absl::OkStatus();
  }
  const std::string* event = json->FindString("event");
  const auto number = json->FindInteger("number");
  const auto index = json->FindInteger("index");
  const auto time_ms = json->FindInteger("time_ms");
  if (event == nullptr || !number || !index || !time_ms) {
    return Malformed("journal_line", "neither a token nor a receipt");
  }
  const auto id = registry::EventId::Parse(*event);
  if (!id.ok()) return id.status();
  rows_[*digest].filed = Filed{*id, merkle::SubjectNumber{static_cast<uint64_t>(*number)},
                               merkle::LogIndex{static_cast<uint64_t>(*index)}, *time_ms};
  return absl::OkStatus();
}

const ImportJournal::Row* ImportJournal::Find(const Digest& row) const {
  const auto found = rows_.find(row);
  return found == rows_.end() ? nullptr : &found->second;
}

absl::Status ImportJournal::Append(const std::string& line) {
  const std::string bytes = line + "\n";
  // One write, so that a crash leaves at most one line cut off.
  if (::write(descriptor_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) ||
      ::fdatasync(descriptor_) != 0) {
    return WriteError(path_);
  }
  return absl::OkStatus();
}

absl::Status ImportJournal::NoteSigned(const Digest& row, const std::string& sd_jwt) {
  rows_[row] = {sd_jwt, std::nullopt};
  return Append(certs::WriteJson(
      Json::Object({{"row", Json::String(row.Hex())}, {"sd_jwt", Json::String(sd_jwt)}})));
}

absl::Status ImportJournal::NoteFiled(const Digest& row, const Filed& filed) {
  rows_[row].filed = filed;
  return Append(certs::WriteJson(Json::Object({
      {"row", Json::String(row.Hex())},
      {"event", Json::String(filed.id.ToString())},
      {"number", Json::Integer(static_cast<int64_t>(filed.subject.value))},
      {"index", Json::Integer(static_cast<int64_t>(filed.index.value))},
      {"time_ms", Json::Integer(filed.time_ms)},
  })));
}

}  // namespace bonafide::client
