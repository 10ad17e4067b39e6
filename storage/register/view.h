// One published head and everything that can be read under it.
//
// A view never changes and answers from one moment of the store: what a reader gets from it fits
// together and is provable. It holds a database snapshot, so release it before waiting for anybody.
// Thread-safe. Signatures are not checked when reading; the reader of the answer does that.
//
// Errors of all reads: "data_damaged", "record_missing" (kDataLoss) when a part that must be there
// is not or contradicts another; "disk_error". Absence is never guessed from damage.
#ifndef BONAFIDE_STORAGE_REGISTER_VIEW_H_
#define BONAFIDE_STORAGE_REGISTER_VIEW_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "certs/digest.h"
#include "certs/key.h"
#include "merkle/index.h"
#include "merkle/tile.h"
#include "registry/evidence.h"
#include "registry/question.h"
#include "registry/subject.h"
#include "registry/verdict.h"
#include "storage/history/audience.h"
#include "storage/register/assembled_evidence.h"

namespace bonafide::storage {

using merkle::LogIndex;
using merkle::SubjectNumber;
using merkle::TreeSize;

// Entries the reader has verified before: the first `entries` of `subject`.
struct KnownSubject {
  SubjectNumber subject;
  uint64_t entries = 0;  // more than there are: all of them
};

// One subject under a head.
struct SubjectPage {
  registry::SubjectKind kind = registry::SubjectKind::kUnknown;
  uint64_t entry_count = 0;  // of the subject, not of the page
  // The head and exactly this subject: entries and disclosures of this page only.
  registry::Evidence evidence;
};

class View {
 public:
  ~View();
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  // The signed checkpoint with the cosignatures it had when this view was made.
  const std::string& note() const;
  TreeSize size() const;
  const Digest& root() const;
  // The time of the head: that of its state entry.
  int64_t time_ms() const;
  uint64_t subject_count() const;
  const std::string& state_entry() const;
  // Inclusion of the state entry, hashes joined.
  const std::string& state_inclusion() const;

  // Everything that proves the answer to `question`, less the entries in `have` (ascending by
  // subject, each once); their disclosures are there all the same. Errors: "evidence_too_large"
  // (kResourceExhausted), and those of all reads.
  absl::StatusOr<AssembledEvidencePtr> AssembleEvidence(const registry::Question& question,
                                                        const std::vector<KnownSubject>& have,
                                                        const Audience& audience) const;
  // The same for several questions at once: each subject once. `needed` receives, for each
  // question, the numbers its own evidence holds, ascending.
  absl::StatusOr<AssembledEvidencePtr> AssembleEvidenceForAll(
      const std::vector<registry::Question>& questions, const std::vector<KnownSubject>& have,
      const Audience& audience, std::vector<std::vector<SubjectNumber>>* needed) const;

  // The verdict that a reader of AssembleEvidence(question, {}, audience) comes to, from what was
  // checked when it was logged: no signature is checked again. Preconditions: those of
  // registry::Judge. Errors: as AssembleEvidence.
  absl::StatusOr<registry::Verdict> Judge(const registry::Question& question,
                                          const Audience& audience) const;

  // The name of a practitioner that everybody may see, as it is on the day of the head; "" where it
  // was erased. Errors: "subject_unknown" (kNotFound), and as AssembleEvidence.
  absl::StatusOr<std::string> PractitionerName(SubjectNumber number) const;

  // Entries `first_seq` to `first_seq + max_entries` of a subject. Errors: "subject_unknown"
  // (kNotFound), "page" (first_seq beyond the entries), and those of all reads.
  absl::StatusOr<SubjectPage> ReadSubject(SubjectNumber subject, uint64_t first_seq,
                                          uint64_t max_entries, const Audience& audience) const;

  // Hashes joined. Errors: "proof_size" (0, or beyond this view), "proof_index", and those of all
  // reads.
  absl::StatusOr<std::string> InclusionProof(LogIndex index, TreeSize in) const;
  // Errors: "proof_size" (from 0, in the wrong order, or beyond this view), and those of all reads.
  absl::StatusOr<std::string> ConsistencyProof(TreeSize from, TreeSize to) const;
  // The root of the first `size` entries. Error: "proof_size".
  absl::StatusOr<Digest> RootAt(TreeSize size) const;

  // The hashes of `tile` of the log tree, joined. Errors: "tile_unknown" (kNotFound: this view has
  // not so many there), and those of all reads.
  absl::StatusOr<std::string> ReadTile(const merkle::TileId& tile) const;

  // At most `max_entries` entries from `first` on, fewer at the end of the log and beyond
  // `max_bytes` (but at least one). Error: "proof_index" (first >= size), and those of all reads.
  absl::StatusOr<std::vector<std::string>> ReadEntries(LogIndex first, uint64_t max_entries,
                                                       uint64_t max_bytes) const;

  // The subject with its events parsed; organisations and schemes come from memory. Error:
  // "subject_unknown" (kNotFound), and those of all reads.
  absl::StatusOr<std::shared_ptr<const registry::Subject>> FindSubject(SubjectNumber subject) const;
  // A standing key of an organisation. Errors: "issuer_unknown", "key_unknown", "key_revoked".
  absl::StatusOr<certs::PublicKey> StandingKey(SubjectNumber organisation,
                                               const certs::KeyId& key) const;

  // Reads outside the schema of this view at the same moment (papers, names).
  const class Snapshot& snapshot() const;

 private:
  friend class Register;
  explicit View(std::shared_ptr<const struct HeadState> head, std::string note);

  std::shared_ptr<const struct HeadState> head_;
  std::string note_;
};

using ViewPtr = std::shared_ptr<const View>;

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_VIEW_H_
