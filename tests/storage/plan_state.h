// The applied state in memory, for tests of planning: no disk, no threads, no clock.
#ifndef BONAFIDE_TESTS_STORAGE_PLAN_STATE_H_
#define BONAFIDE_TESTS_STORAGE_PLAN_STATE_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "merkle/dense_tree.h"
#include "registry/event_schema.h"
#include "storage/register/event_keys.h"
#include "storage/register/plan.h"
#include "tests/registry/seeded_random.h"

namespace bonafide::storage {

class PlanState final : public AppliedState {
 public:
  explicit PlanState(std::string origin) : origin_(std::move(origin)) {}

  const std::string& origin() const override { return origin_; }
  const merkle::Frontier& log() const override { return log_; }
  int64_t last_time_ms() const override { return last_time_ms_; }
  uint64_t subject_count() const override { return subjects_.size(); }
  merkle::Overlay PlanStateTree() const override { return tree_.Plan(); }
  absl::StatusOr<SubjectHead> FindHead(SubjectNumber subject) const override {
    if (!read_error.ok()) return read_error;
    if (damaged.contains(subject.value)) return damaged.at(subject.value);
    return subjects_.at(subject.value).head;
  }
  absl::StatusOr<std::shared_ptr<const registry::Subject>> FindSubject(
      SubjectNumber subject, const SubjectHead&) const override {
    if (!read_error.ok()) return read_error;
    return subjects_.at(subject.value).subject;
  }
  absl::StatusOr<std::optional<Statement>> FindStatement(SubjectNumber issuer,
                                                         std::string_view jti) const override {
    if (!read_error.ok()) return read_error;
    const auto found = statements_.find(TokenIdKey(issuer, jti));
    return found == statements_.end() ? std::nullopt : std::optional(found->second);
  }
  absl::StatusOr<std::optional<SubjectNumber>> FindThumbprint(
      const certs::KeyId& key) const override {
    const auto found = thumbprints_.find(key);
    return found == thumbprints_.end() ? std::nullopt : std::optional(found->second);
  }

  const merkle::DenseTree& tree() const { return tree_; }

  void Install(Plan plan) {
    for (const auto& [number, planned] : plan.changed) {
      Applied& applied = subjects_[number];
      applied.head = planned.head;
      applied.subject = planned.subject ? planned.subject : Grown(*applied.subject, planned.added);
    }
    for (const PlannedEvent& planned : plan.events) {
      const registry::Event& event = planned.event->event();
      statements_[TokenIdKey(event.issuer, event.jti)] = {planned.event->index, event.id};
      for (const certs::KeyId& key : RegisteredKeys(event)) {
        thumbprints_[key] = planned.event->subjects.front();
      }
    }
    if (plan.state_tree) tree_.Install(*std::move(plan.state_tree)).status().IgnoreError();
    log_ = plan.request.frontier;
    last_time_ms_ = plan.time_ms;
  }

  // Set from outside: what reading gives.
  absl::Status read_error;                   // of everything but thumbprints
  std::map<uint64_t, absl::Status> damaged;  // of these subjects

 private:
  std::string origin_;
  merkle::Frontier log_;
  int64_t last_time_ms_ = 0;
  merkle::DenseTree tree_;
  struct Applied {
    SubjectHead head;
    std::shared_ptr<const registry::Subject> subject;
  };
  std::map<uint64_t, Applied> subjects_;
  std::map<std::string, Statement> statements_;
  std::map<certs::KeyId, SubjectNumber> thumbprints_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_TESTS_STORAGE_PLAN_STATE_H_
