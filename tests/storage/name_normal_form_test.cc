#include "storage/names/name_normal_form.h"

#include <gtest/gtest.h>

namespace bonafide::storage {
namespace {

TEST(NameNormalFormTest, AcceptsComposedText) {
  for (const char* text :
       {"", "Anna Example", "Zo\u00eb", "\u0141ukasz", "\u041e\u043b\u044c\u0433\u0430",
        "\u5c71\u7530", "x\u0323"}) {  // x with dot below has no composed form
    EXPECT_TRUE(IsNfc(text)) << text;
  }
}

TEST(NameNormalFormTest, RefusesEveryOtherForm) {
  for (const char* text : {
           "Zoe\u0308",      // decomposed
           "\u212bsa",       // the Angstrom sign, which NFC writes as a letter
           "e\u0301\u0323",  // marks out of canonical order
           "\u1100\u1161",   // Hangul as separate letters
           "\xc3",           // cut off
           "\xed\xa0\x80",   // a surrogate
           "Zo\xeb",         // Latin-1
       }) {
    EXPECT_FALSE(IsNfc(text)) << text;
  }
}

}  // namespace
}  // namespace bonafide::storage
