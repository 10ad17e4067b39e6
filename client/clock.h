// This machine's clock.
#ifndef BONAFIDE_CLIENT_CLOCK_H_
#define BONAFIDE_CLIENT_CLOCK_H_

#include <cstdint>
#include <functional>

namespace bonafide::client {

// Milliseconds since 1970, UTC. An argument wherever time matters, so that tests choose it.
using Clock = std::function<int64_t()>;

Clock SystemClock();

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_CLOCK_H_
