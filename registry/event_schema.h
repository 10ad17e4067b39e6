// The closed schemas: from the claims of a token to an Event, and back for issuing
// (docs/protocol.md, sections 2 and 3).
#ifndef BONAFIDE_REGISTRY_EVENT_SCHEMA_H_
#define BONAFIDE_REGISTRY_EVENT_SCHEMA_H_

#include <absl/status/statusor.h>

#include <string>
#include <string_view>
#include <vector>

#include "certs/json.h"
#include "certs/jws.h"
#include "certs/random.h"
#include "certs/sd_jwt.h"
#include "registry/event.h"

namespace bonafide::registry {

inline constexpr size_t kMaxTokenBytes = 32768;
inline constexpr size_t kMaxDisclosures = 16;
inline constexpr size_t kMaxDisclosureBytes = 8192;
inline constexpr char kEventTyp[] = "dc+sd-jwt";

// A token as parsed, with what is needed to check its signature later. `jws` owns its bytes.
struct Token {
  certs::Jws jws;
  Event event;
};

// Parses an issuer-signed JWT (no disclosures) for the register `origin`: framing, header, common
// claims, closed schema. Does not check the signature. A well-formed unknown `vct` gives
// UnknownEvent. Errors name the claim: "token_size", "token_header", "token_typ", "claim_unknown",
// "claim_missing", "claim_type", "claim_range", "claim_conflict", "iss", "aud", "vct", "sub",
// "slot_unknown", "slot_missing", "slot_digest", and those of certs/json.h and certs/jws.h.
absl::StatusOr<Token> ParseToken(std::string_view jwt, std::string_view origin);

// Opens slots of `event` with `disclosures`: every disclosure must belong to exactly one slot,
// stand in slot order, be named "value", and hold a value of the slot's form. Slots without a
// disclosure stay closed unless `all_required`. Errors: "disclosure_unreferenced",
// "disclosure_twice", "disclosure_order", "disclosure_name", "disclosure_salt", "slot_value",
// "slot_not_disclosed".
struct OpenedSlot {
  std::string name;
  certs::Json value;
};
absl::StatusOr<std::vector<OpenedSlot>> OpenSlots(const Event& event,
                                                  const std::vector<certs::Disclosure>& disclosures,
                                                  bool all_required);

// What an issuer fills in to make a token; the inverse of ParseToken.
struct EventDraft {
  SubjectNumber issuer;
  int64_t issued_at_s = 0;
  std::optional<SubjectNumber> subject;
  std::optional<EventId> anchor;
  EventBody body;                    // not UnknownEvent
  std::vector<OpenedSlot> personal;  // slots with their values
};

struct SignedEvent {
  std::string jwt;                       // goes into the log
  std::vector<std::string> disclosures;  // encoded, in slot order
  // `<jwt>~<d>~...~`
  std::string Framed() const;
};

// Builds, salts and signs; the result has passed ParseToken and OpenSlots, so what is refused there
// is refused here with the same reasons.
absl::StatusOr<SignedEvent> SignEvent(const EventDraft& draft, std::string_view origin,
                                      const certs::Signer& signer, certs::Random& random);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_EVENT_SCHEMA_H_
