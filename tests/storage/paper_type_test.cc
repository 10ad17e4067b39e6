#include "storage/papers/paper_type.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "certs/reason.h"

namespace bonafide::storage {
namespace {

using std::string_view_literals::operator""sv;

TEST(PaperTypeTest, IsToldByTheFirstBytes) {
  EXPECT_EQ(*SniffPaperType("%PDF-1.7\n"), PaperType::kPdf);
  EXPECT_EQ(*SniffPaperType("\x89PNG\r\n\x1a\n"sv), PaperType::kPng);
  EXPECT_EQ(*SniffPaperType("\xff\xd8\xff\xe0\0\x10JF"sv), PaperType::kJpeg);
  EXPECT_EQ(*SniffPaperType("\xff\xd8\xff\xe1"sv), PaperType::kJpeg);
}

TEST(PaperTypeTest, RefusesEverythingElse) {
  for (std::string_view head : {
           ""sv,
           "%PDF"sv,
           "%pdf-1.7"sv,
           " %PDF-1.7"sv,           // bytes before the header
           "\xef\xbb\xbf%PDF-1"sv,  // a byte order mark
           "\x89PNG\n\x1a\n\0"sv,   // mangled by a line-ending conversion
           "\x89PNG\r\n\x1a"sv,     // one byte short
           "\xff\xd8"sv,            // no marker after SOI
           "GIF89a\0\0"sv,
           "PK\x03\x04\0\0\0\0"sv,  // an office document or archive
           "<?xml ve"sv,
           "MZ\x90\0\x03\0\0\0"sv,
       }) {
    EXPECT_EQ(ReasonOf(SniffPaperType(head).status()), "paper_type") << head;
  }
}

TEST(PaperTypeTest, HasExactlyOneMediaType) {
  for (PaperType type : {PaperType::kPdf, PaperType::kPng, PaperType::kJpeg}) {
    EXPECT_EQ(*ParseMediaType(MediaType(type)), type);
    EXPECT_EQ(PaperTypeOfNumber(static_cast<uint8_t>(type)), type);
  }
  for (std::string_view text : {"", "image/jpg", "IMAGE/PNG", "application/pdf ", "image/*"}) {
    EXPECT_EQ(ReasonOf(ParseMediaType(text).status()), "paper_type") << text;
  }
  EXPECT_EQ(PaperTypeOfNumber(0), std::nullopt);
  EXPECT_EQ(PaperTypeOfNumber(4), std::nullopt);
}

}  // namespace
}  // namespace bonafide::storage
