#include "storage/personal/opening.h"

#include "certs/random.h"
#include "storage/database/index_secret.h"
#include "storage/database/schema.h"
#include "storage/log/log_store.h"
#include "storage/names/name_index.h"
#include "storage/papers/paper_store.h"
#include "storage/personal/duplicate_hint.h"
#include "storage/personal/erasure.h"
#include "storage/personal/erasure_ledger.h"
#include "storage/personal/personal_rebuild.h"

namespace bonafide::storage {
namespace {

// Whether the database holds a small register that this program can read. What is wrong with any
// other is said when the register is opened.
bool HoldsSmallRegister(const Database& database) {
  const auto version = database.Require(Family::kMeta, kMetaVersion);
  const auto log = database.Require(Family::kMeta, kMetaLog);
  if (!version.ok() || !log.ok()) return false;
  const auto number = ParseU64Value(*version);
  const auto head = ParseLogHead(*log);
  return number.ok() && *number == kStoreVersion && head.ok() &&
         head->size().value <= kSmallRegister;
}

absl::Status RebuildIndexes(Database& database, const NameIndex& names, const IndexSecret& secret) {
  const auto state = names.State();
  if (!state.ok()) return state.status();
  if (*state == NameIndexState::kReady || !HoldsSmallRegister(database)) return absl::OkStatus();
  absl::Status status = RebuildPersonalIndexes(database, names, DuplicateHints(secret), {});
  // A full disk, or a damaged entry, is no reason not to serve reads; the index stays as it is, and
  // says so.
  const bool aside = absl::IsResourceExhausted(status) ||
                     (absl::IsDataLoss(status) && !database.outcome_unknown());
  return aside ? absl::OkStatus() : status;
}

}  // namespace

absl::Status PrepareOpening(const DatabaseOptions& options) {
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
  if (status.ok()) status = RebuildIndexes(**database, names, *secret);
  return status;
}

}  // namespace bonafide::storage
