// Collecting what a check finds. Internal to this room.
#ifndef BONAFIDE_STORAGE_CHECK_CHECK_REPORT_H_
#define BONAFIDE_STORAGE_CHECK_CHECK_REPORT_H_

#include <string>
#include <utility>

#include "storage/check/check.h"

namespace bonafide::storage {

class ProblemList {
 public:
  ProblemList(CheckReport& report, size_t max_problems)
      : report_(report), max_problems_(max_problems) {}

  void Add(std::optional<merkle::LogIndex> index, std::string what) {
    if (report_.problems.size() >= max_problems_) {
      report_.more = true;
    } else {
      report_.problems.push_back({index, std::move(what)});
    }
  }

 private:
  CheckReport& report_;
  size_t max_problems_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_CHECK_CHECK_REPORT_H_
