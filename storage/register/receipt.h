// What a submitter gets: proof that its event stands in the log.
#ifndef BONAFIDE_STORAGE_REGISTER_RECEIPT_H_
#define BONAFIDE_STORAGE_REGISTER_RECEIPT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "merkle/index.h"

namespace bonafide::storage {

struct Receipt {
  merkle::LogIndex index;
  std::string entry;
  std::string inclusion;   // hashes joined, under `checkpoint`
  std::string checkpoint;  // a signed note
  int64_t time_ms = 0;     // of the entry
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_RECEIPT_H_
