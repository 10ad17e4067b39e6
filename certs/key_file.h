// Private keys on disk. The only file of this room that does I/O.
#ifndef BONAFIDE_CERTS_KEY_FILE_H_
#define BONAFIDE_CERTS_KEY_FILE_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <string>

#include "certs/key.h"

namespace bonafide::certs {

// Reads the PEM file `path`. Each error is one line that names the path and says what to do:
//   "key_file_missing"  no such file (kNotFound)
//   "key_file_mode"     not a regular file, or readable or writable by group or others
//   "key_file_read"     cannot be opened or read, or larger than 16 KiB
//   "key_pem", "key_algorithm"  as PrivateKey::FromPem
absl::StatusOr<PrivateKey> ReadKeyFile(const std::string& path);

// Creates `path` with mode 0600 and writes the key, synced to disk. Never replaces a file. Errors:
//   "key_file_exists" (kAlreadyExists), "key_file_write"; nothing is left behind after the latter.
absl::Status WriteKeyFile(const std::string& path, const PrivateKey& key);

}  // namespace bonafide::certs

#endif  // BONAFIDE_CERTS_KEY_FILE_H_
