#include "storage/personal/duplicate_hint.h"

#include <algorithm>
#include <set>

#include "certs/reason.h"
#include "storage/database/schema.h"
#include "storage/names/name_fold.h"

namespace bonafide::storage {
namespace {

constexpr char kIndexName[] = "duplicates";
constexpr std::string_view kByMac = "m";
constexpr char kByEvent[] = "e";
// A number of three characters says too little to speak of a duplicate.
constexpr size_t kLeastCharacters = 4;

// Letters and digits only, in one case and without accents.
absl::StatusOr<std::string> Bare(std::string_view text) {
  const auto folded = FoldName(text);
  if (!folded.ok()) return folded.status();
  std::string bare;
  for (const NameWord& word : folded->words) bare += word.folded;
  return bare;
}

absl::Status RemoveUnder(const Snapshot& snapshot, const std::string& prefix, WriteBatch& batch) {
  absl::Status wrong;
  const absl::Status scanned = snapshot.ScanPrefix(
      Family::kDuplicates, prefix, [&](std::string_view key, std::string_view macs) {
        if (key.size() != 1 + kLoggedAtBytes || macs.empty() ||
            macs.size() % Digest::kSizeBytes != 0) {
          wrong = Damaged("data_damaged", "a stored row is not a hint of a duplicate");
          return false;
        }
        for (; !macs.empty(); macs.remove_prefix(Digest::kSizeBytes)) {
          std::string by_mac(kByMac);
          by_mac += macs.substr(0, Digest::kSizeBytes);
          by_mac += key.substr(1);
          batch.Delete(Family::kDuplicates, by_mac);
        }
        batch.Delete(Family::kDuplicates, key);
        return true;
      });
  return scanned.ok() ? wrong : scanned;
}

}  // namespace

absl::StatusOr<std::vector<Digest>> DuplicateHints::MacsOf(const NumberedPaper& paper) const {
  std::vector<Digest> macs;
  const auto number = Bare(paper.number);
  if (!number.ok()) return number.status();
  if (number->size() < kLeastCharacters) return macs;
  const auto name = Bare(paper.issuer.name);
  if (!name.ok()) return name.status();
  // The same issuer may be named by its recognition once and by its name another time, so each way
  // of naming it has a row of its own.
  auto add = [&](char how, std::string_view issuer) {
    std::string text(1, static_cast<char>('0' + static_cast<int>(paper.kind)));
    text += how;
    text += *number;
    text += '\0';
    text += issuer;
    macs.push_back(secret_->Mac(kIndexName, text));
  };
  if (!name->empty()) add('n', *name);
  if (paper.issuer.recognition) add('r', *paper.issuer.recognition);
  if (paper.issuer.number) add('s', U64Key(paper.issuer.number->value));
  return macs;
}

absl::Status DuplicateHints::Add(LoggedAt event, const NumberedPaper& paper,
                                 WriteBatch& batch) const {
  const auto macs = MacsOf(paper);
  if (!macs.ok()) return macs.status();
  std::string all;
  for (const Digest& mac : *macs) {
    std::string by_mac(kByMac);
    by_mac += mac.view();
    by_mac += LoggedAtKey(event);
    batch.Put(Family::kDuplicates, by_mac, "");
    all += mac.view();
  }
  if (!all.empty()) batch.Put(Family::kDuplicates, kByEvent + LoggedAtKey(event), all);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<LoggedAt>> DuplicateHints::Find(const Snapshot& snapshot,
                                                           SubjectNumber subject,
                                                           const NumberedPaper& paper) const {
  const auto macs = MacsOf(paper);
  if (!macs.ok()) return macs.status();
  std::set<LoggedAt> found;
  for (const Digest& mac : *macs) {
    std::string prefix(kByMac);
    prefix += mac.view();
    absl::Status wrong;
    const absl::Status scanned = snapshot.ScanPrefix(
        Family::kDuplicates, prefix, [&](std::string_view key, std::string_view) {
          const auto event = ParseLoggedAt(key.substr(prefix.size()));
          wrong = event.status();
          if (!wrong.ok()) return false;
          if (event->subject != subject) found.insert(*event);
          return found.size() < kMaxDuplicateHints;
        });
    if (!scanned.ok()) return scanned;
    if (!wrong.ok()) return wrong;
  }
  std::vector<LoggedAt> events(found.begin(), found.end());
  events.resize(std::min(events.size(), kMaxDuplicateHints));
  return events;
}

absl::Status DuplicateHints::Remove(const Snapshot& snapshot, LoggedAt event, WriteBatch& batch) {
  return RemoveUnder(snapshot, std::string(kByEvent) + LoggedAtKey(event), batch);
}

absl::Status DuplicateHints::Remove(const Snapshot& snapshot, SubjectNumber subject,
                                    WriteBatch& batch) {
  return RemoveUnder(snapshot, std::string(kByEvent) + SubjectPrefix(subject), batch);
}

}  // namespace bonafide::storage
