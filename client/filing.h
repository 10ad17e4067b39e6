// Filing events: sign, send until the outcome is known, check the receipt.
#ifndef BONAFIDE_CLIENT_FILING_H_
#define BONAFIDE_CLIENT_FILING_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/clock.h"
#include "client/identity.h"
#include "client/memory.h"
#include "client/remote.h"
#include "client/trust.h"
#include "registry/event_schema.h"

namespace bonafide::client {

// The subject an event is about.
struct About {
  merkle::SubjectNumber number;
  registry::EventId anchor;
};

// An event that stands in the log.
struct Filed {
  registry::EventId id;
  merkle::SubjectNumber subject;  // its own; for a creation the new number
  merkle::LogIndex index;
  int64_t time_ms = 0;
};

// The objects given must outlive it.
class Filing {
 public:
  Filing(const Trust& trust, Remote& remote, const Memory& memory, Identity identity, Clock clock)
      : trust_(trust),
        remote_(remote),
        memory_(memory),
        identity_(std::move(identity)),
        clock_(std::move(clock)) {}

  const Identity& identity() const { return identity_; }

  // Signs without sending. `about` is absent for creations. Errors: those of registry::SignEvent.
  absl::StatusOr<registry::SignedEvent> Sign(registry::EventBody body, std::optional<About> about,
                                             std::vector<registry::OpenedSlot> personal) const;

  // Sends `sd_jwt` (`<JWT>~<disclosure>~...~`), again and again while the outcome is unknown or the
  // register is busy, for at most `patience_ms`. Sending what is filed already gives its first
  // receipt. Errors: those of Remote and Memory, and those of CheckReceipt with the code
  // kDataLoss.
  absl::StatusOr<Filed> Send(const std::string& sd_jwt) const;

  // Sign, then Send.
  absl::StatusOr<Filed> File(registry::EventBody body, std::optional<About> about,
                             std::vector<registry::OpenedSlot> personal = {}) const;

  void set_patience_ms(int64_t patience_ms) { patience_ms_ = patience_ms; }

 private:
  absl::StatusOr<Receipt> SendUntilKnown(const std::string& sd_jwt) const;

  const Trust& trust_;
  Remote& remote_;
  const Memory& memory_;
  Identity identity_;
  Clock clock_;
  int64_t patience_ms_ = 15'000;
};

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_FILING_H_
