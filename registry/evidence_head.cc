#include "registry/evidence_head.h"

#include <limits>
#include <string>
#include <utility>

#include "certs/reason.h"
#include "merkle/hash.h"
#include "merkle/proof.h"

namespace bonafide::registry {
namespace {

constexpr int64_t kFutureHeadMs = int64_t{5} * 60 * 1000;

absl::Status CheckAge(const TrustAnchors& anchors, const Head& head, int64_t now_ms,
                      Freshness freshness) {
  if (head.state.time_ms > now_ms + kFutureHeadMs) {
    return Malformed("head_in_future",
                     "the head is dated more than 5 minutes after this machine's clock");
  }
  if (freshness == Freshness::kSaved) return absl::OkStatus();
  const int64_t seen_ms = head.cosigned_at_s ? *head.cosigned_at_s * 1000 : head.state.time_ms;
  if (now_ms - seen_ms > anchors.max_age_s * 1000) {
    return NotAdmitted("head_too_old", "the newest head shown is " +
                                           std::to_string((now_ms - seen_ms) / 1000) +
                                           " s old; at most " + std::to_string(anchors.max_age_s) +
                                           " s are accepted");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Head> OpenHead(const TrustAnchors& anchors, const Evidence& evidence, int64_t now_ms,
                              Freshness freshness) {
  auto opened = merkle::OpenCheckpoint(evidence.checkpoint, anchors.log_key);
  if (!opened.ok()) return Within("checkpoint", opened.status());
  Head head{std::move(opened->checkpoint), {}, std::nullopt};
  if (head.checkpoint.origin != anchors.origin) {
    return Malformed("checkpoint_origin", "the checkpoint is of another register");
  }
  const auto policy = anchors.policy.Evaluate(opened->note);
  if (!policy.ok()) return Within("checkpoint", policy.status());
  if (!policy->satisfied) {
    return NotAdmitted("policy_unsatisfied",
                       "the head lacks the cosignatures your trust file asks for");
  }
  if (policy->quorum_time) {
    const uint64_t seconds = policy->quorum_time->seconds;
    constexpr uint64_t kMostSeconds = std::numeric_limits<int64_t>::max() / 1000;
    if (seconds > kMostSeconds || static_cast<int64_t>(seconds) * 1000 > now_ms + kFutureHeadMs) {
      return Malformed("head_in_future",
                       "a cosignature is dated more than 5 minutes after this machine's clock");
    }
    head.cosigned_at_s = static_cast<int64_t>(seconds);
  }

  auto state = ParseStateEntry(evidence.state_entry);
  if (!state.ok()) return Within("state entry", state.status());
  head.state = *state;
  const merkle::TreeSize size = head.checkpoint.size;
  if (size.value == 0 || head.state.index.value != size.value - 1) {
    return Malformed("evidence_state_entry", "the state entry is not the head's last leaf");
  }
  const auto inclusion = merkle::ParseProof(evidence.state_inclusion);
  if (!inclusion.ok()) return Within("state entry", inclusion.status());
  if (absl::Status status =
          merkle::VerifyInclusion(head.state.index, size, merkle::LeafHash(evidence.state_entry),
                                  *inclusion, head.checkpoint.root);
      !status.ok()) {
    return Within("state entry", status);
  }
  if (absl::Status status = CheckAge(anchors, head, now_ms, freshness); !status.ok()) return status;
  return head;
}

}  // namespace bonafide::registry
