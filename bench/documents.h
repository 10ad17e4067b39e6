// What is filed in generated registers: one scheme, and what meets it. All of it is invented.
#ifndef BONAFIDE_BENCH_DOCUMENTS_H_
#define BONAFIDE_BENCH_DOCUMENTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "merkle/index.h"
#include "registry/day.h"
#include "registry/event_schema.h"

namespace bonafide::bench {

inline constexpr char kTreatment[] = "scalp_micropigmentation";
inline constexpr char kTerritory[] = "example-land";
inline constexpr char kQualification[] = "999/3315/9";
inline constexpr char kTitle[] = "Example Level 4 Certificate in Scalp Micropigmentation";

// A name for practitioner `i`; few share one.
std::string InventedName(uint64_t i);
registry::SchemeVersion Rules();
registry::Training TrainingBy(merkle::SubjectNumber body);
// In force on `today`.
registry::Insurance PolicyBy(merkle::SubjectNumber insurer, registry::Day today);
std::vector<registry::OpenedSlot> Slot(const char* name, const std::string& value);

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_DOCUMENTS_H_
