// Erasure that removes bytes: what opens the personal slots, the papers only they name, search by
// name and the hints of duplicates, from the rows and then from the files.
//
// The way of an erasure:
//   1 its event is logged; an order for it commits in the same batch             (Order)
//   2 the digests of what goes are added to the ledger; then the rows go          (RemoveOrdered)
//   3 compaction makes the bytes leave the files                                  (CompactRemoved)
// Each step is found again after a crash and done again; whatever was ordered is carried out. The
// ledger lies outside the database, so that an older copy put back is erased again (ApplyLedger).
//
// Rows of kMeta: "erasure/order/" index:u64 -> subject:u64 [event id:32], and
// "erasure/compact/" subject:u64 nonce:8 -> blob:u64 for each paper that went.
#ifndef BONAFIDE_STORAGE_PERSONAL_ERASURE_H_
#define BONAFIDE_STORAGE_PERSONAL_ERASURE_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "registry/event_id.h"
#include "storage/database/database.h"
#include "storage/history/logged_at.h"
#include "storage/names/name_index.h"
#include "storage/papers/paper_store.h"
#include "storage/personal/erasure_ledger.h"

namespace bonafide::storage {

// RemoveOrdered and ApplyLedger are for the one thread that writes events, with no batch under way;
// CompactRemoved is for any one thread. What is passed in must outlive it.
class Eraser {
 public:
  Eraser(Database& database, ErasureLedger& ledger, const PaperStore& papers,
         const NameIndex& names)
      : database_(&database), ledger_(&ledger), papers_(&papers), names_(&names) {}

  // Orders the erasure of event `target`, or of everything personal of `subject`, in the batch of
  // the event at `at`. Precondition: one order for an index.
  static void Order(LogIndex at, SubjectNumber subject,
                    const std::optional<registry::EventId>& target, WriteBatch& batch);

  // Carries out every order that has committed: afterwards no read of the newest state finds what
  // was erased. An order for what is erased already does nothing. Errors: those of the ledger and
  // of storage/database/database.h; what was not done stays ordered. Where a row of one of them is
  // missing or malformed (kDataLoss) the others are carried out before that is said.
  absl::Status RemoveOrdered();

  // Erases again what an older copy of the database still has. For when a store has been opened,
  // before anything is answered. Errors: as RemoveOrdered.
  absl::Status ApplyLedger();

  // Makes what was removed leave the files, the write-ahead log included; takes seconds to minutes.
  // Nothing to do: OK. Error: "erasure_snapshot_held" (kUnavailable) while somebody reads from a
  // moment before the removal, which keeps the bytes: try again later.
  absl::Status CompactRemoved();
  // Whether CompactRemoved has something to do.
  absl::StatusOr<bool> HasRemoved() const;

  const ErasureLedger& ledger() const { return *ledger_; }

 private:
  struct EventTarget {
    LogIndex index;
    uint32_t seq = 0;  // where it stands in its subject
  };
  // One event, or every event of the subject.
  struct Target {
    SubjectNumber subject;
    std::optional<EventTarget> event;
    // Precondition: it is one event.
    LoggedAt at() const { return {subject, event->index}; }
  };
  // Error: "record_missing" where the subject has no such event.
  absl::StatusOr<Target> Resolve(const Snapshot& snapshot, SubjectNumber subject,
                                 std::string_view event_id) const;
  absl::Status CarryOut(const Snapshot& snapshot, const std::string& key, std::string_view order);
  // Removes the rows of `target`, all or none, with `order_key` done in the same batch where it is
  // given.
  absl::Status Remove(const Target& target, const std::string& order_key);
  absl::Status EmptyDisclosures(const Snapshot& snapshot, const Target& target, WriteBatch& batch,
                                std::vector<ErasedDisclosure>& erased) const;
  // Erases every event of `subject` that has something the ledger names, wherever it stands in this
  // copy.
  absl::Status ApplyTo(SubjectNumber subject);
  absl::Status DropPapers(const Snapshot& snapshot, const Target& target, WriteBatch& batch,
                          std::string& blobs) const;

  Database* database_;
  ErasureLedger* ledger_;
  const PaperStore* papers_;
  const NameIndex* names_;
  // Database::WriteCount after the last removal; a snapshot from before keeps what was removed.
  std::atomic<uint64_t> removed_at_{0};
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_PERSONAL_ERASURE_H_
