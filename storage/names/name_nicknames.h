// English nicknames, so that a search for Bob finds Robert.
#ifndef BONAFIDE_STORAGE_NAMES_NAME_NICKNAMES_H_
#define BONAFIDE_STORAGE_NAMES_NAME_NICKNAMES_H_

#include <string_view>
#include <vector>

namespace bonafide::storage {

// Other names that a bearer of the given name `folded` (as FoldName writes it) often goes by, and
// the full names it is short for: distinct, without `folded` itself, in no promised order. Empty
// for most names. Thread-safe; the views live for ever.
std::vector<std::string_view> NicknamesOf(std::string_view folded);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_NAMES_NAME_NICKNAMES_H_
