// Questions between the API and the domain.
#ifndef BONAFIDE_PROTO_QUESTION_CODEC_H_
#define BONAFIDE_PROTO_QUESTION_CODEC_H_

#include <absl/status/statusor.h>

#include "bonafide/v1/evidence.pb.h"
#include "registry/question.h"

namespace bonafide::proto {

// Error: "question", naming the field (proto/field.h): `treatment` or `territory` is no code, `on`
// or `claim_on` no day, `claim_on` before `on`, a number above 2^53 - 1, `known_at_ms` negative or
// above 2^53 - 1.
absl::StatusOr<registry::Question> QuestionFromProto(const v1::Question& message);

v1::Question QuestionToProto(const registry::Question& question);

}  // namespace bonafide::proto

#endif  // BONAFIDE_PROTO_QUESTION_CODEC_H_
