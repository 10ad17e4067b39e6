#include "storage/stored_disclosures.h"

#include "certs/reason.h"
#include "merkle/big_endian.h"
#include "storage/byte_reader.h"

namespace bonafide::storage {
namespace {

constexpr uint8_t kIssuerGiven = 1;

absl::Status Malformed() {
  return Damaged("data_damaged", "the stored disclosures of an event are malformed");
}

// Reads one row: fills in the parties, then gives each disclosure to `visit(slot, text)`.
template <typename Visit>
absl::Status Walk(std::string_view bytes, Parties& parties, Visit visit) {
  ByteReader in(bytes);
  const uint8_t flags = in.U8();
  parties.signer = {in.U64()};
  if (flags == kIssuerGiven) parties.issuer = SubjectNumber{in.U64()};
  if (!in.ok() || flags > kIssuerGiven) return Malformed();
  while (!in.done()) {
    const uint8_t slot = in.U8();
    const std::string_view text = in.Bytes(in.U16());
    if (!in.ok() || slot < static_cast<uint8_t>(SlotKind::kName) ||
        slot > static_cast<uint8_t>(SlotKind::kText) || text.empty()) {
      return Malformed();
    }
    visit(static_cast<SlotKind>(slot), text);
  }
  return absl::OkStatus();
}

}  // namespace

std::string EncodeDisclosures(const StoredDisclosures& row) {
  std::string bytes(1, row.issuer ? char{kIssuerGiven} : char{0});
  merkle::AppendU64(bytes, row.signer.value);
  if (row.issuer) merkle::AppendU64(bytes, row.issuer->value);
  for (const StoredDisclosure& disclosure : row.disclosures) {
    bytes += static_cast<char>(disclosure.slot);
    bytes += static_cast<char>(disclosure.encoded.size() >> 8 & 0xff);
    bytes += static_cast<char>(disclosure.encoded.size() & 0xff);
    bytes += disclosure.encoded;
  }
  return bytes;
}

absl::StatusOr<StoredDisclosures> ParseDisclosures(std::string_view bytes) {
  StoredDisclosures row;
  Parties parties;
  absl::Status status = Walk(bytes, parties, [&](SlotKind slot, std::string_view text) {
    row.disclosures.push_back({slot, std::string(text)});
  });
  if (!status.ok()) return status;
  row.signer = parties.signer;
  row.issuer = parties.issuer;
  return row;
}

absl::StatusOr<std::string> ErasedDisclosures(std::string_view bytes) {
  auto row = ParseDisclosures(bytes);
  if (!row.ok()) return row.status();
  row->disclosures.clear();
  return EncodeDisclosures(*row);
}

StoredDisclosures DisclosuresOf(const registry::Event& event,
                                const std::vector<std::string>& encoded) {
  StoredDisclosures row;
  row.signer = event.issuer;
  if (const auto* training = event.As<registry::Training>()) row.issuer = training->issuer.number;
  if (const auto* cover = event.As<registry::Insurance>()) row.issuer = cover->issuer.number;
  for (size_t i = 0; i < encoded.size(); ++i) {
    row.disclosures.push_back({*SlotNamed(event.slots[i].name), encoded[i]});
  }
  return row;
}

absl::Status AppendVisible(std::string_view row, const Audience& audience,
                           SubjectNumber registered_by, std::string& out) {
  Parties parties;
  parties.registered_by = registered_by;
  return Walk(row, parties, [&](SlotKind slot, std::string_view text) {
    if (!audience.MaySee(slot, parties)) return;
    out += text;
    out += '~';
  });
}

}  // namespace bonafide::storage
