// A page of a subject's history: up to kEntriesPerPage consecutive entries, each with what is kept
// beside it, in one row, so that one look-up gives all that an answer says of most people.
//
// A page only grows, and the register never reads it to do so: the row is the items that were
// appended (Database: WriteBatch::Append), in any order of the two kinds, and the n-th annex
// belongs to the n-th entry.
//
//   item   = entry | annex
//   entry  = 1:u8 length:u16 bytes                  exactly as hashed
//   annex  = 2:u8 length:u32 root:32 count:u16 reference:u64 x count [StoredDisclosures]
//
// Only an erasure rewrites a page.
#ifndef BONAFIDE_STORAGE_HISTORY_HISTORY_PAGE_H_
#define BONAFIDE_STORAGE_HISTORY_HISTORY_PAGE_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "certs/digest.h"
#include "storage/database/schema.h"

namespace bonafide::storage {

inline constexpr uint32_t kEntriesPerPage = 16;

inline uint32_t PageOf(uint64_t seq) { return static_cast<uint32_t>(seq / kEntriesPerPage); }

// What is kept beside an entry of one subject.
struct Annex {
  Digest root;                            // of the subject's tree with this entry as the last
  std::vector<SubjectNumber> references;  // registry::ReferencesOf its event
  std::string disclosures;                // StoredDisclosures; empty where this is not the event's
                                          // own subject or the event has no slots
  bool operator==(const Annex&) const = default;
};

// An annex where it was read. The views are into the page.
struct AnnexView {
  std::string_view root;
  std::string_view references;  // 8 bytes each
  std::string_view disclosures;
};
Annex Copied(const AnnexView& view);

// Items, as they are appended. Precondition of the first: at most 65535 bytes.
std::string EntryItem(std::string_view entry);
std::string AnnexItem(const Annex& annex);

// The items of one row where they lie, in the order of the entries.
class PageView {
 public:
  // `row` has to outlive it. Error: "data_damaged" for anything but whole items, as many annexes as
  // entries, and at least one and at most kEntriesPerPage of each.
  static absl::StatusOr<PageView> Parse(std::string_view row);
  // The entries of a row of which nothing else is asked: annexes may be missing, as in a log that
  // is kept alone.
  static absl::StatusOr<PageView> ParseEntries(std::string_view row);

  size_t size() const { return size_; }
  // The entry behind its length of two bytes: a frame (merkle/frame.h).
  std::string_view frame(size_t i) const { return frames_[i]; }
  std::string_view entry(size_t i) const { return frames_[i].substr(2); }
  const AnnexView& annex(size_t i) const { return annexes_[i]; }

 private:
  // False for what is no items, or too many of a kind.
  bool Take(std::string_view row);

  size_t size_ = 0;
  size_t annex_count_ = 0;
  std::string_view frames_[kEntriesPerPage];
  AnnexView annexes_[kEntriesPerPage];
};

// The same row with other annexes. Precondition: one for each entry.
std::string RowOf(const PageView& page, const std::vector<Annex>& annexes);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_HISTORY_HISTORY_PAGE_H_
