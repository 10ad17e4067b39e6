#include "storage/papers/paper_type.h"

#include <array>

#include "certs/reason.h"

namespace bonafide::storage {
namespace {

constexpr std::array<PaperType, 3> kTypes = {PaperType::kPdf, PaperType::kPng, PaperType::kJpeg};

std::string_view Magic(PaperType type) {
  switch (type) {
    case PaperType::kPdf:
      return "%PDF-";
    case PaperType::kPng:
      return "\x89PNG\r\n\x1a\n";
    case PaperType::kJpeg:
      return "\xff\xd8\xff";
  }
  return {};
}

}  // namespace

std::string_view MediaType(PaperType type) {
  switch (type) {
    case PaperType::kPdf:
      return "application/pdf";
    case PaperType::kPng:
      return "image/png";
    case PaperType::kJpeg:
      return "image/jpeg";
  }
  return {};
}

absl::StatusOr<PaperType> ParseMediaType(std::string_view media_type) {
  for (PaperType type : kTypes) {
    if (media_type == MediaType(type)) return type;
  }
  return Malformed("paper_type", "a paper is application/pdf, image/png or image/jpeg");
}

absl::StatusOr<PaperType> SniffPaperType(std::string_view head) {
  for (PaperType type : kTypes) {
    if (head.starts_with(Magic(type))) return type;
  }
  return Malformed("paper_type",
                   "the file does not begin as a PDF, PNG or JPEG does; export it as one of them");
}

std::optional<PaperType> PaperTypeOfNumber(uint8_t number) {
  for (PaperType type : kTypes) {
    if (static_cast<uint8_t>(type) == number) return type;
  }
  return std::nullopt;
}

}  // namespace bonafide::storage
