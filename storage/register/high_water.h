// The high-water mark: the last signed checkpoint, in a small file outside the database.
//
// A database that lost its newest writes opens as if they had never been; only this file tells.
// It is 8 KiB, preallocated: two slots in separate 4 KiB blocks, overwritten in turn, each with a
// sequence number and a checksum, so that a torn write costs the slot being written and never the
// other one.
#ifndef BONAFIDE_STORAGE_REGISTER_HIGH_WATER_H_
#define BONAFIDE_STORAGE_REGISTER_HIGH_WATER_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace bonafide::storage {

// Not thread-safe.
class HighWater {
 public:
  static constexpr size_t kMaxNoteBytes = 3072;

  // Makes the file with `note` as its first mark, durable before it returns. Errors: "disk_error"
  // (also where it exists), "disk_full".
  static absl::StatusOr<std::unique_ptr<HighWater>> Create(const std::string& path,
                                                           std::string_view note);
  // Errors: "high_water_missing" (kNotFound); "high_water_damaged" (kDataLoss: neither slot is
  // whole, or the size is wrong); "disk_error".
  static absl::StatusOr<std::unique_ptr<HighWater>> Open(const std::string& path);
  ~HighWater();
  HighWater(const HighWater&) = delete;
  HighWater& operator=(const HighWater&) = delete;

  // The newest whole mark.
  const std::string& note() const { return note_; }
  // Whether one slot was not whole when the file was opened: a crash while marking, or damage.
  bool was_torn() const { return was_torn_; }

  // On disk when this returns. After an error ("disk_error", "disk_full") the mark on disk is the
  // old one or the new one. Precondition: the note has at most kMaxNoteBytes.
  absl::Status Mark(std::string_view note);

 private:
  HighWater(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}

  int fd_;
  std::string path_;
  std::string note_;
  uint64_t sequence_ = 0;  // of note_; slot = sequence % 2
  bool was_torn_ = false;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_HIGH_WATER_H_
