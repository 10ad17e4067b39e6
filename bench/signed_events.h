// Events signed before the clock starts: what is measured is the register, not the issuers.
#ifndef BONAFIDE_BENCH_SIGNED_EVENTS_H_
#define BONAFIDE_BENCH_SIGNED_EVENTS_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "bench/population.h"

namespace bonafide::bench {

// `count` new events of random practitioners. Other seeds give others.
absl::StatusOr<std::vector<std::string>> SignedEvents(Population& population, size_t count,
                                                      uint64_t seed);

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_SIGNED_EVENTS_H_
