// CSV as RFC 4180 has it, read as a stream: fields separated by commas, optionally quoted, a quote
// within quotes doubled, records ended by CRLF or LF (the last one may go without).
#ifndef BONAFIDE_CLIENT_CSV_H_
#define BONAFIDE_CLIENT_CSV_H_

#include <absl/status/status.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bonafide::client {

struct CsvLimits {
  size_t field_bytes = 64 * 1024;
  size_t fields = 256;  // of a record
};

struct CsvField {
  std::string value;
  uint64_t line = 1;    // where it begins; lines count from 1
  uint64_t column = 1;  // in code points, from 1, of its first character or quote
};

// Something wrong in the bytes of one record, which is then dropped as a whole.
struct CsvFault {
  std::string reason;  // "csv_quote", "csv_utf8", "csv_field_size", "csv_fields", "csv_nul",
                       // "csv_return"
  std::string message;
  uint64_t line = 1;
  uint64_t column = 1;
};

// A state machine fed with any pieces of the text. Holds one record at a time. A byte order mark at
// the beginning is passed over, empty lines are too. After a fault it goes on with the next line;
// where quotes are unbalanced that is the line after the one in which the fault was seen.
class CsvReader {
 public:
  // Called for each record, with the line where it began.
  using RecordSink = std::function<void(uint64_t line, std::vector<CsvField> fields)>;
  using FaultSink = std::function<void(const CsvFault& fault)>;

  CsvReader(RecordSink on_record, FaultSink on_fault, const CsvLimits& limits = {});

  void Feed(std::string_view bytes);
  // After the last piece. A quote that is still open is the fault "csv_quote".
  void Finish();

 private:
  enum class Where { kHere, kField };
  enum class State { kFieldStart, kPlain, kQuoted, kQuoteInQuoted, kSkipping };

  void Take(char c);
  void TakeInField(char c);
  void EndField();
  void EndRecord();
  void Fault(std::string_view reason, std::string_view message, Where where);
  void Append(char c);
  void BeginRecord();

  RecordSink on_record_;
  FaultSink on_fault_;
  CsvLimits limits_;
  State state_ = State::kFieldStart;
  std::vector<CsvField> fields_;
  CsvField field_;
  uint64_t line_ = 1;
  uint64_t column_ = 1;
  uint64_t record_line_ = 1;
  bool after_return_ = false;
  size_t seen_ = 0;  // bytes, up to the size of a byte order mark
};

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_CSV_H_
