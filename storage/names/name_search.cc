#include "storage/names/name_search.h"

#include <algorithm>
#include <map>
#include <utility>

#include "certs/reason.h"
#include "merkle/big_endian.h"
#include "storage/database/schema.h"
#include "storage/names/name_distance.h"
#include "storage/names/name_fold.h"
#include "storage/names/name_nicknames.h"
#include "storage/names/name_row.h"

namespace bonafide::storage {
namespace {

constexpr size_t kPositionBytes = 8 + 4 + 8 + 4;
constexpr size_t kWordsOfWhichOneMayMiss = 3;

// Best fit of one word typed, by subject.
using Fits = std::map<SubjectNumber, NameFit>;

void Improve(Fits& fits, SubjectNumber subject, NameFit fit) {
  const auto [at, added] = fits.emplace(subject, fit);
  if (!added) at->second = std::max(at->second, fit);
}

// A person who fits, before anything but tokens has been read.
struct Candidate {
  NameScore score;
  SubjectNumber subject;
};

bool Before(const Candidate& a, const Candidate& b) {
  return a.score != b.score ? a.score > b.score : a.subject < b.subject;
}

NameScore ScoreOf(NameFit worst, bool whole, uint32_t sum) {
  return {static_cast<uint32_t>(worst) << 16 | (whole ? 1U : 0U) << 12 | sum};
}

class Search {
 public:
  Search(const NameIndex& index, const Snapshot& snapshot, const NameQuery& query,
         const NameSearchLimits& limits)
      : secret_(index.secret()), snapshot_(snapshot), query_(query), limits_(limits) {}

  absl::StatusOr<NameAnswer> Run(uint64_t log_size) {
    log_size_ = query_.after ? query_.after->log_size : log_size;
    if (absl::Status status = FoldQuery(); !status.ok()) return status;
    if (absl::Status status = FindFits(); !status.ok()) return status;
    return Page(Candidates());
  }

 private:
  absl::Status FoldQuery() {
    if (query_.name.size() > limits_.query_bytes ||
        query_.town.value_or("").size() > limits_.query_bytes) {
      return Malformed("search_too_long",
                       "a search has at most " + std::to_string(limits_.query_bytes) + " bytes");
    }
    auto name = FoldName(query_.name);
    if (!name.ok()) return name.status();
    auto town = FoldName(query_.town.value_or(""));
    if (!town.ok()) return town.status();
    name_ = *std::move(name);
    town_ = *std::move(town);
    if (name_.words.size() > limits_.query_words || town_.words.size() > limits_.query_words) {
      return Malformed("search_too_long",
                       "a search has at most " + std::to_string(limits_.query_words) + " words");
    }
    size_t longest = 0;
    for (const NameWord& word : name_.words) longest = std::max(longest, word.folded.size());
    if (longest < limits_.letters) {
      return Malformed("search_too_short", "a search needs a word of at least " +
                                               std::to_string(limits_.letters) + " letters");
    }
    return absl::OkStatus();
  }

  absl::Status FindFits() {
    fits_.resize(name_.words.size());
    for (size_t i = 0; i < name_.words.size(); ++i) {
      if (absl::Status status = FitWord(name_.words[i], fits_[i]); !status.ok()) return status;
    }
    // Two words typed apart may be one word of a name.
    for (size_t i = 0; i + 1 < name_.words.size(); ++i) {
      Fits both;
      const std::string joined = name_.words[i].folded + name_.words[i + 1].folded;
      absl::Status status =
          AddPostings(NameTokenKind::kWord, joined, NameFit::kFolded, NameFit::kFolded, both);
      if (!status.ok()) return status;
      for (const auto& [subject, fit] : both) {
        Improve(fits_[i], subject, fit);
        Improve(fits_[i + 1], subject, fit);
      }
    }
    return AddPostings(NameTokenKind::kWhole, name_.Whole(), NameFit::kExact, NameFit::kExact,
                       wholes_);
  }

