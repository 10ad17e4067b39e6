// What an import has done so far, beside the CSV file, so that it can be run again: every token
// before it is sent, every receipt after. It holds personal details, as the CSV file does.
#ifndef BONAFIDE_CLIENT_IMPORT_JOURNAL_H_
#define BONAFIDE_CLIENT_IMPORT_JOURNAL_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "certs/digest.h"
#include "client/filing.h"
#include "client/state_file.h"

namespace bonafide::client {

// One import into one register by one organisation at a time. Not thread-safe.
class ImportJournal {
 public:
  struct Row {
    std::string sd_jwt;          // signed and perhaps sent
    std::optional<Filed> filed;  // and its receipt
  };

  // Opens or creates `path` (mode 0600), and locks it. A last line that is cut off, as a crash
  // leaves it, is dropped. Errors: "journal_damaged" (kDataLoss), "journal_other" (written for
  // another register or organisation), those of ReadFile, "file_write".
  static absl::StatusOr<ImportJournal> Open(const std::string& path, const Identity& identity);
  ImportJournal(ImportJournal&& other) noexcept;
  ~ImportJournal();

  // nullptr when nothing is known of the row.
  const Row* Find(const Digest& row) const;

  // Both are on disk when they return. Error: "file_write".
  absl::Status NoteSigned(const Digest& row, const std::string& sd_jwt);
  absl::Status NoteFiled(const Digest& row, const Filed& filed);

 private:
  ImportJournal(FileLock lock, int descriptor, std::string path)
      : lock_(std::move(lock)), descriptor_(descriptor), path_(std::move(path)) {}
  absl::Status ReadLines(std::string_view text, const Identity& identity);
  absl::Status ReadLine(std::string_view line);
  absl::Status Append(const std::string& line);

  FileLock lock_;
  int descriptor_;
  std::string path_;
  std::map<Digest, Row> rows_;
};

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_IMPORT_JOURNAL_H_
