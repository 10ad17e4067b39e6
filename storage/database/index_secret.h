// The secret of the local indexes over personal data.
//
// Keys of the indexes of names and of duplicates are HMACs under it: what a database leaves in its
// own records of file boundaries then tells nothing about anybody. Losing it costs a rebuild of
// the indexes, nothing else.
#ifndef BONAFIDE_STORAGE_DATABASE_INDEX_SECRET_H_
#define BONAFIDE_STORAGE_DATABASE_INDEX_SECRET_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "certs/digest.h"
#include "certs/random.h"

namespace bonafide::storage {

// Immutable; safe to share.
class IndexSecret {
 public:
  // Reads the file at `path`, or makes one of 32 random bytes, mode 0600. Errors:
  // "secret_file" (kFailedPrecondition: not 32 bytes; delete it and rebuild the indexes),
  // "secret_file_mode" (kFailedPrecondition: others may read it), "disk_error".
  static absl::StatusOr<IndexSecret> OpenFile(const std::string& path, certs::Random& random);

  // HMAC-SHA256 of `index`, a zero byte and `text`: equal texts in two indexes differ.
  // Precondition: `index` has no zero byte.
  Digest Mac(std::string_view index, std::string_view text) const;

 private:
  explicit IndexSecret(std::string_view bytes);

  // The key block of RFC 2104 combined with its two pads. An index asks for dozens of MACs for each
  // name, and setting the key up costs more than the hashing.
  std::string inner_;
  std::string outer_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_DATABASE_INDEX_SECRET_H_
