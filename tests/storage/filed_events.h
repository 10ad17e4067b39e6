// A log with personal events in it, written the way the register writes them but without its
// sequencer: for the tests of what follows from personal slots.
#ifndef BONAFIDE_TESTS_STORAGE_FILED_EVENTS_H_
#define BONAFIDE_TESTS_STORAGE_FILED_EVENTS_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "certs/key.h"
#include "registry/event_schema.h"
#include "storage/database/database.h"
#include "storage/database/index_secret.h"
#include "storage/history/subject_head.h"
#include "storage/names/name_index.h"
#include "storage/papers/paper_store.h"
#include "storage/personal/duplicate_hint.h"
#include "storage/personal/erasure.h"
#include "storage/personal/erasure_ledger.h"
#include "storage/personal/personal_projection.h"

namespace bonafide::storage {

inline constexpr char kFiledOrigin[] = "register.example";

// Everything that lies over the personal slots of one open database.
class FiledEvents {
 public:
  // Opens what lies beside `database`, which must outlive this.
  explicit FiledEvents(Database& database);

  // Files `body` by organisation 1 and commits. `subject` has the number given, which is new for a
  // creation. Returns the identity of the event.
  registry::EventId File(uint64_t subject, registry::EventBody body,
                         std::vector<registry::OpenedSlot> slots);
  // The same without what the sequencer calls after a commit, as if the process ended there.
  registry::EventId FileAndCrash(uint64_t subject, registry::EventBody body,
                                 std::vector<registry::OpenedSlot> slots);
  // Stores a paper of these bytes and returns the value of a slot that names it.
  certs::Json Paper(const std::string& bytes);

  std::vector<uint64_t> Find(const std::string& name) const;
  uint64_t log_size() const { return log_size_; }
  const std::vector<absl::Status>& failures() const { return failures_; }

  Database& database;
  const IndexSecret secret;
  const std::unique_ptr<ErasureLedger> ledger;
  const std::unique_ptr<PaperStore> papers;
  const NameIndex names;
  const DuplicateHints hints;
  Eraser eraser;
  PersonalProjection projection;

 private:
  std::vector<absl::Status> failures_;
  uint64_t log_size_ = 100;
  std::map<uint64_t, SubjectHead> heads_;
  std::map<uint64_t, registry::EventId> anchors_;
};

registry::OpenedSlot TextSlot(const std::string& name, const std::string& text);
registry::OpenedSlot PaperSlot(const std::string& name, const std::vector<certs::Json>& papers);
// A training record by Example Awarding Body.
registry::EventBody ExampleTraining();

}  // namespace bonafide::storage

#endif  // BONAFIDE_TESTS_STORAGE_FILED_EVENTS_H_
