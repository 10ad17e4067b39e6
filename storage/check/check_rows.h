// Comparing derived rows with what the entries say. Internal to this room.
#ifndef BONAFIDE_STORAGE_CHECK_CHECK_ROWS_H_
#define BONAFIDE_STORAGE_CHECK_CHECK_ROWS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "merkle/prove.h"
#include "registry/logged_event.h"
#include "storage/check/check_report.h"
#include "storage/database/database.h"
#include "storage/database/schema.h"
#include "storage/history/subject_head.h"
#include "storage/log/log_tiles.h"

namespace bonafide::storage {

// Not thread-safe.
class RowCheck {
 public:
  RowCheck(const Snapshot& snapshot, TreeSize size, ProblemList& problems)
      : snapshot_(snapshot), size_(size), tiles_(snapshot, size), problems_(problems) {}

  // The nodes that entry `index` completed, where they are kept above the leaf hashes.
  void CompareTiles(LogIndex index, const std::vector<merkle::Node>& nodes);
  // Identity, token, thumbprints and scheme of one event.
  void CompareEvent(const registry::LoggedEvent& event, EntryPlace place);
  // What is kept beside the entry at `place`, which made `root` the root of its subject's tree.
  // `own`: it is the event's own subject, under which its disclosures are kept.
  void CompareAnnex(const registry::LoggedEvent& event, EntryPlace place, const Digest& root,
                    bool own);
  // After the last entry: the head of every subject. `heads` know no disclosed bytes.
  void CompareHeads(const std::vector<SubjectHead>& heads);
  // Rows that belong to nothing.
  void FindOrphans(const std::vector<SubjectHead>& heads);

 private:
  void ExpectRow(LogIndex index, Family family, const std::string& key, const std::string& value,
                 const std::string& what);
  void CompareDisclosures(const registry::LoggedEvent& event, std::string_view row);
  void FindOrphansOfHistories(const std::vector<SubjectHead>& heads);
  void FindOrphansOfPlaces();
  void ExpectCount(Family family, uint64_t expected, const std::string& what);

  const Snapshot& snapshot_;
  TreeSize size_;
  LogTiles tiles_;
  ProblemList& problems_;
  uint64_t events_ = 0;
  uint64_t thumbprints_ = 0;
  uint64_t schemes_ = 0;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_CHECK_CHECK_ROWS_H_
