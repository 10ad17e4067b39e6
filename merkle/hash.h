// The three hashes of an RFC 6962 tree (section 2.1), over SHA-256.
#ifndef BONAFIDE_MERKLE_HASH_H_
#define BONAFIDE_MERKLE_HASH_H_

#include <string_view>

#include "certs/digest.h"

namespace bonafide::merkle {

// SHA-256(0x00 || data). Thread-safe, like all functions here.
Digest LeafHash(std::string_view data);

// SHA-256(0x01 || left || right).
Digest NodeHash(const Digest& left, const Digest& right);

// SHA-256 of nothing: the root of the tree without leaves.
Digest EmptyRoot();

}  // namespace bonafide::merkle

#endif  // BONAFIDE_MERKLE_HASH_H_
