// What a running register clears away by itself: papers nobody named, old records of access, and
// the bytes of what was erased.
#ifndef BONAFIDE_SERVER_MAINTENANCE_H_
#define BONAFIDE_SERVER_MAINTENANCE_H_

#include <absl/status/statusor.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

#include "server/config.h"
#include "server/data_directory.h"
#include "server/log.h"
#include "storage/register/clock.h"

namespace bonafide::server {

// How much has gone since the start.
struct ClearedAway {
  uint64_t papers = 0;
  uint64_t access_records = 0;
  uint64_t compactions = 0;  // after which the bytes of earlier erasures had left the files
};

// Ages are counted to the time of the newest head, which a clock that jumps does not move
// (storage/register/sign_gate.h): a wrong clock throws nothing away. A register that does not sign
// throws nothing away either.
class Maintenance {
 public:
  // What is passed in must outlive it.
  Maintenance(const Config& config, DataDirectory& data, const Log& log,
              const storage::Clock& clock);
  // Stops.
  ~Maintenance();
  Maintenance(const Maintenance&) = delete;
  Maintenance& operator=(const Maintenance&) = delete;

  // Looks every few seconds, on a thread of its own, until Stop. Call each of them once.
  void Start();
  void Stop();

  // Does what is due by the clock. Not while the thread runs.
  void Look();

  // From any thread.
  ClearedAway cleared() const { return {papers_, access_records_, compactions_}; }

 private:
  void Run();
  void Collect(int64_t head_time_ms);
  void Compact(uint64_t head_size);
  // Once somebody has kept what was erased in the files for minutes, says so, once.
  void TellHeld();
  void Count(std::string_view event, const absl::StatusOr<uint64_t>& removed,
             std::atomic<uint64_t>& total);

  const Config& config_;
  DataDirectory& data_;
  const Log& log_;
  const storage::Clock& clock_;

  std::optional<int64_t> collected_at_ms_;      // by the clock that is not stepped
  std::optional<uint64_t> removed_under_size_;  // of the head when a removal was first seen
  std::optional<int64_t> held_since_ms_;        // by that clock: when a reader first kept the bytes
  bool held_told_ = false;
  std::atomic<uint64_t> papers_{0};
  std::atomic<uint64_t> access_records_{0};
  std::atomic<uint64_t> compactions_{0};

  std::mutex mutex_;
  std::condition_variable stopping_changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_MAINTENANCE_H_
