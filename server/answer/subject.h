// Everything filed for one subject.
#ifndef BONAFIDE_SERVER_ANSWER_SUBJECT_H_
#define BONAFIDE_SERVER_ANSWER_SUBJECT_H_

#include <absl/status/status.h>

#include "bonafide/v1/lookup.pb.h"
#include "server/answer/dependencies.h"

namespace bonafide::server::answer {

// What LookupService.GetSubject answers to `audience`, and its errors.
absl::Status GetSubject(const Dependencies& dependencies, const storage::Audience& audience,
                        const v1::GetSubjectRequest& request, v1::GetSubjectResponse* response);

}  // namespace bonafide::server::answer

#endif  // BONAFIDE_SERVER_ANSWER_SUBJECT_H_
