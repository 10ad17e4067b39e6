#include "storage/register/cosigned_heads.h"

#include <algorithm>
#include <utility>

#include "certs/reason.h"
#include "merkle/checkpoint.h"
#include "merkle/cosignature.h"

namespace bonafide::storage {

void CosignedHeads::Offer(const ViewPtr& view, int64_t elapsed_ms) {
  if (!policy_.requires_cosignatures()) {
    cosigned_ = view;
    return;
  }
  newest_ = view;
  Keep(elapsed_ms);
}

void CosignedHeads::Keep(int64_t elapsed_ms) {
  if (!newest_) return;
  if (!candidates_.empty() && elapsed_ms - last_kept_ms_ < kCandidateEveryMs) return;
  const ViewPtr view = std::exchange(newest_, nullptr);
  candidates_.push_back(view);
  last_kept_ms_ = elapsed_ms;
  if (candidates_.size() > kMaxCandidates) candidates_.pop_front();
  Promote(view);
}

ViewPtr CosignedHeads::ToCosign(int64_t elapsed_ms) {
  Keep(elapsed_ms);
  return candidates_.empty() ? cosigned_ : candidates_.back();
}

void CosignedHeads::Clear() {
  candidates_.clear();
  newest_.reset();
  cosigned_.reset();
}

void CosignedHeads::Promote(const ViewPtr& view) {
  if (cosigned_ && cosigned_->size() > view->size()) return;
  const auto note = certs::ParseNote(view->note());
  if (!note.ok()) return;
  const auto result = policy_.Evaluate(*note);
  if (!result.ok() || !result->satisfied) return;
  cosigned_ = view;
  std::erase_if(candidates_,
                [&](const ViewPtr& candidate) { return candidate->size() < view->size(); });
}

absl::StatusOr<ViewPtr> CosignedHeads::Merge(const ViewPtr& view, const certs::Note& given) {
  auto note = certs::ParseNote(view->note());
  if (!note.ok()) return note.status();
  bool known = false;
  for (const merkle::PolicyWitness& witness : policy_.witnesses()) {
    const auto time = merkle::VerifyCosignature(given, witness.verifier);
    if (ReasonOf(time.status()) == "cosignature_missing") continue;
    if (!time.ok()) return time.status();
    known = true;
    const std::string& name = witness.verifier.name();
    const uint32_t key_id = witness.verifier.key_id();
    const auto old = merkle::VerifyCosignature(*note, witness.verifier);
    if (old.ok() && *old >= *time) continue;
    std::erase_if(note->signatures, [&](const certs::NoteSignature& line) {
      return line.name == name && line.key_id == key_id;
    });
    note->signatures.push_back(*given.Find(name, key_id));
  }
  if (!known) return Malformed("cosigner_unknown", "no line is of a cosigner in the policy");
  return with_note_(view, certs::WriteNote(*note));
}

absl::StatusOr<ViewPtr> CosignedHeads::Add(std::string_view note) {
  const auto given = certs::ParseNote(note);
  if (!given.ok()) return given.status();
  const auto checkpoint = merkle::ParseCheckpoint(given->text);
  if (!checkpoint.ok()) return checkpoint.status();
  ViewPtr* place = nullptr;
  for (ViewPtr& candidate : candidates_) {
    if (candidate->size() == checkpoint->size) place = &candidate;
  }
  if (cosigned_ && cosigned_->size() == checkpoint->size) place = &cosigned_;
  const auto text_of = [](const ViewPtr& view) {
    const auto own = certs::ParseNote(view->note());
    return own.ok() ? own->text : std::string();
  };
  if (place == nullptr || text_of(*place) != given->text) {
    return Refusal(absl::StatusCode::kNotFound, "checkpoint_unknown",
                   "this is not a head that is kept for cosigning");
  }
  auto view = Merge(*place, *given);
  if (!view.ok()) return view.status();
  for (ViewPtr& candidate : candidates_) {
    if (candidate->size() == checkpoint->size) candidate = *view;
  }
  if (cosigned_ && cosigned_->size() == checkpoint->size) cosigned_ = *view;
  Promote(*view);
  return view;
}

}  // namespace bonafide::storage
