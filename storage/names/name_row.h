// Keys and values of the family kNames. Internal to this room. Integers are big-endian.
//
//   'h'                                   NameIndexHeader
//   'd' subject:u64 index:u64             NameDocument: what one event says of a person
//   'p' token:8 subject:u64 index:u64     accented:u8: that event has that token
//   'w' token:8                           the word of a token: the vocabulary
//   'v' spelling:8 token:8                index:u64 word: the word may be looked for under that
//                                         spelling; index is that of the event that brought it
//
// Tokens and spellings are the first 8 bytes of an HMAC (storage/database/index_secret.h), so no
// key holds a letter of a name: the database copies keys into files that a compaction does not
// rewrite.
#ifndef BONAFIDE_STORAGE_NAMES_NAME_ROW_H_
#define BONAFIDE_STORAGE_NAMES_NAME_ROW_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database/index_secret.h"
#include "storage/history/logged_at.h"

namespace bonafide::storage {

inline constexpr size_t kNameTokenBytes = 8;

// What a token is the HMAC of, beside its text.
enum class NameTokenKind : char {
  kWord = 'w',      // a folded word of a name, or two joined
  kAccented = 'a',  // a word with its accents, where it has any
  kWhole = 'x',     // the whole folded name
  kTown = 't',      // a folded word of a town
  kSpelling = '~',  // a word with letters deleted (storage/names/name_distance.h)
  kPrefix = '^',    // the beginning of a word
};
// 8 bytes.
std::string NameToken(const IndexSecret& secret, NameTokenKind kind, std::string_view text);

struct NameIndexHeader {
  std::string secret_check;  // 8 bytes that depend on the secret
  uint64_t log_size = 0;     // every event below it is in the index
  std::string folding;       // FoldingVersion
};
inline constexpr std::string_view kNameHeaderKey = "h";
std::string EncodeNameHeader(const NameIndexHeader& header);
absl::StatusOr<NameIndexHeader> ParseNameHeader(std::string_view value);

struct NameDocument {
  std::string name;                 // "" where the event gives none
  std::string town;                 // likewise
  std::vector<std::string> tokens;  // all under which it is filed
};
std::string EncodeNameDocument(const NameDocument& document);
absl::StatusOr<NameDocument> ParseNameDocument(std::string_view value);

inline constexpr std::string_view kDocumentPrefix = "d";
std::string DocumentKey(LoggedAt event);
std::string DocumentsPrefix(SubjectNumber subject);
absl::StatusOr<LoggedAt> ParseDocumentKey(std::string_view key);

std::string PostingsPrefix(std::string_view token);
std::string PostingKey(std::string_view token, LoggedAt event);
// Precondition: `key` begins with PostingsPrefix of some token.
absl::StatusOr<LoggedAt> ParsePostingKey(std::string_view key);

std::string WordKey(std::string_view token);

struct SpelledWord {
  LogIndex index;
  std::string word;
};
std::string SpellingsPrefix(std::string_view spelling);
std::string SpellingKey(std::string_view spelling, std::string_view token);
std::string EncodeSpelledWord(const SpelledWord& spelled);
absl::StatusOr<SpelledWord> ParseSpelledWord(std::string_view value);

// All spellings and prefixes under which `word` is filed, as tokens. Prefixes have
// kLeastPrefixLetters to kMostPrefixLetters letters and are shorter than the word.
inline constexpr size_t kLeastPrefixLetters = 3;
inline constexpr size_t kMostPrefixLetters = 7;
std::vector<std::string> SpellingsOf(const IndexSecret& secret, std::string_view word);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_NAMES_NAME_ROW_H_
