#include "storage/history/history_page.h"

#include "certs/reason.h"
#include "merkle/big_endian.h"
#include "storage/database/byte_reader.h"

namespace bonafide::storage {
namespace {

constexpr uint8_t kEntryItem = 1;
constexpr uint8_t kAnnexItem = 2;
constexpr size_t kAnnexHeaderBytes = Digest::kSizeBytes + 2;

absl::Status Malformed() {
  return Damaged("data_damaged", "a page of a subject's history is malformed");
}

void AppendInteger(std::string& out, uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out += static_cast<char>(value >> shift & 0xff);
  }
}

bool ParseAnnex(std::string_view bytes, AnnexView& annex) {
  ByteReader in(bytes);
  annex.root = in.Bytes(Digest::kSizeBytes);
  annex.references = in.Bytes(size_t{8} * in.U16());
  annex.disclosures = in.Rest();
  return in.ok();
}

}  // namespace

Annex Copied(const AnnexView& view) {
  Annex annex;
  annex.root = *Digest::FromBytes(view.root);
  for (size_t at = 0; at < view.references.size(); at += 8) {
    annex.references.push_back({merkle::ReadU64(view.references.substr(at))});
  }
  annex.disclosures = view.disclosures;
  return annex;
}

std::string EntryItem(std::string_view entry) {
  std::string item;
  item.reserve(3 + entry.size());
  item += static_cast<char>(kEntryItem);
  AppendInteger(item, entry.size(), 2);
  return item += entry;
}

std::string AnnexItem(const Annex& annex) {
  const size_t size = kAnnexHeaderBytes + 8 * annex.references.size() + annex.disclosures.size();
  std::string item;
  item.reserve(5 + size);
  item += static_cast<char>(kAnnexItem);
  AppendInteger(item, size, 4);
  item += annex.root.view();
  AppendInteger(item, annex.references.size(), 2);
  for (SubjectNumber reference : annex.references) merkle::AppendU64(item, reference.value);
  return item += annex.disclosures;
}

bool PageView::Take(std::string_view row) {
  for (size_t at = 0; at < row.size();) {
    ByteReader in(row.substr(at + 1));
    if (row[at] == kEntryItem && size_ < kEntriesPerPage) {
      const size_t size = 2 + size_t{in.U16()};
      if (!in.ok() || size > row.size() - at - 1) return false;
      frames_[size_++] = row.substr(at + 1, size);
      at += 1 + size;
    } else if (row[at] == kAnnexItem && annex_count_ < kEntriesPerPage) {
      const std::string_view bytes = in.Bytes(in.U32());
      if (!in.ok() || !ParseAnnex(bytes, annexes_[annex_count_++])) return false;
      at += 5 + bytes.size();
    } else {
      return false;
    }
  }
  return true;
}

absl::StatusOr<PageView> PageView::ParseEntries(std::string_view row) {
  absl::StatusOr<PageView> page = PageView();
  if (!page->Take(row) || page->size_ == 0) return Malformed();
  return page;
}

absl::StatusOr<PageView> PageView::Parse(std::string_view row) {
  absl::StatusOr<PageView> page = PageView();
  if (!page->Take(row) || page->size_ == 0 || page->size_ != page->annex_count_) return Malformed();
  return page;
}

std::string RowOf(const PageView& page, const std::vector<Annex>& annexes) {
  std::string row;
  for (size_t i = 0; i < page.size(); ++i) {
    row += AnnexItem(annexes[i]);
    row += EntryItem(page.entry(i));
  }
  return row;
}

}  // namespace bonafide::storage
