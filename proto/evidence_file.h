// Evidence as a file: the canonical JSON of v1.EvidenceFile (docs/protocol.md, section 7).
//
// One message has exactly one spelling: fields in the order of their numbers, proto3 JSON names, no
// white space, 64-bit integers as decimal strings, bytes in padded standard base64, strings escaped
// only where RFC 8259 demands it (certs::WriteJson), defaults left out. So two files with the same
// content are the same bytes, and nothing can hide in a spelling.
#ifndef BONAFIDE_PROTO_EVIDENCE_FILE_H_
#define BONAFIDE_PROTO_EVIDENCE_FILE_H_

#include <absl/status/statusor.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "registry/evidence.h"
#include "registry/question.h"

namespace bonafide::proto {

struct EvidenceFile {
  registry::Question question;
  registry::Evidence evidence;
};

// Of the JSON form: what registry::kMaxEvidenceBytes become in base64, and room for the rest.
inline constexpr size_t kMaxEvidenceFileBytes = 48u << 20;

// Precondition: strings are UTF-8.
std::string WriteEvidenceFile(const EvidenceFile& file);

// Reads exactly what WriteEvidenceFile writes. Does not check the evidence. Errors:
//   "evidence_not_canonical"  another spelling, another member, or a wrong type
//   "evidence_too_large"      more than kMaxEvidenceFileBytes
//   "question"                a question nobody can ask
//   and those of certs::ParseJson.
absl::StatusOr<EvidenceFile> ParseEvidenceFile(std::string_view json);

}  // namespace bonafide::proto

#endif  // BONAFIDE_PROTO_EVIDENCE_FILE_H_
