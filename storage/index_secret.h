// The secret of the local indexes over personal data.
//
// Keys of the indexes of names and of duplicates are HMACs under it: what a database leaves in its
// own records of file boundaries then tells nothing about anybody. Losing it costs a rebuild of
// the indexes, nothing else.
#ifndef BONAFIDE_STORAGE_INDEX_SECRET_H_
#define BONAFIDE_STORAGE_INDEX_SECRET_H_

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

  // The HMAC of `text`, for use in `index` only: equal texts in two indexes differ.
  Digest Mac(std::string_view index, std::string_view text) const;

 private:
  explicit IndexSecret(std::string bytes) : bytes_(std::move(bytes)) {}
  std::string bytes_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_INDEX_SECRET_H_
