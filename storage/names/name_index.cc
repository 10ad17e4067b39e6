#include "storage/names/name_index.h"

#include <map>
#include <set>
#include <utility>

#include "certs/reason.h"
#include "storage/names/name_fold.h"
#include "storage/names/name_row.h"

namespace bonafide::storage {
namespace {

constexpr size_t kRebuildBatchBytes = size_t{4} << 20;
// Stands where the header does, and is none.
constexpr std::string_view kNoHeader = "rebuilding";
// Sorts after every key of the family.
constexpr std::string_view kAfterAll = "\xff";

// What one event is filed under.
struct Filing {
  std::map<std::string, bool> tokens;        // whether only an accented word gives it
  std::map<std::string, std::string> words;  // token -> word, for the vocabulary
};

void FileWord(const IndexSecret& secret, const std::string& word, bool accented, Filing& filing) {
  const std::string token = NameToken(secret, NameTokenKind::kWord, word);
  const auto [at, added] = filing.tokens.emplace(token, accented);
  if (!added && !accented) at->second = false;
  filing.words.emplace(token, word);
}

absl::StatusOr<Filing> FilingOf(const IndexSecret& secret, const NamesOfEvent& names) {
  Filing filing;
  if (names.name) {
    const auto folded = FoldName(*names.name);
    if (!folded.ok()) return folded.status();
    for (const NameWord& word : folded->words) {
      const bool accented = word.accented != word.folded;
      FileWord(secret, word.folded, accented, filing);
      if (accented) {
        filing.tokens.emplace(NameToken(secret, NameTokenKind::kAccented, word.accented), true);
      }
      if (!word.joined.empty()) FileWord(secret, word.joined, false, filing);
    }
    filing.tokens.emplace(NameToken(secret, NameTokenKind::kWhole, folded->Whole()), false);
  }
  if (names.town) {
    const auto folded = FoldName(*names.town);
    if (!folded.ok()) return folded.status();
    for (const NameWord& word : folded->words) {
      filing.tokens.emplace(NameToken(secret, NameTokenKind::kTown, word.folded), false);
    }
  }
  return filing;
}

}  // namespace

NameIndex::NameIndex(Database& database, const IndexSecret& secret)
    : database_(&database),
      secret_(&secret),
      secret_check_(NameToken(secret, NameTokenKind::kWhole, "check of the secret")),
      folding_(FoldingVersion()) {}

std::optional<uint64_t> NameIndex::SizeIfReady(const std::optional<std::string>& value) const {
  if (!value) return std::nullopt;
  const auto header = ParseNameHeader(*value);
  const bool ready =
      header.ok() && header->secret_check == secret_check_ && header->folding == folding_;
  return ready ? std::optional(header->log_size) : std::nullopt;
}

absl::StatusOr<NameIndexState> NameIndex::State() const {
  const auto value = database_->Get(Family::kNames, kNameHeaderKey);
  if (!value.ok()) return value.status();
  if (!value->has_value()) {
    bool empty = true;
    const absl::Status scanned = database_->Now()->Scan(
        Family::kNames, "", "", [&empty](std::string_view, std::string_view) {
          empty = false;
          return false;
        });
    if (!scanned.ok()) return scanned;
    return empty ? NameIndexState::kEmpty : NameIndexState::kStale;
  }
  return SizeIfReady(*value) ? NameIndexState::kReady : NameIndexState::kStale;
}

absl::StatusOr<uint64_t> NameIndex::LogSize(const Snapshot& snapshot) const {
  const auto value = snapshot.Get(Family::kNames, kNameHeaderKey);
  if (!value.ok()) return value.status();
  if (const auto size = SizeIfReady(*value)) return *size;
  return Refusal(absl::StatusCode::kUnavailable, "name_index_stale",
                 "the index of names has to be built again");
}

void NameIndex::SetLogSize(uint64_t log_size, WriteBatch& batch) const {
  batch.Put(Family::kNames, kNameHeaderKey, EncodeNameHeader({secret_check_, log_size, folding_}));
}

void NameIndex::MarkStale(WriteBatch& batch) {
  batch.Put(Family::kNames, kNameHeaderKey, kNoHeader);
}

absl::Status NameIndex::Add(const NamesOfEvent& names, WriteBatch& batch) const {
  const auto filing = FilingOf(*secret_, names);
  if (!filing.ok()) return filing.status();
  if (filing->tokens.empty()) return absl::OkStatus();
  NameDocument document{names.name.value_or(""), names.town.value_or(""), {}};
  for (const auto& [token, accented] : filing->tokens) {
    document.tokens.push_back(token);
    batch.Put(Family::kNames, PostingKey(token, names.event), accented ? "\x01" : "");
  }
  batch.Put(Family::kNames, DocumentKey(names.event), EncodeNameDocument(document));
  for (const auto& [token, word] : filing->words) {
    absl::Status status = AddWord(token, word, names.event.index, batch);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status NameIndex::AddWord(const std::string& token, std::string_view word, LogIndex index,
                                WriteBatch& batch) const {
  const auto known = database_->Get(Family::kNames, WordKey(token));
  if (!known.ok()) return known.status();
  if (known->has_value()) return absl::OkStatus();
  // Where two events of one batch bring the word, the later index stands: both become visible with
  // the batch.
  batch.Put(Family::kNames, WordKey(token), word);
  const std::string value = EncodeSpelledWord({index, std::string(word)});
  for (const std::string& spelling : SpellingsOf(*secret_, word)) {
    batch.Put(Family::kNames, SpellingKey(spelling, token), value);
  }
  return absl::OkStatus();
}

absl::Status NameIndex::Remove(const Snapshot& snapshot, LoggedAt event, WriteBatch& batch) const {
  return RemoveUnder(snapshot, DocumentKey(event), batch);
}

absl::Status NameIndex::Remove(const Snapshot& snapshot, SubjectNumber subject,
                               WriteBatch& batch) const {
  return RemoveUnder(snapshot, DocumentsPrefix(subject), batch);
}

absl::Status NameIndex::RemoveUnder(const Snapshot& snapshot, const std::string& prefix,
                                    WriteBatch& batch) const {
  const auto header = snapshot.Get(Family::kNames, kNameHeaderKey);
  if (!header.ok()) return header.status();
  if (!SizeIfReady(*header)) {
    // What was filed under another secret cannot be found row by row.
    batch.DeleteRange(Family::kNames, "", kAfterAll);
    MarkStale(batch);
    return absl::OkStatus();
  }
  std::set<std::string> tokens;
  std::set<std::string> postings;
  absl::Status wrong;
  absl::Status scanned = snapshot.ScanPrefix(
      Family::kNames, prefix, [&](std::string_view key, std::string_view value) {
        const auto event = ParseDocumentKey(key);
        const auto document = ParseNameDocument(value);
        wrong = event.ok() ? document.status() : event.status();
        if (!wrong.ok()) return false;
        batch.Delete(Family::kNames, key);
        for (const std::string& token : document->tokens) {
          tokens.insert(token);
          postings.insert(PostingKey(token, *event));
        }
        return true;
      });
  if (!scanned.ok()) return scanned;
  if (!wrong.ok()) return wrong;
  for (const std::string& posting : postings) batch.Delete(Family::kNames, posting);
  for (const std::string& token : tokens) {
    bool still_used = false;
    scanned = snapshot.ScanPrefix(Family::kNames, PostingsPrefix(token),
                                  [&](std::string_view key, std::string_view) {
                                    still_used = !postings.contains(std::string(key));
                                    return !still_used;
                                  });
    if (!scanned.ok()) return scanned;
    if (still_used) continue;
    const auto word = snapshot.Get(Family::kNames, WordKey(token));
    if (!word.ok()) return word.status();
    if (!word->has_value()) continue;  // not a token of the vocabulary
    batch.Delete(Family::kNames, WordKey(token));
    for (const std::string& spelling : SpellingsOf(*secret_, **word)) {
      batch.Delete(Family::kNames, SpellingKey(spelling, token));
    }
  }
  return absl::OkStatus();
}

absl::Status NameIndex::Rebuild(uint64_t log_size,
                                const std::function<absl::Status(const TakeNames&)>& each) const {
  WriteBatch batch;
  batch.DeleteRange(Family::kNames, "", kAfterAll);
  MarkStale(batch);
  auto write = [this, &batch] {
    WriteBatch full = std::exchange(batch, WriteBatch());
    return database_->Write(std::move(full));
  };
  if (absl::Status status = write(); !status.ok()) return status;
  absl::Status status = each([this, &batch, &write](const NamesOfEvent& names) {
    if (absl::Status added = Add(names, batch); !added.ok()) return added;
    return batch.size_bytes() < kRebuildBatchBytes ? absl::OkStatus() : write();
  });
  if (!status.ok()) return status;
  SetLogSize(log_size, batch);
  return write();
}

}  // namespace bonafide::storage
