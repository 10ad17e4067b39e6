// All of one subject that lies on disk, as an answer needs it: read in one go.
#ifndef BONAFIDE_STORAGE_HISTORY_HISTORY_H_
#define BONAFIDE_STORAGE_HISTORY_HISTORY_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "certs/digest.h"
#include "storage/database/database.h"
#include "storage/history/audience.h"
#include "storage/history/history_page.h"

namespace bonafide::storage {

// Points into the snapshot it was read from, which has to outlive it.
class History {
 public:
  // The history of an existing subject whose leaf in the state tree of `snapshot`'s head is
  // `state_leaf`: that says whether all of it is there, without the subject's head. Errors
  // (kDataLoss): "record_missing", "data_damaged".
  static absl::StatusOr<History> Read(const Snapshot& snapshot, SubjectNumber subject,
                                      const Digest& state_leaf);

  uint64_t entries() const { return entries_; }
  // What it holds in memory.
  size_t size_bytes() const { return size_bytes_; }
  // registry::ReferencesOf over all entries; may repeat.
  std::vector<SubjectNumber> References() const;
  // Appends where entries from `first` on lie, each behind its length: in this history, also while
  // that is moved.
  void AppendFrames(uint64_t first, std::vector<std::string_view>& out) const;
  // Appends what `audience` may see of all entries, each disclosure followed by "~". Error:
  // "data_damaged".
  absl::Status AppendDisclosures(const Audience& audience, SubjectNumber registered_by,
                                 std::string& out) const;

 private:
  struct Page {
    PinnedValue row;
    PageView view;  // into `row`
  };

  std::vector<Page> pages_;
  uint64_t entries_ = 0;
  size_t size_bytes_ = 0;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_HISTORY_HISTORY_H_
