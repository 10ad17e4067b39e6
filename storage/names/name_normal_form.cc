#include "storage/names/name_normal_form.h"

#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include <algorithm>
#include <cstdint>
#include <limits>

#include "certs/utf8.h"

namespace bonafide::storage {

bool IsNfc(std::string_view text) {
  const bool ascii =
      std::ranges::all_of(text, [](char c) { return static_cast<uint8_t>(c) < 128; });
  if (ascii) return true;
  // ICU takes what is not UTF-8 for replacement characters, and counts in 32 bits.
  if (text.size() > std::numeric_limits<int32_t>::max() || !certs::IsUtf8(text)) return false;
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) return false;
  const bool normal = nfc->isNormalizedUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), error);
  return U_SUCCESS(error) && normal;
}

}  // namespace bonafide::storage
