#include "client/clock.h"

#include <chrono>

namespace bonafide::client {

Clock SystemClock() {
  return [] {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  };
}

}  // namespace bonafide::client
