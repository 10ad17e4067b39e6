// What has to be erased before a register is opened.
#ifndef BONAFIDE_STORAGE_ERASURE_OPENING_H_
#define BONAFIDE_STORAGE_ERASURE_OPENING_H_

#include <absl/status/status.h>

#include <string>

#include "storage/database.h"

namespace bonafide::storage {

// Files of a data directory beside the database.
inline constexpr char kErasureLedgerFile[] = "erased";
inline constexpr char kIndexSecretFile[] = "index-secret";

// Carries out, in the register of `options.directory`, every erasure that a crash kept waiting, and
// again all that the ledger names; makes the bytes leave the files; and closes the database. A
// register opened afterwards has no head that still reads what was erased. Errors: those of
// Database::Open, ErasureLedger::Open, IndexSecret::OpenFile and Eraser.
absl::Status EraseBeforeOpening(const DatabaseOptions& options);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_ERASURE_OPENING_H_
