// The rows of a CSV file of practitioners, each checked by itself.
#ifndef BONAFIDE_CLIENT_IMPORT_ROWS_H_
#define BONAFIDE_CLIENT_IMPORT_ROWS_H_

#include <absl/status/status.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "certs/digest.h"
#include "client/csv.h"
#include "registry/day.h"

namespace bonafide::client {

// The columns, named in the first record in any order: `name` is needed, `birth_date` (YYYY-MM-DD),
// `town`, `photo` (a file, relative to the CSV file) and `reference` (the importer's own, never
// filed) may be there. Empty values are left out.
struct ImportRow {
  uint64_t line = 0;
  std::string name, birth_date, town, photo, reference;

  // SHA-256 over all of it but the line: a row that says the same is the same row.
  Digest Identity() const;
};

struct BadRow {
  uint64_t line = 0;
  uint64_t column = 0;      // where on the line, in characters from 1; 0: not known
  std::string column_name;  // "" where it is not about one column
  std::string reason;       // those of CsvFault; "csv_columns", "csv_missing", "csv_name",
                            // "csv_town", "csv_birth_date", "csv_twice"; or why it was refused
  std::string message;
};

// Reads the file as it comes, in any pieces. `today` bounds days of birth.
class ImportReader {
 public:
  explicit ImportReader(registry::Day today);

  void Feed(std::string_view bytes) { csv_.Feed(bytes); }
  // After the last piece. Error: "csv_header" (no header, an unknown or doubled column, no `name`);
  // no row is good then.
  absl::Status Finish();

  const std::vector<ImportRow>& rows() const { return rows_; }
  const std::vector<BadRow>& bad() const { return bad_; }

 private:
  void TakeRecord(uint64_t line, std::vector<CsvField> fields);
  void TakeHeader(uint64_t line, const std::vector<CsvField>& fields);
  void TakeFault(const CsvFault& fault);
  // Whether every value has its form; notes those that have not.
  bool Check(const ImportRow& row, const std::vector<CsvField>& fields);

  registry::Day today_;
  absl::Status header_fault_;
  std::vector<std::string> columns_;
  std::vector<ImportRow> rows_;
  std::vector<BadRow> bad_;
  std::map<Digest, uint64_t> lines_;  // of each row by its identity
  CsvReader csv_;
};

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_IMPORT_ROWS_H_
