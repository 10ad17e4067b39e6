#include "client/csv.h"

#include <utility>

#include "certs/utf8.h"

namespace bonafide::client {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool BeginsCodePoint(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

}  // namespace

CsvReader::CsvReader(RecordSink on_record, FaultSink on_fault, const CsvLimits& limits)
    : on_record_(std::move(on_record)), on_fault_(std::move(on_fault)), limits_(limits) {}

void CsvReader::Feed(std::string_view bytes) {
  for (char c : bytes) {
    // A mark is one of three bytes or nothing; a beginning that is no mark is text after all.
    if (seen_ < kByteOrderMark.size()) {
      if (c == kByteOrderMark[seen_]) {
        ++seen_;
        continue;
      }
      const std::string_view held = kByteOrderMark.substr(0, seen_);
      seen_ = kByteOrderMark.size();
      for (char earlier : held) Take(earlier);
    }
    Take(c);
  }
}

void CsvReader::Finish() {
  if (seen_ < kByteOrderMark.size()) {
    const std::string_view held = kByteOrderMark.substr(0, seen_);
    seen_ = kByteOrderMark.size();
    for (char earlier : held) Take(earlier);
  }
  if (state_ == State::kQuoted) {
    Fault("csv_quote", "a quote is opened here and never closed", Where::kField);
  }
  // A last record without a line end; nothing at all after the last line end is no record.
  if (state_ == State::kSkipping) return;
  if (state_ != State::kFieldStart || !fields_.empty()) EndRecord();
}

void CsvReader::Take(char c) {
  const bool line_end = c == '\n' || c == '\r';
  if (state_ == State::kSkipping) {
    if (c == '\n') BeginRecord();
  } else if (after_return_ && c != '\n') {
    // RFC 4180 ends a record with CRLF; a bare CR would be taken for one by some readers only.
    after_return_ = false;
    Fault("csv_return", "a carriage return that ends no line", Where::kHere);
  } else if (state_ != State::kQuoted && line_end) {
    if (c == '\r') {
      after_return_ = true;
    } else {
      EndRecord();
    }
  } else {
    TakeInField(c);
  }
  if (c == '\n') {
    ++line_;
    column_ = 1;
    if (fields_.empty() && state_ == State::kFieldStart) record_line_ = line_;
  } else if (BeginsCodePoint(c)) {
    ++column_;
  }
}

void CsvReader::TakeInField(char c) {
  switch (state_) {
    case State::kFieldStart:
      field_.line = line_;
      field_.column = column_;
      if (c == '"') {
        state_ = State::kQuoted;
      } else if (c == ',') {
        EndField();
      } else {
        state_ = State::kPlain;
        Append(c);
      }
      return;
    case State::kPlain:
      if (c == ',') {
        EndField();
      } else if (c == '"') {
        Fault("csv_quote", "a quote within a field that does not begin with one", Where::kHere);
      } else {
        Append(c);
      }
      return;
    case State::kQuoted:
      if (c == '"') {
        state_ = State::kQuoteInQuoted;
      } else {
        Append(c);
      }
      return;
    case State::kQuoteInQuoted:
      if (c == '"') {
        state_ = State::kQuoted;
        Append(c);
      } else if (c == ',') {
        EndField();
      } else {
        Fault("csv_quote", "text after the closing quote of a field", Where::kHere);
      }
      return;
    case State::kSkipping:
      return;
  }
}

void CsvReader::Append(char c) {
  if (c == '\0') return Fault("csv_nul", "a NUL byte", Where::kHere);
  if (field_.value.size() >= limits_.field_bytes) {
    return Fault("csv_field_size",
                 "a field of more than " + std::to_string(limits_.field_bytes) + " bytes",
                 Where::kField);
  }
  field_.value.push_back(c);
}

void CsvReader::EndField() {
  if (state_ == State::kFieldStart) {
    field_.line = line_;
    field_.column = column_;
  }
  if (!certs::IsUtf8(field_.value)) {
    return Fault("csv_utf8", "a field that is not UTF-8; save the file as UTF-8", Where::kField);
  }
  if (fields_.size() >= limits_.fields) {
    return Fault("csv_fields", "more than " + std::to_string(limits_.fields) + " fields",
                 Where::kHere);
  }
  fields_.push_back(std::exchange(field_, {}));
  state_ = State::kFieldStart;
}

void CsvReader::EndRecord() {
  after_return_ = false;
  const bool empty_line = state_ == State::kFieldStart && fields_.empty();
  if (!empty_line) {
    EndField();
    if (state_ != State::kSkipping) on_record_(record_line_, std::move(fields_));
  }
  BeginRecord();
}

void CsvReader::BeginRecord() {
  fields_.clear();
  field_ = {};
  after_return_ = false;
  state_ = State::kFieldStart;
}

void CsvReader::Fault(std::string_view reason, std::string_view message, Where where) {
  const bool in_field = where == Where::kField;
  on_fault_({std::string(reason), std::string(message), in_field ? field_.line : line_,
             in_field ? field_.column : column_});
  fields_.clear();
  field_ = {};
  state_ = State::kSkipping;
}

}  // namespace bonafide::client
