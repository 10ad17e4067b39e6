// Meeting a register for the first time: what it says of itself, consistent in itself but believed
// by nobody yet.
#ifndef BONAFIDE_CLIENT_PINNING_H_
#define BONAFIDE_CLIENT_PINNING_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "client/remote.h"
#include "client/trust.h"

namespace bonafide::client {

struct Pinned {
  Trust trust;
  std::string regulator;          // the name in the genesis
  std::vector<std::string> keys;  // thumbprints of its keys
  uint64_t size = 0;              // of the newest head
};

// Fetches entry 0 and the newest head. Checked: entry 0 is an admitted genesis, names the log key,
// and is entry 0 of the head that this key signs. Errors: "pin_genesis", those of Remote, Admit,
// OpenCheckpoint and MakeTrust.
absl::StatusOr<Pinned> Pin(Remote& remote, const std::string& policy_text, int64_t max_age_s);

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_PINNING_H_
