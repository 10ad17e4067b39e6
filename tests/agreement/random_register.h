// A register whose history is drawn at random, the same for the same seed: whatever admission lets
// in, and now and then something that it would not.
#ifndef BONAFIDE_TESTS_AGREEMENT_RANDOM_REGISTER_H_
#define BONAFIDE_TESTS_AGREEMENT_RANDOM_REGISTER_H_

#include <random>
#include <string>
#include <vector>

#include "tests/registry/example_register.h"
#include "tests/registry/seeded_random.h"

namespace bonafide::registry {

class RandomRegister {
 public:
  // `lies`: of a thousand events, how many are logged without admission.
  RandomRegister(uint64_t seed, int events, int lies);

  const ScratchRegister& scratch() const { return example_.scratch; }
  Question RandomQuestion();

 private:
  void FileOne(int lies);
  EventBody RandomBody(const Party& by, const Party& about);
  Training RandomTraining();
  Insurance RandomInsurance();
  SchemeVersion RandomRules();
  Provenance RandomProvenance();
  EventId RandomEventOf(const Party& subject);
  Day RandomDay();
  std::vector<OpenedSlot> SlotsFor(const EventBody& body);

  int64_t Draw(int64_t least, int64_t most) {
    // Not std::uniform_int_distribution, which each library draws in a way of its own.
    return least + static_cast<int64_t>(random_() % static_cast<uint64_t>(most - least + 1));
  }
  bool Chance(int percent) { return Draw(1, 100) <= percent; }
  template <typename T>
  T OneOf(const std::vector<T>& values) {
    return values[static_cast<size_t>(Draw(0, static_cast<int64_t>(values.size()) - 1))];
  }

  std::mt19937_64 random_;
  SeededRandom salts_;
  ExampleRegister example_;
  std::vector<Party> organisations_;
  std::vector<Party> practitioners_;
  std::vector<Party> schemes_;
};

}  // namespace bonafide::registry

#endif  // BONAFIDE_TESTS_AGREEMENT_RANDOM_REGISTER_H_
