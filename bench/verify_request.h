// A question as Verify takes it.
#ifndef BONAFIDE_BENCH_VERIFY_REQUEST_H_
#define BONAFIDE_BENCH_VERIFY_REQUEST_H_

#include <string>

#include "bonafide/v1/lookup.pb.h"
#include "proto/question_codec.h"

namespace bonafide::bench {

inline constexpr char kVerifyMethod[] = "/bonafide.v1.LookupService/Verify";

// At the newest head, everything sent, no verdict of the server's.
inline std::string VerifyRequest(const registry::Question& question) {
  v1::VerifyRequest request;
  *request.mutable_question() = proto::QuestionToProto(question);
  return request.SerializeAsString();
}

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_VERIFY_REQUEST_H_
