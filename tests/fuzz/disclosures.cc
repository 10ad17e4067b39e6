// Disclosures, one a line, as JSON: against the slots of an event, whose digests are those of the
// lines in the order that the first byte says.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "certs/base64.h"
#include "registry/event_schema.h"
#include "tests/certs/fuzz.h"
#include "tests/fuzz/require.h"

namespace bonafide::registry {
namespace {

constexpr std::array<const char*, 10> kSlots = {
    "name",          "town",   "photo",         "birth_date",    "certificate_number",
    "name_on_paper", "papers", "public_papers", "policy_number", "text"};

Event EventWith(const std::vector<Digest>& digests, uint8_t shuffle) {
  Event event{.id = {},
              .key = certs::KeyId::Parse(std::string(43, 'A')).value(),
              .issuer = {},
              .vct = {},
              .jti = {},
              .issued_at_s = 0,
              .subject = {},
              .anchor = {},
              .slots = {},
              .body = PractitionerRegistered()};
  for (size_t i = 0; i < digests.size() && i < kSlots.size(); ++i) {
    event.slots.push_back({kSlots[(i + shuffle) % kSlots.size()], digests[i]});
  }
  if (shuffle & 1) std::reverse(event.slots.begin(), event.slots.end());
  return event;
}

void Fuzz(std::string_view bytes) {
  if (bytes.empty()) return;
  const auto shuffle = static_cast<uint8_t>(bytes[0]);
  std::vector<certs::Disclosure> disclosures;
  std::vector<Digest> digests;
  for (std::string_view rest = bytes.substr(1); !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const std::string encoded = certs::Base64UrlEncode(line);
    digests.push_back(certs::DisclosureDigest(encoded));
    auto disclosure = certs::ParseDisclosure(encoded);
    if (Accepted(disclosure.status())) disclosures.push_back(*std::move(disclosure));
  }
  const Event event = EventWith(digests, shuffle);
  const auto opened = OpenSlots(event, disclosures, /*all_required=*/false);
  const auto whole = OpenSlots(event, disclosures, /*all_required=*/true);
  Accepted(whole.status());
  if (!Accepted(opened.status())) return Require(!whole.ok(), "all slots are some slots");
  Require(opened->size() == disclosures.size(), "every disclosure opens a slot");
  Require(whole.ok() == (opened->size() == event.slots.size()), "all slots are needed");
  size_t next = 0;
  for (const OpenedSlot& slot : *opened) {
    while (next < event.slots.size() && event.slots[next].name != slot.name) ++next;
    Require(next < event.slots.size(), "slots are opened in their order");
  }
}

}  // namespace
}  // namespace bonafide::registry

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes = bonafide::View(data, size);
  bonafide::certs::FuzzSdJwt(bytes);
  bonafide::registry::Fuzz(bytes);
  return 0;
}
