#include "storage/register/boot_gate.h"

namespace bonafide::storage {

BootRuling JudgeBoot(const merkle::Checkpoint& stored,
                     const absl::StatusOr<merkle::Checkpoint>& mark,
                     const std::function<absl::StatusOr<Digest>(merkle::TreeSize)>& root_at) {
  if (!mark.ok()) {
    return {false, "the high-water mark cannot be read, so what was signed last is not known: " +
                       std::string(mark.status().message())};
  }
  const auto says = [&](const std::string& what) {
    return "the last signed head has " + std::to_string(mark->size.value) +
           " entries, the database " + std::to_string(stored.size.value) + ": " + what;
  };
  if (mark->origin != stored.origin) return {false, says("it is of another register")};
  if (stored.size < mark->size) return {false, says("entries that were signed for are lost")};
  const absl::StatusOr<Digest> root =
      stored.size == mark->size ? absl::StatusOr<Digest>(stored.root) : root_at(mark->size);
  if (!root.ok()) return {false, says("the database cannot show that it contains it")};
  if (*root != mark->root) return {false, says("the database holds another history")};
  return {true, ""};
}

}  // namespace bonafide::storage
