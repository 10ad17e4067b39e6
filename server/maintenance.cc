#include "server/maintenance.h"

#include <chrono>
#include <string>

#include "certs/reason.h"

namespace bonafide::server {
namespace {

constexpr auto kLookEvery = std::chrono::seconds(5);
// A reader of an older head is done long before.
constexpr int64_t kHeldPatienceMs = int64_t{10} * 60 * 1000;
constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;

}  // namespace

Maintenance::Maintenance(const Config& config, DataDirectory& data, const Log& log,
                         const storage::Clock& clock)
    : config_(config), data_(data), log_(log), clock_(clock) {}

Maintenance::~Maintenance() { Stop(); }

void Maintenance::Start() {
  thread_ = std::thread([this] { Run(); });
}

void Maintenance::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopping_changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Maintenance::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_changed_.wait_for(lock, kLookEvery, [this] { return stopping_; })) {
    lock.unlock();
    Look();
    lock.lock();
  }
}

void Maintenance::Look() {
  if (data_.reg().status().state != storage::SigningState::kSigning) return;
  // Nothing of the view is kept: its snapshot would hold back the bytes of what was erased.
  uint64_t size = 0;
  int64_t time_ms = 0;
  {
    const auto view = data_.reg().Newest();
    if (!view.ok()) return;
    size = (*view)->size().value;
    time_ms = (*view)->time_ms();
  }
  Compact(size);
  const int64_t elapsed_ms = clock_.ElapsedMs();
  if (collected_at_ms_ && elapsed_ms - *collected_at_ms_ < config_.collect_interval_s * 1000) {
    return;
  }
  collected_at_ms_ = elapsed_ms;
  Collect(time_ms);
}

void Maintenance::Collect(int64_t head_time_ms) {
  Count("unnamed_papers_removed",
        data_.papers().CollectUnnamed(head_time_ms - config_.unnamed_papers_days * kDayMs),
        papers_);
  if (config_.access_records_days == 0) return;
  Count("access_records_removed",
        data_.access_records().RemoveOlderThan(head_time_ms - config_.access_records_days * kDayMs),
        access_records_);
}

void Maintenance::Count(std::string_view event, const absl::StatusOr<uint64_t>& removed,
                        std::atomic<uint64_t>& total) {
  if (!removed.ok()) {
    const std::string message(removed.status().message());
    log_.Write(LogLevel::kError, event,
               {{"code", static_cast<int64_t>(removed.status().code())},
                {"message", std::string_view(message)}});
    return;
  }
  if (*removed == 0) return;
  total += *removed;
  log_.Write(LogLevel::kInfo, event, {{"count", static_cast<int64_t>(*removed)}});
}

void Maintenance::Compact(uint64_t head_size) {
  const auto removed = data_.eraser().HasRemoved();
  if (!removed.ok() || !*removed) {
    removed_under_size_.reset();
    held_since_ms_.reset();
    return;
  }
  // A head published before the removal still reads what was removed; wait for the next.
  if (!removed_under_size_) removed_under_size_ = head_size;
  if (head_size == *removed_under_size_) return;
  const absl::Status status = data_.eraser().CompactRemoved();
  // Somebody still reads from an older head: the next look tries again.
  if (ReasonOf(status) == "erasure_snapshot_held") {
    TellHeld();
    return;
  }
  removed_under_size_.reset();
  held_since_ms_.reset();
  if (status.ok()) ++compactions_;
  const std::string message(status.message());
  log_.Write(
      status.ok() ? LogLevel::kInfo : LogLevel::kError, "erased_bytes_gone",
      {{"code", static_cast<int64_t>(status.code())}, {"message", std::string_view(message)}});
}

void Maintenance::TellHeld() {
  const int64_t elapsed_ms = clock_.ElapsedMs();
  if (!held_since_ms_) {
    held_since_ms_ = elapsed_ms;
    held_told_ = false;
  }
  if (held_told_ || elapsed_ms - *held_since_ms_ < kHeldPatienceMs) return;
  held_told_ = true;
  log_.Write(LogLevel::kWarn, "erased_bytes_held",
             {{"held_s", (elapsed_ms - *held_since_ms_) / 1000}});
}

}  // namespace bonafide::server
