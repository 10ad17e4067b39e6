// What has to be done in a data directory before its register is opened.
#ifndef BONAFIDE_STORAGE_PERSONAL_OPENING_H_
#define BONAFIDE_STORAGE_PERSONAL_OPENING_H_

#include <absl/status/status.h>

#include <cstdint>
#include <string>

#include "storage/database/database.h"

namespace bonafide::storage {

// Files of a data directory beside the database.
inline constexpr char kErasureLedgerFile[] = "erased";
inline constexpr char kIndexSecretFile[] = "index-secret";

// Indexes over personal details that are not ready are built by opening up to so many entries.
inline constexpr uint64_t kSmallRegister = 10'000;

// Carries out, in the register of `options.directory`, every erasure that a crash kept waiting, and
// again all that the ledger names; makes the bytes leave the files; builds the indexes over
// personal details again where that takes no time; and closes the database. A register opened
// afterwards has no head that still reads what was erased, or an index as it was before. Errors:
// those of Database::Open, ErasureLedger::Open, IndexSecret::OpenFile, Eraser and
// RebuildPersonalIndexes.
absl::Status PrepareOpening(const DatabaseOptions& options);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_PERSONAL_OPENING_H_
