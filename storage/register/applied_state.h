// What planning asks of the state that is on disk and published. The register answers from its
// tables, a test from memory.
#ifndef BONAFIDE_STORAGE_REGISTER_APPLIED_STATE_H_
#define BONAFIDE_STORAGE_REGISTER_APPLIED_STATE_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "certs/key_id.h"
#include "merkle/frontier.h"
#include "merkle/overlay.h"
#include "registry/event_id.h"
#include "registry/subject.h"
#include "storage/history/subject_head.h"

namespace bonafide::storage {

// A logged event, and which it is.
struct Statement {
  LogIndex index;
  registry::EventId id;
};

// Errors of all calls: those of reading the database.
class AppliedState {
 public:
  virtual ~AppliedState() = default;

  virtual const std::string& origin() const = 0;
  virtual const merkle::Frontier& log() const = 0;
  // Of the last entry; 0 when there is none.
  virtual int64_t last_time_ms() const = 0;
  virtual uint64_t subject_count() const = 0;
  virtual merkle::Overlay PlanStateTree() const = 0;

  // Precondition: the subject exists.
  virtual absl::StatusOr<SubjectHead> FindHead(SubjectNumber subject) const = 0;
  // All its events. Precondition: `head` is what FindHead gave.
  virtual absl::StatusOr<std::shared_ptr<const registry::Subject>> FindSubject(
      SubjectNumber subject, const SubjectHead& head) const = 0;
  // What `issuer` stated under `jti`.
  virtual absl::StatusOr<std::optional<Statement>> FindStatement(SubjectNumber issuer,
                                                                 std::string_view jti) const = 0;
  virtual absl::StatusOr<std::optional<SubjectNumber>> FindThumbprint(
      const certs::KeyId& key) const = 0;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_APPLIED_STATE_H_
