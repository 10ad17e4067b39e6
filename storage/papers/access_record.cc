#include "storage/papers/access_record.h"

#include <string>
#include <utility>

#include "certs/reason.h"
#include "merkle/big_endian.h"
#include "storage/database/schema.h"
#include "storage/papers/paper_reader.h"

namespace bonafide::storage {
namespace {

constexpr std::string_view kRecordPrefix = "r";
constexpr std::string_view kSubjectPrefix = "s";

// Bits of the first byte of a record.
constexpr uint8_t kAllowed = 1;
constexpr uint8_t kHasAsker = 2;
constexpr uint8_t kHasSpot = 4;

std::string RecordKey(uint64_t number) { return std::string(kRecordPrefix) + U64Key(number); }

std::string AboutKey(SubjectNumber subject, uint64_t number) {
  return std::string(kSubjectPrefix) + SubjectPrefix(subject) + U64Key(number);
}

// flags:u8 time_ms:u64 [asker:u64] then event:16 slot:u8 position:u8, or the digest.
std::string Encode(const AccessRecord& record) {
  uint8_t flags = 0;
  if (record.allowed) flags |= kAllowed;
  if (record.asker) flags |= kHasAsker;
  if (record.spot) flags |= kHasSpot;
  std::string value(1, static_cast<char>(flags));
  merkle::AppendU64(value, static_cast<uint64_t>(record.time_ms));
  if (record.asker) merkle::AppendU64(value, record.asker->value);
  if (record.spot) {
    value += LoggedAtKey(record.spot->event);
    value += static_cast<char>(record.spot->slot);
    value += static_cast<char>(record.spot->position);
  } else if (record.unnamed_paper) {
    value += record.unnamed_paper->view();
  }
  return value;
}

absl::StatusOr<AccessRecord> Parse(std::string_view value) {
  const absl::Status wrong = Damaged("data_damaged", "a stored row is not an access record");
  if (value.size() < 9) return wrong;
  const auto flags = static_cast<uint8_t>(value[0]);
  AccessRecord record;
  record.allowed = (flags & kAllowed) != 0;
  record.time_ms = static_cast<int64_t>(merkle::ReadU64(value.substr(1)));
  value.remove_prefix(9);
  if ((flags & kHasAsker) != 0) {
    if (value.size() < 8) return wrong;
    record.asker = SubjectNumber{merkle::ReadU64(value)};
    value.remove_prefix(8);
  }
  if ((flags & kHasSpot) != 0) {
    if (value.size() != kLoggedAtBytes + 2) return wrong;
    const auto event = ParseLoggedAt(value.substr(0, kLoggedAtBytes));
    record.spot = PaperSpot{*event, static_cast<SlotKind>(value[kLoggedAtBytes]),
                            static_cast<uint8_t>(value[kLoggedAtBytes + 1])};
    return record;
  }
  const auto paper = Digest::FromBytes(value);
  if (!paper.ok()) return wrong;
  record.unnamed_paper = *paper;
  return record;
}

// Visits numbered rows under `prefix` from the newest below `before`.
absl::Status ScanNewestFirst(const Snapshot& snapshot, std::string_view prefix, uint64_t before,
                             const std::function<bool(uint64_t, std::string_view)>& visit) {
  const std::string from(prefix);
  const std::string to = from + U64Key(before);
  absl::Status wrong;
  const absl::Status scanned = snapshot.ScanBackwards(
      Family::kAccessRecords, from, to, [&](std::string_view key, std::string_view value) {
        if (key.size() != from.size() + 8) {
          wrong = Damaged("data_damaged", "a stored row is not an access record");
          return false;
        }
        return visit(merkle::ReadU64(key.substr(from.size())), value);
      });
  return scanned.ok() ? wrong : scanned;
}

constexpr uint64_t kNoBound = ~uint64_t{0};

}  // namespace

absl::StatusOr<std::unique_ptr<AccessRecords>> AccessRecords::Open(Database& database) {
  uint64_t next = 0;
  const absl::Status status = ScanNewestFirst(*database.Now(), kRecordPrefix, kNoBound,
                                              [&next](uint64_t number, std::string_view) {
                                                next = number + 1;
                                                return false;
                                              });
  if (!status.ok()) return status;
  return std::unique_ptr<AccessRecords>(new AccessRecords(database, next));
}

absl::Status AccessRecords::Add(const AccessRecord& record) {
  const uint64_t number = next_++;
  WriteBatch batch;
  batch.Put(Family::kAccessRecords, RecordKey(number), Encode(record));
  if (record.spot) {
    batch.Put(Family::kAccessRecords, AboutKey(record.spot->event.subject, number), "");
  }
  return database_->Write(std::move(batch));
}

absl::StatusOr<std::vector<NumberedAccessRecord>> AccessRecords::About(SubjectNumber subject,
                                                                       uint64_t before,
                                                                       size_t limit) const {
  std::vector<NumberedAccessRecord> records;
  if (limit == 0) return records;
  const std::shared_ptr<const Snapshot> snapshot = database_->Now();
  absl::Status wrong;
  const absl::Status scanned = ScanNewestFirst(
      *snapshot, std::string(kSubjectPrefix) + SubjectPrefix(subject), before,
      [&](uint64_t number, std::string_view) {
        const auto value = snapshot->Require(Family::kAccessRecords, RecordKey(number));
        wrong = value.status();
        if (!wrong.ok()) return false;
        const auto record = Parse(*value);
        wrong = record.status();
        if (!wrong.ok()) return false;
        records.push_back({number, *record});
        return records.size() < limit;
      });
  if (!scanned.ok()) return scanned;
  if (!wrong.ok()) return wrong;
  return records;
}

absl::StatusOr<std::vector<NumberedAccessRecord>> AccessRecords::All(uint64_t before,
                                                                     size_t limit) const {
  std::vector<NumberedAccessRecord> records;
  if (limit == 0) return records;
  absl::Status wrong;
  const absl::Status scanned = ScanNewestFirst(*database_->Now(), kRecordPrefix, before,
                                               [&](uint64_t number, std::string_view value) {
                                                 const auto record = Parse(value);
                                                 wrong = record.status();
                                                 if (!wrong.ok()) return false;
                                                 records.push_back({number, *record});
                                                 return records.size() < limit;
                                               });
  if (!scanned.ok()) return scanned;
  if (!wrong.ok()) return wrong;
  return records;
}

absl::StatusOr<uint64_t> AccessRecords::RemoveOlderThan(int64_t before_ms) {
  WriteBatch batch;
  uint64_t removed = 0;
  absl::Status wrong;
  // Numbers rise with time, but clocks are stepped: so every record is looked at.
  const absl::Status scanned = database_->Now()->ScanPrefix(
      Family::kAccessRecords, kRecordPrefix, [&](std::string_view key, std::string_view value) {
        const auto record = Parse(value);
        wrong = key.size() == 9 ? record.status()
                                : Damaged("data_damaged", "a stored row is not an access record");
        if (!wrong.ok()) return false;
        if (record->time_ms >= before_ms) return true;
        const uint64_t number = merkle::ReadU64(key.substr(1));
        batch.Delete(Family::kAccessRecords, key);
        if (record->spot) {
          batch.Delete(Family::kAccessRecords, AboutKey(record->spot->event.subject, number));
        }
        ++removed;
        return true;
      });
  if (!scanned.ok()) return scanned;
  if (!wrong.ok()) return wrong;
  if (removed > 0) {
    if (absl::Status status = database_->Write(std::move(batch)); !status.ok()) return status;
  }
  return removed;
}

absl::Status RecordRuling(AccessRecords& records, const Digest& paper, const PaperRuling& ruling,
                          std::optional<SubjectNumber> asker, int64_t now_ms) {
  if (ruling.decision == PaperDecision::kPublic) return absl::OkStatus();
  AccessRecord record;
  record.time_ms = now_ms;
  record.asker = asker;
  record.allowed = ruling.decision == PaperDecision::kAllowed;
  if (ruling.naming != nullptr) {
    const PaperReference& reference = ruling.naming->reference;
    record.spot = PaperSpot{reference.event, reference.slot, reference.position};
  } else {
    record.unnamed_paper = paper;
  }
  if (absl::Status status = records.Add(record); !status.ok()) return status;
  return record.allowed ? absl::OkStatus() : PaperUnknown();
}

}  // namespace bonafide::storage
