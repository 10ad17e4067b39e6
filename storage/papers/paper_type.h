// The three kinds of file a paper may be, told by their first bytes and never by their name.
#ifndef BONAFIDE_STORAGE_PAPERS_PAPER_TYPE_H_
#define BONAFIDE_STORAGE_PAPERS_PAPER_TYPE_H_

#include <absl/status/statusor.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bonafide::storage {

// The numbers are stored; none is ever given another meaning.
enum class PaperType : uint8_t { kPdf = 1, kPng = 2, kJpeg = 3 };

// "application/pdf", "image/png", "image/jpeg", as in the `type` of a paper (docs/protocol.md,
// section 2).
std::string_view MediaType(PaperType type);
// Error: reason "paper_type" for anything but exactly one of those three.
absl::StatusOr<PaperType> ParseMediaType(std::string_view media_type);

// How many bytes SniffPaperType needs at most.
inline constexpr size_t kPaperMagicBytes = 8;

// The type of a file that begins with `head` (kPaperMagicBytes of it, or all where it is shorter):
// PDF by "%PDF-" (ISO 32000-1, 7.5.2), PNG by its signature of eight bytes (PNG, 5.2), JPEG by SOI
// and the start of the next marker (ITU T.81, annex B). A PDF with bytes before its header, which
// lenient readers accept, is none: such files are several formats at once. Error: reason
// "paper_type".
absl::StatusOr<PaperType> SniffPaperType(std::string_view head);

// What was stored as a number. Nothing for a number that stands for no type.
std::optional<PaperType> PaperTypeOfNumber(uint8_t number);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_PAPERS_PAPER_TYPE_H_
