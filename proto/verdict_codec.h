// Verdicts from the domain to the API. There is no way back: a client judges for itself.
#ifndef BONAFIDE_PROTO_VERDICT_CODEC_H_
#define BONAFIDE_PROTO_VERDICT_CODEC_H_

#include "bonafide/v1/verdict.pb.h"
#include "registry/verdict.h"

namespace bonafide::proto {

v1::Verdict VerdictToProto(const registry::Verdict& verdict);

}  // namespace bonafide::proto

#endif  // BONAFIDE_PROTO_VERDICT_CODEC_H_
