// Search by name: forgiving about accents, nicknames and typing errors, and mean about quantity.
#ifndef BONAFIDE_STORAGE_NAMES_NAME_SEARCH_H_
#define BONAFIDE_STORAGE_NAMES_NAME_SEARCH_H_

#include <absl/status/statusor.h>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database/database.h"
#include "storage/names/name_index.h"

namespace bonafide::storage {

// How well one word typed fits one word of a name, best last.
enum class NameFit : uint8_t {
  kMissing = 1,
  kTwoErrors = 2,
  kOneError = 3,
  kNickname = 4,
  kPrefix = 5,
  kFolded = 6,  // but for its accents
  kExact = 7,
};

// The order of answers: by the word that fits worst; then whole names before names with more
// words; then the sum over the words. It depends on the person's names and the query alone, so it
// does not change when others are added.
struct NameScore {
  uint32_t value = 0;
  auto operator<=>(const NameScore&) const = default;
};

// Where a page ended. A caller hands it out as a token and takes it back: it must be authenticated
// together with the query and the town.
struct NamePosition {
  uint64_t log_size = 0;  // later events are not looked at: all pages see the same names
  NameScore score;
  SubjectNumber subject;
  uint32_t given = 0;  // answers on all pages so far

  std::string Encode() const;  // 24 bytes
  // Error: "page_token" (kInvalidArgument).
  static absl::StatusOr<NamePosition> Parse(std::string_view bytes);
  bool operator==(const NamePosition&) const = default;
};

struct NameQuery {
  std::string name;
  std::optional<std::string> town;    // all its words must be words of a town of the person
  std::optional<NamePosition> after;  // the next page of an earlier answer
  size_t page_size = 20;              // cut to NameSearchLimits::page
};

struct NameSearchLimits {
  size_t page = 50;
  // Answers to one query on all its pages; whoever wants more must ask more precisely.
  uint32_t answers = 100;
  size_t query_bytes = 200;
  size_t query_words = 8;
  // Letters a query must have in all.
  size_t letters = 2;
  // Words of the vocabulary looked at for each word typed, and events for the whole query: the
  // bound on the work of one search.
  size_t vocabulary_words = 256;
  size_t postings = 200'000;
};

struct NameHit {
  SubjectNumber subject;
  NameScore score;
  std::vector<std::string> names;  // held, the newest first
  std::string town;                // the newest given; "" where none is
};

struct NameAnswer {
  std::vector<NameHit> hits;
  std::optional<NamePosition> next;  // none after the last page
  // More people fit than may be listed: ask more precisely.
  bool capped = false;
};

// Answers from one moment of the store. Every word must fit a word of one of the person's names,
// in any order; of three or more words one may be missing, and single letters may. Prefixes count
// from three letters on. Errors: "search_too_short", "search_too_long", "text_utf8"
// (kInvalidArgument), "name_index_stale" (kUnavailable), and those of storage/database/database.h.
// Messages do not repeat the query. Thread-safe.
absl::StatusOr<NameAnswer> SearchNames(const NameIndex& index, const Snapshot& snapshot,
                                       const NameQuery& query, const NameSearchLimits& limits = {});

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_NAMES_NAME_SEARCH_H_
