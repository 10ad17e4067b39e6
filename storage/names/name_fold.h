// Names folded for search: case, accents and scripts taken away, and cut into words.
//
// Folding is by ICU (NFKC_Casefold, then Any-Latin and Latin-ASCII) and changes with its version.
// So folded text lives only in the local index of names, which can be rebuilt, and never in
// anything that is hashed or sent.
#ifndef BONAFIDE_STORAGE_NAMES_NAME_FOLD_H_
#define BONAFIDE_STORAGE_NAMES_NAME_FOLD_H_

#include <absl/status/statusor.h>

#include <string>
#include <string_view>
#include <vector>

namespace bonafide::storage {

// One word of a name.
struct NameWord {
  std::string folded;  // a-z and 0-9 only, never empty
  // The word with its accents, case folded (NFKC_Casefold); equal to `folded` for plain English.
  std::string accented;
  // What this word and the next make when written together, where people do that: at a hyphen or
  // an apostrophe, and after a short word ("O'Brien", "Anne-Marie", "de Souza", "Mac Example").
  // Empty otherwise.
  std::string joined;
};

struct FoldedName {
  std::vector<NameWord> words;
  // All words with a space between.
  std::string Whole() const;
};

// Folds `text`, which may be a name, a town or what somebody typed. No words where `text` has no
// letter or digit. Error: reason "text_utf8". Thread-safe; the first call on a thread is slow (it
// builds the transliterators).
absl::StatusOr<FoldedName> FoldName(std::string_view text);

// Which ICU folded: "72.1/15.0" for ICU 72.1 with Unicode 15.0.
std::string FoldingVersion();

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_NAMES_NAME_FOLD_H_
