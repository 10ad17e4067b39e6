#include "storage/history/stored_disclosures.h"

#include "certs/reason.h"
#include "merkle/big_endian.h"
#include "storage/database/byte_reader.h"

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

std::string EncodeDisclosures(const StoredDisclosures& stored) {
  std::string bytes(1, stored.issuer ? char{kIssuerGiven} : char{0});
  merkle::AppendU64(bytes, stored.signer.value);
  if (stored.issuer) merkle::AppendU64(bytes, stored.issuer->value);
  for (const StoredDisclosure& disclosure : stored.disclosures) {
    bytes += static_cast<char>(disclosure.slot);
    bytes += static_cast<char>(disclosure.encoded.size() >> 8 & 0xff);
    bytes += static_cast<char>(disclosure.encoded.size() & 0xff);
    bytes += disclosure.encoded;
  }
  return bytes;
}

absl::StatusOr<StoredDisclosures> ParseDisclosures(std::string_view bytes) {
  StoredDisclosures stored;
  Parties parties;
  absl::Status status = Walk(bytes, parties, [&](SlotKind slot, std::string_view text) {
    stored.disclosures.push_back({slot, std::string(text)});
  });
  if (!status.ok()) return status;
  stored.signer = parties.signer;
  stored.issuer = parties.issuer;
  return stored;
}

absl::StatusOr<std::string> ErasedDisclosures(std::string_view bytes) {
  auto stored = ParseDisclosures(bytes);
  if (!stored.ok()) return stored.status();
  stored->disclosures.clear();
  return EncodeDisclosures(*stored);
}

StoredDisclosures DisclosuresOf(const registry::Event& event,
                                const std::vector<std::string>& encoded) {
  StoredDisclosures stored;
  stored.signer = event.issuer;
  if (const auto* training = event.As<registry::Training>())
    stored.issuer = training->issuer.number;
  if (const auto* cover = event.As<registry::Insurance>()) stored.issuer = cover->issuer.number;
  for (size_t i = 0; i < encoded.size(); ++i) {
    stored.disclosures.push_back({*SlotNamed(event.slots[i].name), encoded[i]});
  }
  return stored;
}

absl::Status AppendVisible(std::string_view stored, const Audience& audience,
                           SubjectNumber registered_by, std::string& out) {
  Parties parties;
  parties.registered_by = registered_by;
  return Walk(stored, parties, [&](SlotKind slot, std::string_view text) {
    if (!audience.MaySee(slot, parties)) return;
    out += text;
    out += '~';
  });
}

}  // namespace bonafide::storage
