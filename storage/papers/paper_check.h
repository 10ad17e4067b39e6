// The full check of the papers: every byte re-hashed, every naming followed.
#ifndef BONAFIDE_STORAGE_PAPERS_PAPER_CHECK_H_
#define BONAFIDE_STORAGE_PAPERS_PAPER_CHECK_H_

#include <absl/status/status.h>

#include <cstdint>
#include <functional>
#include <string>

#include "storage/database/database.h"

namespace bonafide::storage {

// What to tell while it runs. Each may be empty.
struct PaperCheckListener {
  // Papers done, and how many there are.
  std::function<void(uint64_t done, uint64_t all)> progress;
  // One finding: names the paper by its digest, and the events that name it by index and subject
  // (the first of them, where there are many).
  std::function<void(const std::string& finding)> found;
};

// Reads every paper and every reference. Findings: a paper whose bytes are not those of its digest,
// or not of its type; a paper without its chunks; an event that names a paper that is not there; a
// reference known from one side only; chunks that belong to nothing. Returns "papers_damaged"
// (kDataLoss) where anything was found, or an error that ended the check early.
absl::Status CheckPapers(const Database& database, const PaperCheckListener& listener);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_PAPERS_PAPER_CHECK_H_
