// The register's state in memory: the state tree, the right edge of the log, organisations and
// schemes. Rebuilt from the database whenever it is opened; changed by committed plans alone.
#ifndef BONAFIDE_STORAGE_REGISTER_REGISTER_STATE_H_
#define BONAFIDE_STORAGE_REGISTER_REGISTER_STATE_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <memory>
#include <string>

#include "merkle/dense_tree.h"
#include "storage/database/database.h"
#include "storage/register/applied_state.h"
#include "storage/register/head_state.h"
#include "storage/register/plan.h"

namespace bonafide::storage {

// For one writer's thread; what head() returns may be shared.
class RegisterState final : public AppliedState {
 public:
  // The state of a register that has no entry yet.
  static std::unique_ptr<RegisterState> Empty(Database& database, std::string origin);
  // Reads everything a running register needs, on `threads` threads. `database` must outlive it.
  // Errors: "data_damaged" where the log does not end in a state entry or the subjects' heads do
  // not give its root; "record_missing"; those of reading.
  static absl::StatusOr<std::unique_ptr<RegisterState>> Load(Database& database, unsigned threads);

  const std::string& origin() const override { return origin_; }
  const merkle::Frontier& log() const override { return log_; }
  int64_t last_time_ms() const override { return last_time_ms_; }
  uint64_t subject_count() const override { return tree_->size().value; }
  merkle::Overlay PlanStateTree() const override { return tree_->Plan(); }
  absl::StatusOr<SubjectHead> FindHead(SubjectNumber subject) const override;
  absl::StatusOr<std::shared_ptr<const registry::Subject>> FindSubject(
      SubjectNumber subject, const SubjectHead& head) const override;
  absl::StatusOr<std::optional<Statement>> FindStatement(SubjectNumber issuer,
                                                         std::string_view jti) const override;
  absl::StatusOr<std::optional<SubjectNumber>> FindThumbprint(
      const certs::KeyId& key) const override;

  // What is readable under the last committed head. Precondition: there is one.
  std::shared_ptr<const HeadState> head() const { return head_; }
  std::shared_ptr<const merkle::View> state_tree() const { return tree_->view(); }

  // Makes the committed `plan` the state. An error means that the state no longer follows the
  // database: load it anew.
  absl::Status Install(Plan plan);

 private:
  RegisterState(Database& database, std::string origin);
  absl::Status LoadTree(const Snapshot& snapshot, uint64_t subjects, unsigned threads);
  absl::Status LoadSchemes(const Snapshot& snapshot);

  Database& database_;
  std::string origin_;
  std::unique_ptr<merkle::DenseTree> tree_;
  merkle::Frontier log_;
  int64_t last_time_ms_ = 0;
  std::shared_ptr<const ResidentMap> residents_ = std::make_shared<ResidentMap>();
  std::shared_ptr<const SchemeMap> schemes_ = std::make_shared<SchemeMap>();
  std::shared_ptr<SubjectCache> cache_;
  std::shared_ptr<const HeadState> head_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_REGISTER_STATE_H_
