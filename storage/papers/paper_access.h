// Who may fetch a paper: a pure decision over facts.
#ifndef BONAFIDE_STORAGE_PAPERS_PAPER_ACCESS_H_
#define BONAFIDE_STORAGE_PAPERS_PAPER_ACCESS_H_

#include <cstdint>
#include <span>

#include "storage/history/audience.h"
#include "storage/papers/paper_reference.h"

namespace bonafide::storage {

// What is known about one naming of the paper asked for.
struct PaperNaming {
  PaperReference reference;
  Parties parties;  // to the event that names it
};

// From the widest to the narrowest.
enum class PaperDecision : uint8_t {
  kPublic,   // for everyone: leaves no record
  kAllowed,  // for this asker: recorded first (storage/papers/access_record.h)
  kRefused,  // recorded too; answered as PaperUnknown (storage/papers/paper_reader.h)
};

struct PaperRuling {
  PaperDecision decision = PaperDecision::kRefused;
  // The naming it rests on; for a refusal the first, so that its subject can be told. nullptr only
  // where nothing names the paper.
  const PaperNaming* naming = nullptr;
};

// A paper may be fetched when one of its `namings` allows it, the widest preferred; one that
// nothing names is for nobody. The ruling points into `namings`.
PaperRuling DecidePaper(std::span<const PaperNaming> namings, const Audience& asker);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_PAPERS_PAPER_ACCESS_H_
