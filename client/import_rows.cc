#include "client/import_rows.h"

#include <algorithm>
#include <array>
#include <utility>

#include "certs/json.h"
#include "certs/reason.h"
#include "registry/text_rules.h"

namespace bonafide::client {
namespace {

constexpr size_t kMaxName = 200;  // docs/protocol.md, section 2
constexpr size_t kMaxTown = 100;

struct Column {
  std::string_view name;
  std::string ImportRow::*value;
};

constexpr auto kColumns = std::to_array<Column>({
    {"name", &ImportRow::name},
    {"birth_date", &ImportRow::birth_date},
    {"town", &ImportRow::town},
    {"photo", &ImportRow::photo},
    {"reference", &ImportRow::reference},
});

const Column* FindColumn(std::string_view name) {
  const auto found = std::find_if(kColumns.begin(), kColumns.end(),
                                  [name](const Column& column) { return column.name == name; });
  return found == kColumns.end() ? nullptr : &*found;
}

std::string KnownColumns() {
  std::string names;
  for (const Column& column : kColumns) {
    names += (names.empty() ? "" : ", ") + std::string(column.name);
  }
  return names;
}

}  // namespace

Digest ImportRow::Identity() const {
  certs::Json::Items values;
  for (const Column& column : kColumns) values.push_back(certs::Json::String(this->*column.value));
  return Sha256(certs::WriteJson(certs::Json::Array(std::move(values))));
}

ImportReader::ImportReader(registry::Day today)
    : today_(today),
      csv_([this](uint64_t line,
                  std::vector<CsvField> fields) { TakeRecord(line, std::move(fields)); },
           [this](const CsvFault& fault) { TakeFault(fault); }) {}

absl::Status ImportReader::Finish() {
  csv_.Finish();
  if (columns_.empty() && header_fault_.ok()) {
    header_fault_ = Malformed("csv_header",
                              "line 1: no header; it names the columns, of which "
                              "name is needed: " +
                                  KnownColumns());
  }
  if (!header_fault_.ok()) rows_.clear();
  return header_fault_;
}

void ImportReader::TakeFault(const CsvFault& fault) {
  if (columns_.empty()) {
    if (header_fault_.ok()) {
      header_fault_ = Malformed("csv_header", "line " + std::to_string(fault.line) +
                                                  ": the header cannot be read: " + fault.message);
    }
    return;
  }
  bad_.push_back({fault.line, fault.column, "", fault.reason, fault.message});
}

void ImportReader::TakeHeader(uint64_t line, const std::vector<CsvField>& fields) {
  const auto wrong = [&](const std::string& what) {
    header_fault_ = Malformed("csv_header", "line " + std::to_string(line) + ": " + what +
                                                "; known columns: " + KnownColumns());
  };
  std::vector<std::string> columns;
  for (const CsvField& field : fields) {
    if (FindColumn(field.value) == nullptr) {
      return wrong("column " + std::to_string(columns.size() + 1) + " has a name nobody knows");
    }
    if (std::find(columns.begin(), columns.end(), field.value) != columns.end()) {
      return wrong("two columns are named " + field.value);
    }
    columns.push_back(field.value);
  }
  if (std::find(columns.begin(), columns.end(), "name") == columns.end()) {
    return wrong("there is no column name");
  }
  columns_ = std::move(columns);
}

void ImportReader::TakeRecord(uint64_t line, std::vector<CsvField> fields) {
  if (!header_fault_.ok()) return;
  if (columns_.empty()) return TakeHeader(line, fields);
  if (fields.size() != columns_.size()) {
    bad_.push_back({line, 0, "", "csv_columns",
                    std::to_string(fields.size()) + " fields where the header names " +
                        std::to_string(columns_.size())});
    return;
  }
  ImportRow row;
  row.line = line;
  for (size_t i = 0; i < fields.size(); ++i) {
    row.*FindColumn(columns_[i])->value = fields[i].value;
  }
  if (!Check(row, fields)) return;
  const auto [at, fresh] = lines_.try_emplace(row.Identity(), line);
  if (!fresh) {
    bad_.push_back({line, 1, "", "csv_twice", "the same as line " + std::to_string(at->second)});
    return;
  }
  rows_.push_back(std::move(row));
}

bool ImportReader::Check(const ImportRow& row, const std::vector<CsvField>& fields) {
  bool good = true;
  const auto wrong = [&](std::string_view column, std::string_view reason, std::string message) {
    const auto at =
        static_cast<size_t>(std::find(columns_.begin(), columns_.end(), column) - columns_.begin());
    bad_.push_back({fields[at].line, fields[at].column, std::string(column), std::string(reason),
                    std::move(message)});
    good = false;
  };
  const std::string kForm =
      " characters, without any that are invisible and without spaces at its ends";
  if (row.name.empty()) {
    wrong("name", "csv_missing", "a person has a name");
  } else if (!registry::IsText(row.name, kMaxName)) {
    wrong("name", "csv_name", "not a name of 1 to " + std::to_string(kMaxName) + kForm);
  }
  if (!row.town.empty() && !registry::IsText(row.town, kMaxTown)) {
    wrong("town", "csv_town", "not a town of 1 to " + std::to_string(kMaxTown) + kForm);
  }
  if (!row.birth_date.empty()) {
    const auto day = registry::Day::Parse(row.birth_date);
    if (!day.ok()) {
      wrong("birth_date", "csv_birth_date", "not a real day in the form YYYY-MM-DD");
    } else if (*day > today_) {
      wrong("birth_date", "csv_birth_date", "a day that is yet to come");
    }
  }
  return good;
}

}  // namespace bonafide::client
