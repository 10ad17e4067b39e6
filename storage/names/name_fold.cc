#include "storage/names/name_fold.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uversion.h>

#include <cctype>
#include <cstdint>
#include <memory>
#include <optional>

#include "certs/reason.h"
#include "certs/utf8.h"

namespace bonafide::storage {
namespace {

// A word of at most this many letters is often written as one with the next: O, Mc, Mac, van, de.
constexpr size_t kShortWordLetters = 3;

absl::Status IcuFailed() {
  return Refusal(absl::StatusCode::kInternal, "icu",
                 "ICU could not load its data; is libicu installed completely?");
}

const icu::Transliterator* LatinAscii() {
  // A transliterator keeps state while it runs, so each thread has its own.
  thread_local const std::unique_ptr<icu::Transliterator> instance = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, error));
    if (U_FAILURE(error)) made.reset();
    return made;
  }();
  return instance.get();
}

std::optional<icu::UnicodeString> CaseFold(const icu::UnicodeString& text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(error);
  if (U_FAILURE(error)) return std::nullopt;
  icu::UnicodeString folded = fold->normalize(text, error);
  if (U_FAILURE(error)) return std::nullopt;
  return folded;
}

// `letters` in Latin letters without accents, case folded.
std::optional<icu::UnicodeString> ToLatin(icu::UnicodeString letters) {
  const icu::Transliterator* latin = LatinAscii();
  if (latin == nullptr) return std::nullopt;
  latin->transliterate(letters);
  // A script without case gives letters that may have one.
  return CaseFold(letters);
}

bool IsAscii(const icu::UnicodeString& text) {
  for (int32_t at = 0; at < text.length(); ++at) {
    if (text[at] >= 128) return false;
  }
  return true;
}

bool IsApostrophe(UChar32 c) {
  return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0x02B9 || c == '`' ||
         c == 0x00B4;
}

bool IsHyphen(UChar32 c) { return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }

// What stands between two words: only apostrophes and hyphens, or anything else.
enum class Gap { kSpace, kJoined };

// A run of letters, marks and digits in `text`, case folded but not yet Latin.
struct Run {
  icu::UnicodeString letters;
  Gap before = Gap::kSpace;
};

std::vector<Run> SplitRuns(const icu::UnicodeString& text) {
  std::vector<Run> runs;
  Gap gap = Gap::kSpace;
  bool inside = false;
  for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const UChar32 c = text.char32At(at);
    const bool letter = u_isalnum(c) || (inside && (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0);
    if (letter) {
      if (!inside) runs.push_back({{}, gap});
      runs.back().letters.append(c);
    } else if (inside) {
      gap = IsApostrophe(c) || IsHyphen(c) ? Gap::kJoined : Gap::kSpace;
    } else if (!IsApostrophe(c) && !IsHyphen(c)) {
      gap = Gap::kSpace;
    }
    inside = letter;
  }
  return runs;
}

// Keeps a-z and 0-9 of what transliteration gave.
std::string AsciiOf(const icu::UnicodeString& text) {
  std::string ascii;
  for (int32_t at = 0; at < text.length(); ++at) {
    const char16_t c = text[at];
    if (c < 128 && std::isalnum(static_cast<int>(c))) {
      ascii += static_cast<char>(std::tolower(static_cast<int>(c)));
    }
  }
  return ascii;
}

}  // namespace

std::string FoldedName::Whole() const {
  std::string whole;
  for (const NameWord& word : words) {
    if (!whole.empty()) whole += ' ';
    whole += word.folded;
  }
  return whole;
}

absl::StatusOr<FoldedName> FoldName(std::string_view text) {
  if (!certs::IsUtf8(text)) return Malformed("text_utf8", "the text is not UTF-8");
  const auto folded = CaseFold(icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))));
  if (!folded) return IcuFailed();

  FoldedName name;
  for (const Run& run : SplitRuns(*folded)) {
    NameWord word;
    if (IsAscii(run.letters)) {
      word.folded = AsciiOf(run.letters);  // transliteration is dear and would change nothing
    } else {
      const auto latin = ToLatin(run.letters);
      if (!latin) return IcuFailed();
      word.folded = AsciiOf(*latin);
    }
    if (word.folded.empty()) continue;
    run.letters.toUTF8String(word.accented);
    if (!name.words.empty()) {
      NameWord& last = name.words.back();
      if (run.before == Gap::kJoined || last.folded.size() <= kShortWordLetters) {
        last.joined = last.folded + word.folded;
      }
    }
    name.words.push_back(std::move(word));
  }
  return name;
}

std::string FoldingVersion() {
  // Asked of the library that runs, which need not be the one this was built with.
  UVersionInfo version;
  char icu[U_MAX_VERSION_STRING_LENGTH];
  char unicode[U_MAX_VERSION_STRING_LENGTH];
  u_getVersion(version);
  u_versionToString(version, icu);
  u_getUnicodeVersion(version);
  u_versionToString(version, unicode);
  return std::string(icu) + "/" + unicode;
}

}  // namespace bonafide::storage
