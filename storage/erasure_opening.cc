#include "storage/erasure_opening.h"

#include "certs/random.h"
#include "storage/erasure.h"
#include "storage/erasure_ledger.h"
#include "storage/index_secret.h"
#include "storage/name_index.h"
#include "storage/paper_store.h"

namespace bonafide::storage {

absl::Status EraseBeforeOpening(const DatabaseOptions& options) {
  const auto database = Database::Open(options);
  if (!database.ok()) return database.status();
  const auto ledger = ErasureLedger::Open(options.directory + "/" + kErasureLedgerFile);
  if (!ledger.ok()) return ledger.status();
  const auto secret =
      IndexSecret::OpenFile(options.directory + "/" + kIndexSecretFile, certs::SystemRandom());
  if (!secret.ok()) return secret.status();
  const auto papers = PaperStore::Open(**database);
  if (!papers.ok()) return papers.status();
  const NameIndex names(**database, *secret);
  Eraser eraser(**database, **ledger, **papers, names);
  absl::Status status = eraser.RemoveOrdered();
  if (status.ok()) status = eraser.ApplyLedger();
  if (status.ok()) status = eraser.CompactRemoved();
  return status;
}

}  // namespace bonafide::storage
