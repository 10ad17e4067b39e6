#include "storage/papers/paper_reference.h"

#include <string>

#include "certs/reason.h"
#include "storage/database/schema.h"

namespace bonafide::storage {
namespace {

constexpr char kNamedBy = 'r';
constexpr char kNames = 'n';
constexpr size_t kTailBytes = kLoggedAtBytes + 2;

bool NamesPapers(SlotKind slot) {
  return slot == SlotKind::kPhoto || slot == SlotKind::kPapers || slot == SlotKind::kPublicPapers ||
         slot == SlotKind::kCasePapers;
}

std::string Tail(const PaperReference& reference) {
  std::string tail = LoggedAtKey(reference.event);
  tail += static_cast<char>(reference.slot);
  return tail += static_cast<char>(reference.position);
}

std::string NamedByPrefix(const Digest& paper) {
  std::string key(1, kNamedBy);
  return key += paper.view();
}

absl::StatusOr<PaperReference> ParseTail(std::string_view tail, const Digest& paper) {
  if (tail.size() == kTailBytes) {
    const auto event = ParseLoggedAt(tail.substr(0, kLoggedAtBytes));
    const auto slot = static_cast<SlotKind>(tail[kLoggedAtBytes]);
    if (event.ok() && NamesPapers(slot)) {
      return PaperReference{*event, slot, static_cast<uint8_t>(tail[kLoggedAtBytes + 1]), paper};
    }
  }
  return Damaged("data_damaged", "a stored row is not a reference to a paper");
}

// Parses rows of the second kind as long as `visit` returns true.
absl::Status VisitNames(const Snapshot& snapshot, std::string_view prefix,
                        const std::function<bool(const PaperReference&)>& visit) {
  absl::Status wrong;
  const absl::Status scanned = snapshot.ScanPrefix(
      Family::kPapers, prefix, [&wrong, &visit](std::string_view key, std::string_view value) {
        const auto paper = Digest::FromBytes(value);
        if (!paper.ok()) {
          wrong = Damaged("data_damaged", "a stored row is not a reference to a paper");
          return false;
        }
        const auto reference = ParseTail(key.substr(1), *paper);
        wrong = reference.status();
        return reference.ok() && visit(*reference);
      });
  return scanned.ok() ? wrong : scanned;
}

absl::StatusOr<std::vector<PaperReference>> CollectNames(const Snapshot& snapshot,
                                                         std::string_view prefix) {
  std::vector<PaperReference> references;
  const absl::Status status =
      VisitNames(snapshot, prefix, [&references](const PaperReference& reference) {
        references.push_back(reference);
        return true;
      });
  if (!status.ok()) return status;
  return references;
}

}  // namespace

void AddReference(const PaperReference& reference, WriteBatch& batch) {
  const std::string tail = Tail(reference);
  batch.Put(Family::kPapers, NamedByPrefix(reference.paper) + tail, "");
  batch.Put(Family::kPapers, kNames + tail, reference.paper.view());
}

void RemoveReference(const PaperReference& reference, WriteBatch& batch) {
  const std::string tail = Tail(reference);
  batch.Delete(Family::kPapers, NamedByPrefix(reference.paper) + tail);
  batch.Delete(Family::kPapers, kNames + tail);
}

absl::StatusOr<std::vector<PaperReference>> ReferencesTo(const Snapshot& snapshot,
                                                         const Digest& paper, size_t limit) {
  std::vector<PaperReference> references;
  absl::Status wrong;
  const std::string prefix = NamedByPrefix(paper);
  if (limit == 0) return references;
  const absl::Status scanned =
      snapshot.ScanPrefix(Family::kPapers, prefix, [&](std::string_view key, std::string_view) {
        auto reference = ParseTail(key.substr(prefix.size()), paper);
        wrong = reference.status();
        if (!reference.ok()) return false;
        references.push_back(*reference);
        return references.size() < limit;
      });
  if (!scanned.ok()) return scanned;
  if (!wrong.ok()) return wrong;
  return references;
}

absl::StatusOr<bool> IsNamedBy(const Snapshot& snapshot, const PaperReference& reference) {
  const auto row = snapshot.Get(Family::kPapers, NamedByPrefix(reference.paper) + Tail(reference));
  if (!row.ok()) return row.status();
  return row->has_value();
}

absl::StatusOr<bool> IsNamed(const Snapshot& snapshot, const Digest& paper) {
  const auto references = ReferencesTo(snapshot, paper, 1);
  if (!references.ok()) return references.status();
  return !references->empty();
}

absl::StatusOr<std::vector<PaperReference>> ReferencesOf(const Snapshot& snapshot, LoggedAt event) {
  return CollectNames(snapshot, kNames + LoggedAtKey(event));
}

absl::StatusOr<std::vector<PaperReference>> ReferencesOf(const Snapshot& snapshot,
                                                         SubjectNumber subject) {
  return CollectNames(snapshot, kNames + SubjectPrefix(subject));
}

absl::Status VisitReferences(const Snapshot& snapshot,
                             const std::function<bool(const PaperReference&)>& visit) {
  return VisitNames(snapshot, std::string_view(&kNames, 1), visit);
}

}  // namespace bonafide::storage
