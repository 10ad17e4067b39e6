#include "server/answer/dependencies.h"

#include "proto/field.h"

namespace bonafide::server::answer {

absl::StatusOr<storage::ViewPtr> Dependencies::ViewOf(v1::Head head) const {
  switch (head) {
    case v1::HEAD_UNSPECIFIED:
    case v1::HEAD_NEWEST:
      return reg.Newest();
    case v1::HEAD_COSIGNED:
      return reg.Cosigned();
    case v1::HEAD_TO_COSIGN:
      return reg.ToCosign();
    default:
      return proto::MalformedField("head", "head", "no such head");
  }
}

}  // namespace bonafide::server::answer
