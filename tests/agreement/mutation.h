// Edits of evidence, drawn at random: of its parts, and of the bytes of its file.
#ifndef BONAFIDE_TESTS_AGREEMENT_MUTATION_H_
#define BONAFIDE_TESTS_AGREEMENT_MUTATION_H_

#include <random>
#include <string>

#include "proto/evidence_file.h"

namespace bonafide::agreement {

// One or a few edits of `file`; it may come out as it was. Deterministic for a seeded `random`.
proto::EvidenceFile EditParts(proto::EvidenceFile file, std::mt19937_64& random);
// One edit of a file's bytes.
std::string EditBytes(std::string file, std::mt19937_64& random);

}  // namespace bonafide::agreement

#endif  // BONAFIDE_TESTS_AGREEMENT_MUTATION_H_
