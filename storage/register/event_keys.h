// Which keys an event registers.
#ifndef BONAFIDE_STORAGE_REGISTER_EVENT_KEYS_H_
#define BONAFIDE_STORAGE_REGISTER_EVENT_KEYS_H_

#include <vector>

#include "certs/key_id.h"
#include "registry/event.h"

namespace bonafide::storage {

// In the order of the token; none for most events.
std::vector<certs::KeyId> RegisteredKeys(const registry::Event& event);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_EVENT_KEYS_H_
