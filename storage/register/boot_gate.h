// The gate at start-up: whether the store is what was last signed for, or grew from it.
#ifndef BONAFIDE_STORAGE_REGISTER_BOOT_GATE_H_
#define BONAFIDE_STORAGE_REGISTER_BOOT_GATE_H_

#include <absl/status/statusor.h>

#include <functional>
#include <string>

#include "merkle/checkpoint.h"

namespace bonafide::storage {

struct BootRuling {
  bool may_sign = false;
  std::string message;  // why not, for people; the reason is "behind_high_water"
};

// `stored` is the head in the database, `mark` the one in the high-water file or why it cannot be
// read, `root_at` the root of a smaller size as the database gives it. A store ahead of its mark is
// a crash between commit and mark: its head was never released, and is signed (again) now. A store
// behind its mark, or one that does not contain it, or without a mark, must never sign: what it
// would sign is a second history.
BootRuling JudgeBoot(const merkle::Checkpoint& stored,
                     const absl::StatusOr<merkle::Checkpoint>& mark,
                     const std::function<absl::StatusOr<Digest>(merkle::TreeSize)>& root_at);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_BOOT_GATE_H_
