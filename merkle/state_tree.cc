#include "merkle/state_tree.h"

#include <string>

#include "merkle/big_endian.h"
#include "merkle/hash.h"
#include "merkle/proof.h"

namespace bonafide::merkle {

Digest StateLeafHash(SubjectNumber subject, uint64_t entries, const Digest& subject_root) {
  std::string data;
  data.reserve(1 + 8 + 8 + Digest::kSizeBytes);
  data += '\x03';
  AppendU64(data, subject.value);
  AppendU64(data, entries);
  data += subject_root.view();
  return LeafHash(data);
}

absl::Status VerifyStateInclusion(SubjectNumber subject, TreeSize subjects,
                                  const Digest& state_leaf_hash, std::span<const Digest> proof,
                                  const Digest& state_root) {
  return VerifyInclusion(LogIndex{subject.value}, subjects, state_leaf_hash, proof, state_root);
}

}  // namespace bonafide::merkle
