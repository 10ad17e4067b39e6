#include "storage/names/name_distance.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <set>

namespace bonafide::storage {
namespace {

constexpr size_t kOneErrorLetters = 3;
constexpr size_t kTwoErrorLetters = 7;
constexpr size_t kVariantLetters = 7;

void AddVariants(const std::string& word, int deletions, std::set<std::string>& variants) {
  if (!variants.insert(word).second && deletions == 0) return;
  if (deletions == 0) return;
  for (size_t i = 0; i < word.size(); ++i) {
    std::string shorter = word;
    shorter.erase(i, 1);
    AddVariants(shorter, deletions - 1, variants);
  }
}

}  // namespace

int AllowedDistance(std::string_view a, std::string_view b) {
  const size_t letters = std::min(a.size(), b.size());
  if (letters < kOneErrorLetters) return 0;
  return letters < kTwoErrorLetters ? 1 : 2;
}

int WordDistance(std::string_view a, std::string_view b, int limit) {
  const int rows = static_cast<int>(a.size());
  const int columns = static_cast<int>(b.size());
  if (std::abs(rows - columns) > limit) return limit + 1;
  const size_t width = b.size() + 1;
  std::vector<int> before_last(width);
  std::vector<int> last(width);
  std::vector<int> row(width);
  for (size_t j = 0; j < width; ++j) last[j] = static_cast<int>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i);
    for (size_t j = 1; j < width; ++j) {
      const int change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return std::min(last.back(), limit + 1);
}

std::vector<std::string> DeletionVariants(std::string_view word) {
  std::set<std::string> variants;
  AddVariants(std::string(word.substr(0, kVariantLetters)), AllowedDistance(word, word), variants);
  return {variants.begin(), variants.end()};
}

}  // namespace bonafide::storage
