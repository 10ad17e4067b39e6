// How many typing errors lie between two folded words.
#ifndef BONAFIDE_STORAGE_NAMES_NAME_DISTANCE_H_
#define BONAFIDE_STORAGE_NAMES_NAME_DISTANCE_H_

#include <string>
#include <string_view>
#include <vector>

namespace bonafide::storage {

// The greatest distance that counts as the same name written wrongly: 0 where the shorter word has
// fewer than 3 letters, 1 up to 6, 2 from 7 on.
int AllowedDistance(std::string_view a, std::string_view b);

// The least number of insertions, deletions, substitutions and swaps of neighbours that turns `a`
// into `b`, no letter being touched twice (optimal string alignment); limit + 1 when there are more
// than `limit`. Precondition: limit is 0, 1 or 2.
int WordDistance(std::string_view a, std::string_view b, int limit);

// The spellings under which `word` is filed, and under which a wrongly typed word looks: `word` cut
// to its first 7 letters, and that with up to AllowedDistance(word, word) letters deleted, each
// once. Two words within their allowed distance always have one in common: a change within the cut
// is undone by deleting a letter on each side (Garbe's symmetric delete).
std::vector<std::string> DeletionVariants(std::string_view word);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_NAMES_NAME_DISTANCE_H_
