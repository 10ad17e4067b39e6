// What clients were told, remembered outside the register and held against it afterwards.
#ifndef BONAFIDE_TESTS_E2E_ORACLE_H_
#define BONAFIDE_TESTS_E2E_ORACLE_H_

#include <absl/status/status.h>

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "certs/digest.h"
#include "client/remote.h"
#include "client/trust.h"
#include "registry/event_id.h"

namespace bonafide::e2e {

// Thread-safe. Lives in the test's process, which outlives every fault of the register.
class Oracle {
 public:
  explicit Oracle(client::Trust trust) : trust_(std::move(trust)) {}

  // `jwt` was acknowledged with `receipt`. An error when the receipt does not prove it, or another
  // one for the same event named another place.
  absl::Status Acknowledged(const client::Receipt& receipt, std::string_view jwt);
  // A signed head was shown. An error when another head of its size was.
  absl::Status Saw(const std::string& checkpoint);

  size_t acknowledged_count() const;
  size_t head_count() const;

  // Whether one history holds all of it: the whole log is read and every root that was ever signed
  // is rebuilt from it; every acknowledged event stands at its index, and none twice; the register
  // proves those it was not asked about before, and that its newest head continues the one of the
  // last time.
  absl::Status HoldAgainst(client::Remote& remote);

 private:
  struct Place {
    uint64_t index = 0;
    Digest leaf;
    bool proven = false;
  };

  absl::Status SawLocked(const std::string& checkpoint);
  absl::Status Replay(client::Remote& remote, uint64_t size) const;

  client::Trust trust_;
  mutable std::mutex mutex_;
  std::map<registry::EventId, Place> events_;
  std::map<uint64_t, Digest> heads_;  // roots by size
  uint64_t last_checked_size_ = 0;
};

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_ORACLE_H_
