// Building the indexes over personal slots again from the log and the disclosures that are left.
#ifndef BONAFIDE_STORAGE_PERSONAL_PERSONAL_REBUILD_H_
#define BONAFIDE_STORAGE_PERSONAL_PERSONAL_REBUILD_H_

#include <absl/status/status.h>

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "registry/event_schema.h"
#include "registry/logged_event.h"
#include "storage/database/database.h"
#include "storage/names/name_index.h"
#include "storage/personal/duplicate_hint.h"

namespace bonafide::storage {

using PersonalEventVisitor = std::function<absl::Status(
    const registry::LoggedEvent& event, const std::vector<registry::OpenedSlot>& opened)>;

// Visits every event of the register `origin` that has slots and is not erased, by subject and then
// in log order, until `visit` returns an error. Errors: that one; "data_damaged", "record_missing"
// (kDataLoss).
absl::Status VisitPersonalEvents(const Snapshot& snapshot, std::string_view origin,
                                 const PersonalEventVisitor& visit);

// Empties the index of names and that of duplicates and fills them again. Interrupted, it leaves
// the index of names stale, which stands for both. `progress` (may be
// empty) receives how many events have been read. Precondition: nothing writes events meanwhile.
absl::Status RebuildPersonalIndexes(Database& database, const NameIndex& names,
                                    const DuplicateHints& hints,
                                    const std::function<void(uint64_t events)>& progress);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_PERSONAL_PERSONAL_REBUILD_H_
