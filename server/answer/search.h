// People by name.
#ifndef BONAFIDE_SERVER_ANSWER_SEARCH_H_
#define BONAFIDE_SERVER_ANSWER_SEARCH_H_

#include <absl/status/status.h>

#include "bonafide/v1/lookup.pb.h"
#include "server/answer/dependencies.h"

namespace bonafide::server::answer {

// What LookupService.SearchByName answers, and its errors.
absl::Status SearchByName(const Dependencies& dependencies, const v1::SearchByNameRequest& request,
                          v1::SearchByNameResponse* response);

}  // namespace bonafide::server::answer

#endif  // BONAFIDE_SERVER_ANSWER_SEARCH_H_
