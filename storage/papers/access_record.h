// The record of who asked for which restricted paper. No record, no access.
//
// Family kAccessRecords (integers big-endian):
//   'r' number:u64             one record
//   's' subject:u64 number:u64 empty: the records about a subject
// A record holds no name and no digest of a paper that an event names: it points at the event, so
// that an erasure needs to change nothing here.
#ifndef BONAFIDE_STORAGE_PAPERS_ACCESS_RECORD_H_
#define BONAFIDE_STORAGE_PAPERS_ACCESS_RECORD_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "certs/digest.h"
#include "storage/database/database.h"
#include "storage/papers/paper_access.h"

namespace bonafide::storage {

// Where in an event the paper is named.
struct PaperSpot {
  LoggedAt event;
  SlotKind slot = SlotKind::kPapers;
  uint8_t position = 0;
  auto operator<=>(const PaperSpot&) const = default;
};

struct AccessRecord {
  int64_t time_ms = 0;
  // The organisation that asked; nothing for a caller without an identity.
  std::optional<SubjectNumber> asker;
  bool allowed = false;
  // What was asked for: where it is named, or its digest where nothing names it.
  std::optional<PaperSpot> spot;
  std::optional<Digest> unnamed_paper;

  bool operator==(const AccessRecord&) const = default;
};

// A record with its number: dense from 0, in the order of writing.
struct NumberedAccessRecord {
  uint64_t number = 0;
  AccessRecord record;
};

// Thread-safe. `database` must outlive it; at most one per database.
class AccessRecords {
 public:
  static absl::StatusOr<std::unique_ptr<AccessRecords>> Open(Database& database);

  // Writes a record; it is on disk when this returns OK. Call it before the first byte leaves, and
  // let none leave without OK. Precondition: exactly one of `spot` and `unnamed_paper` is given.
  // Errors: those of storage/database/database.h.
  absl::Status Add(const AccessRecord& record);

  // The records about `subject` with numbers below `before`, newest first, at most `limit`: the
  // next page begins before the last number of this one. Errors: "data_damaged", "record_missing".
  absl::StatusOr<std::vector<NumberedAccessRecord>> About(SubjectNumber subject, uint64_t before,
                                                          size_t limit) const;
  // The same over all records, also those of papers that nothing names.
  absl::StatusOr<std::vector<NumberedAccessRecord>> All(uint64_t before, size_t limit) const;

  // Removes records older than `before_ms`, and returns how many.
  absl::StatusOr<uint64_t> RemoveOlderThan(int64_t before_ms);

 private:
  AccessRecords(Database& database, uint64_t next) : database_(&database), next_(next) {}

  Database* database_;
  std::atomic<uint64_t> next_;
};

// Records the ruling on one request for paper `paper` and says whether the bytes may go: OK, or
// PaperUnknown (storage/papers/paper_reader.h) for a refusal, or the error that kept the record
// from being written. A public paper leaves no record. `asker` is nothing for a caller without an
// identity.
absl::Status RecordRuling(AccessRecords& records, const Digest& paper, const PaperRuling& ruling,
                          std::optional<SubjectNumber> asker, int64_t now_ms);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_PAPERS_ACCESS_RECORD_H_
