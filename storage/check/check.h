// The full check of a store: everything is derived again from the entries and compared with what is
// stored beside them.
#ifndef BONAFIDE_STORAGE_CHECK_CHECK_H_
#define BONAFIDE_STORAGE_CHECK_CHECK_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "merkle/index.h"
#include "storage/database/database.h"

namespace bonafide::storage {

struct CheckOptions {
  // Every signature and every rule of admission, as an auditor does: most of the time it takes.
  bool signatures_and_rules = true;
  // Every paper re-hashed (storage/papers/paper_check.h).
  bool papers = true;
  unsigned threads = 2;
  // A store may be wrong in every row; the report stays readable.
  size_t max_problems = 1000;
  // Entries done, and how many there are; then papers likewise.
  std::function<void(const std::string& what, uint64_t done, uint64_t all)> progress;
};

struct CheckProblem {
  std::optional<merkle::LogIndex> index;  // of the entry it is about
  std::string what;                       // for people; never personal details
};

struct CheckReport {
  std::string origin;
  uint64_t entries = 0;
  uint64_t subjects = 0;
  std::vector<CheckProblem> problems;
  bool more = false;  // there were more than max_problems

  bool ok() const { return problems.empty(); }
};

// Checks the store at one moment; a running register may go on. Compares:
//   each entry with its hash, its index, its place; each time with the one before; second copies
//   the log tree node by node, and its root with the log's head, the stored note and the mark
//   each state entry: how many subjects, and the root of the state tree after every batch
//   the head of every subject; identities, (iss, jti), thumbprints, schemes: each row, and no
//   others each disclosure with the digest of its slot, unless it was erased with the options:
//   signatures, admission, papers
// Goes on after a problem wherever there is something left to compare. `mark_path` names the
// high-water file; a missing or damaged one is a problem. Errors: only where nothing can be checked
// at all ("record_missing", "data_damaged": no head of the log).
absl::StatusOr<CheckReport> CheckStore(const Database& database, const std::string& mark_path,
                                       const CheckOptions& options);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_CHECK_CHECK_H_
