// Reading what is stored of one subject. What its head says has to be there is there, or the answer
// is an error (kDataLoss: "record_missing", "data_damaged").
#ifndef BONAFIDE_STORAGE_HISTORY_SUBJECT_READER_H_
#define BONAFIDE_STORAGE_HISTORY_SUBJECT_READER_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "certs/digest.h"
#include "registry/event_id.h"
#include "registry/subject.h"
#include "storage/database/database.h"
#include "storage/history/audience.h"
#include "storage/history/history_page.h"
#include "storage/history/subject_head.h"

namespace bonafide::storage {

// The head of an existing subject.
absl::StatusOr<SubjectHead> ReadHead(const Snapshot& snapshot, SubjectNumber subject);

// Appends entries [first, end) of `subject`, each behind its length, to `frames`.
absl::Status ReadFrames(const Snapshot& snapshot, SubjectNumber subject, uint64_t first,
                        uint64_t end, std::string& frames);

// Appends the disclosures of entries [first, end) that `audience` may see to `out`, each followed
// by "~". Compares how many events have some with the head where all entries are asked for.
absl::Status ReadDisclosures(const Snapshot& snapshot, SubjectNumber subject,
                             const SubjectHead& head, uint64_t first, uint64_t end,
                             const Audience& audience, std::string& out);

// What stands at `place`, and what is kept beside it.
absl::StatusOr<std::string> ReadEntry(const Snapshot& snapshot, EntryPlace place);
absl::StatusOr<Annex> ReadAnnex(const Snapshot& snapshot, EntryPlace place);

// One stored entry, parsed. An entry that does not parse is damage: it did when it was logged.
absl::StatusOr<registry::LoggedEventPtr> ParseStoredEvent(std::string_view entry,
                                                          std::string_view origin);
// Which event a stored entry is, without reading more of it.
absl::StatusOr<registry::EventId> StoredEventId(std::string_view entry);
// Whether `frames`, all of a subject, are what its leaf in the state tree was made of.
absl::Status CheckFrames(SubjectNumber subject, std::string_view frames, const Digest& state_leaf);
// All of a subject from its frames.
absl::StatusOr<std::shared_ptr<const registry::Subject>> ParseStoredSubject(
    SubjectNumber subject, std::string_view frames, std::string_view origin);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_HISTORY_SUBJECT_READER_H_
