// Time as the register sees it, as an argument: tests step it.
#ifndef BONAFIDE_STORAGE_REGISTER_CLOCK_H_
#define BONAFIDE_STORAGE_REGISTER_CLOCK_H_

#include <cstdint>

namespace bonafide::storage {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  // Milliseconds since 1970 UTC; may be stepped by the operator.
  virtual int64_t NowMs() const = 0;
  // Milliseconds since some start; never stepped, and goes on while the machine sleeps.
  virtual int64_t ElapsedMs() const = 0;
};

// The machine's clocks (CLOCK_REALTIME, CLOCK_BOOTTIME).
const Clock& SystemClock();

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_CLOCK_H_
