#include "storage/papers/paper_access.h"

namespace bonafide::storage {
namespace {

PaperDecision Decide(const PaperNaming& naming, const Audience& asker) {
  const SlotKind slot = naming.reference.slot;
  if (Audience().MaySee(slot, naming.parties)) return PaperDecision::kPublic;
  return asker.MaySee(slot, naming.parties) ? PaperDecision::kAllowed : PaperDecision::kRefused;
}

}  // namespace

PaperRuling DecidePaper(std::span<const PaperNaming> namings, const Audience& asker) {
  PaperRuling best;
  for (const PaperNaming& naming : namings) {
    const PaperDecision decision = Decide(naming, asker);
    if (best.naming == nullptr || decision < best.decision) best = {decision, &naming};
  }
  return best;
}

}  // namespace bonafide::storage
