#include "bench/signed_events.h"

#include <atomic>
#include <thread>

#include "bench/seeded_random.h"

namespace bonafide::bench {

absl::StatusOr<std::vector<std::string>> SignedEvents(Population& population, size_t count,
                                                      uint64_t seed) {
  std::vector<std::string> events(count);
  // A register that was used before has seen the numbers this seed gave then.
  const auto view = population.store().Newest();
  if (!view.ok()) return view.status();
  seed += (*view)->size().value;
  std::vector<std::thread> workers;
  std::atomic<bool> failed = false;
  for (unsigned worker = 0; worker < 2; ++worker) {
    workers.emplace_back([&, worker] {
      SeededRandom random(seed + worker);
      for (size_t i = worker; i < count; i += 2) {
        auto event = population.NewEvent(random.Below(population.size().practitioners), random);
        if (!event.ok()) {
          failed = true;
          return;
        }
        events[i] = *std::move(event);
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  if (failed) return absl::InternalError("an event could not be signed");
  return events;
}

}  // namespace bonafide::bench