  absl::Status FitWord(const NameWord& typed, Fits& fits) {
    const bool accented = typed.accented != typed.folded;
    absl::Status status =
        AddPostings(NameTokenKind::kWord, typed.folded,
                    accented ? NameFit::kFolded : NameFit::kExact, NameFit::kFolded, fits);
    if (!status.ok()) return status;
    if (accented) {
      status = AddPostings(NameTokenKind::kAccented, typed.accented, NameFit::kExact,
                           NameFit::kExact, fits);
      if (!status.ok()) return status;
    }
    std::map<std::string, NameFit> words;
    for (std::string_view nickname : NicknamesOf(typed.folded)) {
      words.emplace(nickname, NameFit::kNickname);
    }
    for (auto add : {&Search::AddPrefixed, &Search::AddMistyped}) {
      if (status = (this->*add)(typed.folded, words); !status.ok()) return status;
    }
    for (const auto& [word, fit] : words) {
      status = AddPostings(NameTokenKind::kWord, word, fit, fit, fits);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  // Words of the vocabulary that `typed` begins.
  absl::Status AddPrefixed(const std::string& typed, std::map<std::string, NameFit>& words) {
    if (typed.size() < kLeastPrefixLetters) return absl::OkStatus();
    const std::string spelling =
        NameToken(secret_, NameTokenKind::kPrefix, typed.substr(0, kMostPrefixLetters));
    return VisitWords(spelling, [&typed, &words](const std::string& word) {
      if (word.size() <= typed.size() || !word.starts_with(typed)) return;
      NameFit& fit = words.emplace(word, NameFit::kPrefix).first->second;
      fit = std::max(fit, NameFit::kPrefix);
    });
  }

  // Words of the vocabulary that `typed` may be meant for.
  absl::Status AddMistyped(const std::string& typed, std::map<std::string, NameFit>& words) {
    for (const std::string& variant : DeletionVariants(typed)) {
      const std::string spelling = NameToken(secret_, NameTokenKind::kSpelling, variant);
      absl::Status status = VisitWords(spelling, [&typed, &words](const std::string& word) {
        const int allowed = AllowedDistance(typed, word);
        const int distance = WordDistance(typed, word, allowed);
        if (distance == 0 || distance > allowed) return;
        const NameFit fit = distance == 1 ? NameFit::kOneError : NameFit::kTwoErrors;
        NameFit& best = words.emplace(word, fit).first->second;
        best = std::max(best, fit);
      });
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  absl::Status VisitWords(const std::string& spelling,
                          const std::function<void(const std::string&)>& visit) {
    size_t seen = 0;
    absl::Status wrong;
    const absl::Status scanned = snapshot_.ScanPrefix(
        Family::kNames, SpellingsPrefix(spelling), [&](std::string_view, std::string_view value) {
          const auto spelled = ParseSpelledWord(value);
          wrong = spelled.status();
          if (!wrong.ok()) return false;
          if (spelled->index.value >= log_size_) return true;
          if (++seen > limits_.vocabulary_words) {
            incomplete_ = true;
            return false;
          }
          visit(spelled->word);
          return true;
        });
    return scanned.ok() ? wrong : scanned;
  }

  // Who has the token, with `plain` where the word has no accents and `accented` where it has.
  absl::Status AddPostings(NameTokenKind kind, std::string_view text, NameFit plain,
                           NameFit accented, Fits& fits) {
    absl::Status wrong;
    const absl::Status scanned =
        snapshot_.ScanPrefix(Family::kNames, PostingsPrefix(NameToken(secret_, kind, text)),
                             [&](std::string_view key, std::string_view value) {
                               const auto event = ParsePostingKey(key);
                               wrong = event.status();
                               if (!wrong.ok()) return false;
                               if (event->index.value >= log_size_) return true;
                               if (++postings_ > limits_.postings) {
                                 incomplete_ = true;
                                 return false;
                               }
                               Improve(fits, event->subject, value.empty() ? plain : accented);
                               return true;
                             });
    return scanned.ok() ? wrong : scanned;
  }

  // Everybody who fits, best first, from where the last page ended.
  std::vector<Candidate> Candidates() const {
    std::map<SubjectNumber, uint32_t> fitting;
    for (const Fits& fits : fits_) {
      for (const auto& [subject, fit] : fits) ++fitting[subject];
    }
    std::vector<Candidate> candidates;
    for (const auto& [subject, words] : fitting) {
      if (const auto score = Score(subject); score && IsAfterLastPage({*score, subject})) {
        candidates.push_back({*score, subject});
      }
    }
    std::ranges::sort(candidates, Before);
    return candidates;
  }

  std::optional<NameScore> Score(SubjectNumber subject) const {
    size_t missing = 0;
    size_t whole_words = 0;
    uint32_t sum = 0;
    NameFit worst = NameFit::kExact;
    for (size_t i = 0; i < fits_.size(); ++i) {
      const auto found = fits_[i].find(subject);
      const bool letter = name_.words[i].folded.size() == 1;
      const NameFit fit = found == fits_[i].end() ? NameFit::kMissing : found->second;
      if (fit == NameFit::kMissing && !letter) ++missing;
      if (fit != NameFit::kMissing && !letter) ++whole_words;
      sum += static_cast<uint32_t>(fit);
      worst = std::min(worst, fit);
    }
    const size_t may_miss = fits_.size() >= kWordsOfWhichOneMayMiss ? 1 : 0;
    if (missing > may_miss || whole_words == 0) return std::nullopt;
    return ScoreOf(worst, wholes_.contains(subject), sum);
  }

  bool IsAfterLastPage(const Candidate& candidate) const {
    if (!query_.after) return true;
    return Before({query_.after->score, query_.after->subject}, candidate);
  }

  absl::StatusOr<NameAnswer> Page(const std::vector<Candidate>& candidates) const {
    NameAnswer answer;
    uint32_t given = query_.after ? query_.after->given : 0;
    const size_t page = std::clamp<size_t>(query_.page_size, 1, limits_.page);
    for (const Candidate& candidate : candidates) {
      const auto lives = LivesInTown(candidate.subject);
      if (!lives.ok()) return lives.status();
      if (!*lives) continue;
      if (given >= limits_.answers) {
        answer.capped = true;
        return answer;
      }
      if (answer.hits.size() == page) {
        const NameHit& last = answer.hits.back();
        answer.next = NamePosition{log_size_, last.score, last.subject, given};
        return answer;
      }
      auto hit = ReadHit(candidate);
      if (!hit.ok()) return hit.status();
      answer.hits.push_back(*std::move(hit));
      ++given;
    }
    answer.capped = incomplete_;
    return answer;
  }

  absl::StatusOr<bool> LivesInTown(SubjectNumber subject) const {
    for (const NameWord& word : town_.words) {
      bool found = false;
      const std::string prefix =
          PostingsPrefix(NameToken(secret_, NameTokenKind::kTown, word.folded)) +
          SubjectPrefix(subject);
      const absl::Status scanned = snapshot_.ScanPrefix(
          Family::kNames, prefix, [this, &found](std::string_view key, std::string_view) {
            const auto event = ParsePostingKey(key);
            found = event.ok() && event->index.value < log_size_;
            return !found;
          });
      if (!scanned.ok()) return scanned;
      if (!found) return false;
    }
    return true;
  }

  absl::StatusOr<NameHit> ReadHit(const Candidate& candidate) const {
    NameHit hit{candidate.subject, candidate.score, {}, ""};
    absl::Status wrong;
    const absl::Status scanned =
        snapshot_.ScanPrefix(Family::kNames, DocumentsPrefix(candidate.subject),
                             [&](std::string_view key, std::string_view value) {
                               const auto event = ParseDocumentKey(key);
                               const auto document = ParseNameDocument(value);
                               wrong = event.ok() ? document.status() : event.status();
                               if (!wrong.ok()) return false;
                               if (event->index.value >= log_size_) return true;
                               if (!document->name.empty())
                                 hit.names.insert(hit.names.begin(), document->name);
                               if (!document->town.empty()) hit.town = document->town;
                               return true;
                             });
    if (!scanned.ok()) return scanned;
    if (!wrong.ok()) return wrong;
    return hit;
  }

  const IndexSecret& secret_;
  const Snapshot& snapshot_;
  const NameQuery& query_;
  const NameSearchLimits& limits_;
  uint64_t log_size_ = 0;
  FoldedName name_;
  FoldedName town_;
  std::vector<Fits> fits_;  // for each word typed
  Fits wholes_;             // who has exactly the name typed
  size_t postings_ = 0;
  bool incomplete_ = false;
};

}  // namespace

std::string NamePosition::Encode() const {
  std::string bytes;
  merkle::AppendU64(bytes, log_size);
  merkle::AppendU64(bytes, uint64_t{score.value} << 32 | given);
  merkle::AppendU64(bytes, subject.value);
  return bytes;
}

absl::StatusOr<NamePosition> NamePosition::Parse(std::string_view bytes) {
  if (bytes.size() != kPositionBytes) {
    return Malformed("page_token", "this is not the token of a page");
  }
  const uint64_t score_and_given = merkle::ReadU64(bytes.substr(8));
  NamePosition position;
  position.log_size = merkle::ReadU64(bytes);
  position.score = {static_cast<uint32_t>(score_and_given >> 32)};
  position.given = static_cast<uint32_t>(score_and_given);
  position.subject = {merkle::ReadU64(bytes.substr(16))};
  return position;
}

absl::StatusOr<NameAnswer> SearchNames(const NameIndex& index, const Snapshot& snapshot,
                                       const NameQuery& query, const NameSearchLimits& limits) {
  const auto log_size = index.LogSize(snapshot);
  if (!log_size.ok()) return log_size.status();
  return Search(index, snapshot, query, limits).Run(*log_size);
}

}  // namespace bonafide::storage
