#include "storage/history/subject_head.h"

#include <algorithm>

#include "certs/reason.h"
#include "merkle/big_endian.h"
#include "merkle/state_tree.h"
#include "storage/database/byte_reader.h"

namespace bonafide::storage {
namespace {

void AppendU32(std::string& out, size_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
}

}  // namespace

void SubjectHead::Refer(const std::vector<SubjectNumber>& numbers) {
  for (SubjectNumber number : numbers) {
    const auto at = std::ranges::lower_bound(references, number);
    if (at == references.end() || *at != number) references.insert(at, number);
  }
}

std::string EncodeSubjectHead(const SubjectHead& head) {
  std::string bytes(1, static_cast<char>(head.kind));
  merkle::AppendU64(bytes, head.created_by.value);
  bytes += head.anchor.digest.view();
  merkle::AppendU64(bytes, head.log_size.value);
  merkle::AppendU64(bytes, head.stored_bytes);
  AppendU32(bytes, head.disclosure_rows);
  AppendU32(bytes, head.references.size());
  for (SubjectNumber number : head.references) merkle::AppendU64(bytes, number.value);
  return bytes += head.frontier.Serialise();
}

absl::StatusOr<SubjectHead> ParseSubjectHead(std::string_view bytes) {
  ByteReader in(bytes);
  SubjectHead head;
  const uint8_t kind = in.U8();
  head.kind = static_cast<registry::SubjectKind>(kind);
  head.created_by = {in.U64()};
  const auto anchor = Digest::FromBytes(in.Bytes(Digest::kSizeBytes));
  head.log_size = {in.U64()};
  head.stored_bytes = in.U64();
  head.disclosure_rows = in.U32();
  const uint32_t count = in.U32();
  if (count <= bytes.size() / 8) {
    head.references.reserve(count);
    for (uint32_t i = 0; i < count; ++i) head.references.push_back({in.U64()});
  } else {
    in.Bytes(bytes.size() + 1);
  }
  auto frontier = merkle::Frontier::Parse(in.Rest());
  const bool right = in.ok() && anchor.ok() && frontier.ok() && frontier->size().value > 0 &&
                     kind <= static_cast<uint8_t>(registry::SubjectKind::kUnknown) &&
                     std::ranges::is_sorted(head.references) &&
                     std::ranges::adjacent_find(head.references) == head.references.end();
  if (!right) return Damaged("data_damaged", "the head of a subject is malformed");
  head.anchor = {*anchor};
  head.frontier = *std::move(frontier);
  return head;
}

Digest StateLeafOf(SubjectNumber subject, const SubjectHead& head) {
  return merkle::StateLeafHash(subject, head.entries(), head.frontier.root());
}

}  // namespace bonafide::storage
