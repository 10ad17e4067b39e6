#include <rocksdb/db.h>

#include <algorithm>

#include "certs/reason.h"
#include "storage/database/database_state.h"
#include "storage/database/rocksdb_options.h"

namespace bonafide::storage {

struct PinnedValue::Bytes {
  rocksdb::PinnableSlice slice;
};

PinnedValue::PinnedValue(std::unique_ptr<const Bytes> bytes) : bytes_(std::move(bytes)) {}
PinnedValue::~PinnedValue() = default;
PinnedValue::PinnedValue(PinnedValue&& other) noexcept = default;
PinnedValue& PinnedValue::operator=(PinnedValue&& other) noexcept = default;

std::string_view PinnedValue::view() const { return {bytes_->slice.data(), bytes_->slice.size()}; }

namespace {

rocksdb::Slice SliceOf(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view ViewOf(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

std::string NameOf(Family family) { return std::string(kFamilyNames[static_cast<size_t>(family)]); }

class DatabaseSnapshot final : public Snapshot {
 public:
  explicit DatabaseSnapshot(std::shared_ptr<DatabaseState> state)
      : state_(std::move(state)), snapshot_(state_->db->GetSnapshot()) {}
  ~DatabaseSnapshot() override { state_->db->ReleaseSnapshot(snapshot_); }
  DatabaseSnapshot(const DatabaseSnapshot&) = delete;
  DatabaseSnapshot& operator=(const DatabaseSnapshot&) = delete;

  absl::StatusOr<std::optional<std::string>> Get(Family family,
                                                 std::string_view key) const override {
    return GetRow(*state_, Options(), family, key);
  }

  absl::StatusOr<std::string> Require(Family family, std::string_view key) const override {
    return RequireRow(*state_, Options(), family, key);
  }

  absl::StatusOr<std::optional<PinnedValue>> Pin(Family family,
                                                 std::string_view key) const override {
    auto bytes = std::make_unique<PinnedValue::Bytes>();
    const rocksdb::Status status =
        state_->db->Get(Options(), state_->Handle(family), SliceOf(key), &bytes->slice);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok()) return Translate(status, "reading " + NameOf(family));
    return PinnedValue(std::move(bytes));
  }

  absl::StatusOr<std::vector<std::optional<std::string>>> GetMany(
      Family family, const std::vector<std::string>& keys) const override {
    const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
    std::vector<rocksdb::PinnableSlice> values(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    state_->db->MultiGet(Options(), state_->Handle(family), keys.size(), slices.data(),
                         values.data(), statuses.data(), std::ranges::is_sorted(keys));
    std::vector<std::optional<std::string>> found(keys.size());
    for (size_t i = 0; i < keys.size(); ++i) {
      if (statuses[i].IsNotFound()) continue;
      if (!statuses[i].ok()) return Translate(statuses[i], "reading " + NameOf(family));
      found[i] = values[i].ToString();
    }
    return found;
  }

  absl::Status Scan(Family family, std::string_view from, std::string_view to,
                    const RowVisitor& visit) const override {
    rocksdb::ReadOptions options = Options();
    const rocksdb::Slice end = SliceOf(to);
    if (!to.empty()) options.iterate_upper_bound = &end;
    const std::unique_ptr<rocksdb::Iterator> row(
        state_->db->NewIterator(options, state_->Handle(family)));
    for (row->Seek(SliceOf(from)); row->Valid(); row->Next()) {
      if (!visit(ViewOf(row->key()), ViewOf(row->value()))) break;
    }
    return Translate(row->status(), "scanning " + NameOf(family));
  }

  absl::Status ScanBackwards(Family family, std::string_view from, std::string_view to,
                             const RowVisitor& visit) const override {
    rocksdb::ReadOptions options = Options();
    const rocksdb::Slice begin = SliceOf(from);
    const rocksdb::Slice end = SliceOf(to);
    options.iterate_lower_bound = &begin;
    if (!to.empty()) options.iterate_upper_bound = &end;
    const std::unique_ptr<rocksdb::Iterator> row(
        state_->db->NewIterator(options, state_->Handle(family)));
    for (row->SeekToLast(); row->Valid(); row->Prev()) {
      if (!visit(ViewOf(row->key()), ViewOf(row->value()))) break;
    }
    return Translate(row->status(), "scanning " + NameOf(family));
  }

 private:
  rocksdb::ReadOptions Options() const {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    return options;
  }

  std::shared_ptr<DatabaseState> state_;
  const rocksdb::Snapshot* snapshot_;
};

}  // namespace

absl::StatusOr<std::optional<std::string>> GetRow(const DatabaseState& state,
                                                  const rocksdb::ReadOptions& options,
                                                  Family family, std::string_view key) {
  std::string value;
  const rocksdb::Status status = state.db->Get(options, state.Handle(family), SliceOf(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return Translate(status, "reading " + NameOf(family));
  return value;
}

absl::StatusOr<std::string> RequireRow(const DatabaseState& state,
                                       const rocksdb::ReadOptions& options, Family family,
                                       std::string_view key) {
  auto value = GetRow(state, options, family, key);
  if (!value.ok()) return value.status();
  if (!value->has_value()) {
    return Damaged("record_missing", "a row that has to be in " + NameOf(family) + " is not");
  }
  return **std::move(value);
}

std::shared_ptr<const Snapshot> TakeSnapshot(const std::shared_ptr<DatabaseState>& state) {
  return std::make_shared<DatabaseSnapshot>(state);
}

}  // namespace bonafide::storage
