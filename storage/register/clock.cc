#include "storage/register/clock.h"

#include <ctime>

namespace bonafide::storage {
namespace {

int64_t ReadMs(clockid_t id) {
  timespec time = {};
  ::clock_gettime(id, &time);
  return int64_t{time.tv_sec} * 1000 + time.tv_nsec / 1'000'000;
}

class MachineClock final : public Clock {
 public:
  int64_t NowMs() const override { return ReadMs(CLOCK_REALTIME); }
  int64_t ElapsedMs() const override { return ReadMs(CLOCK_BOOTTIME); }
};

}  // namespace

const Clock& SystemClock() {
  static const MachineClock clock;
  return clock;
}

}  // namespace bonafide::storage
