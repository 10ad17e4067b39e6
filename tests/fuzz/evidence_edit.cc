// Honest evidence with edits as the input says. Whatever is accepted is honest evidence, or that
// with disclosures withheld, and gives the honest answer.
#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/fuzz/require.h"
#include "tests/registry/example_register.h"

namespace bonafide::registry {
namespace {

// Cuts, copies, moves or overwrites a piece of `bytes`, of which pieces often have a whole size.
void Edit(FuzzedDataProvider& input, std::string& bytes, const std::string& other) {
  constexpr size_t kUnits[] = {1, 2, 8, 32};
  const size_t unit = input.PickValueInArray(kUnits);
  const auto place = [&](const std::string& in) {
    return input.ConsumeIntegralInRange<size_t>(0, in.size() / unit) * unit;
  };
  const size_t at = place(bytes);
  const size_t count = unit * input.ConsumeIntegralInRange<size_t>(1, 4);
  switch (input.ConsumeIntegralInRange(0, 4)) {
    case 0:
      bytes.erase(at, count);
      break;
    case 1:
      bytes.insert(at, bytes.substr(place(bytes), count));
      break;
    case 2:
      bytes.insert(at, other.substr(place(other), count));
      break;
    case 3:
      bytes.replace(at, count, other.substr(place(other), count));
      break;
    default:
      bytes.replace(at, count, input.ConsumeBytesAsString(count));
  }
}

void EditSubjects(FuzzedDataProvider& input, std::vector<SubjectEvidence>& subjects) {
  const auto pick = [&] { return input.ConsumeIntegralInRange<size_t>(0, subjects.size() - 1); };
  if (subjects.empty()) return;
  SubjectEvidence& one = subjects[pick()];
  SubjectEvidence& two = subjects[pick()];
  switch (input.ConsumeIntegralInRange(0, 7)) {
    case 0:
      return std::swap(one, two);
    case 1:
      return std::swap(one.number, two.number);
    case 2:
      one.number = SubjectNumber{input.ConsumeIntegral<uint64_t>()};
      return;
    case 3:
      subjects.erase(subjects.begin() + static_cast<ptrdiff_t>(pick()));
      return;
    case 4: {
      SubjectEvidence copy = one;
      subjects.insert(subjects.begin() + static_cast<ptrdiff_t>(pick()), std::move(copy));
      return;
    }
    case 5:
      return Edit(input, one.entries, std::string(two.entries));
    case 6:
      return Edit(input, one.proof, std::string(two.proof));
    default:
      return Edit(input, one.disclosures, std::string(two.disclosures));
  }
}

bool IsSubsequence(std::string_view part, std::string_view whole) {
  while (!part.empty() && !whole.empty()) {
    const std::string_view next = whole.substr(0, whole.find('~') + 1);
    if (part.starts_with(next)) part.remove_prefix(next.size());
    whole.remove_prefix(next.size());
  }
  return part.empty();
}

bool IsHonest(const Evidence& evidence, const Evidence& honest) {
  return evidence.version == honest.version && evidence.checkpoint == honest.checkpoint &&
         evidence.state_entry == honest.state_entry &&
         evidence.state_inclusion == honest.state_inclusion &&
         std::ranges::equal(evidence.subjects, honest.subjects,
                            [](const SubjectEvidence& a, const SubjectEvidence& b) {
                              return a.number == b.number && a.entries == b.entries &&
                                     a.proof == b.proof &&
                                     IsSubsequence(a.disclosures, b.disclosures);
                            });
}

void Fuzz(FuzzedDataProvider input) {
  static const ExampleRegister& example = *new ExampleRegister();
  static const Evidence& honest = *new Evidence(example.scratch.Prove(example.Ask()));
  Evidence evidence = honest;
  do {
    switch (input.ConsumeIntegralInRange(0, 7)) {
      case 0:
        Edit(input, evidence.checkpoint, honest.checkpoint);
        break;
      case 1:
        Edit(input, evidence.state_entry, honest.state_inclusion);
        break;
      case 2:
        Edit(input, evidence.state_inclusion, honest.subjects.front().proof);
        break;
      default:
        EditSubjects(input, evidence.subjects);
    }
  } while (input.ConsumeBool());
  const auto proven = VerifyEvidence(example.scratch.anchors(), evidence, example.Ask(),
                                     example.scratch.now_ms(), Freshness::kCurrent);
  if (!Accepted(proven.status())) return;
  Require(IsHonest(evidence, honest), "only honest evidence is accepted");
  Require(proven->verdict.outcome == Outcome::kYes, "honest evidence gives the honest answer");
}

}  // namespace
}  // namespace bonafide::registry

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  bonafide::registry::Fuzz(FuzzedDataProvider(data, size));
  return 0;
}
