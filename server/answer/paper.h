// One paper, for who may see it.
#ifndef BONAFIDE_SERVER_ANSWER_PAPER_H_
#define BONAFIDE_SERVER_ANSWER_PAPER_H_

#include <absl/status/statusor.h>

#include "certs/digest.h"
#include "server/answer/dependencies.h"
#include "storage/papers/paper_reader.h"

namespace bonafide::server::answer {

// Decides whether `caller` may see it, records that where it is restricted, and only then opens it.
// Touches the disk. Errors: those of SubmissionService.FetchPaper.
absl::StatusOr<storage::PaperReader> OpenPaper(const Dependencies& dependencies,
                                               const Digest& paper, const Caller& caller);

}  // namespace bonafide::server::answer

#endif  // BONAFIDE_SERVER_ANSWER_PAPER_H_
