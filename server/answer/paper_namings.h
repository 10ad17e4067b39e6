// What decides who may fetch a paper: which events name it, and who stands behind them.
#ifndef BONAFIDE_SERVER_ANSWER_PAPER_NAMINGS_H_
#define BONAFIDE_SERVER_ANSWER_PAPER_NAMINGS_H_

#include <absl/status/statusor.h>

#include <vector>

#include "storage/papers/paper_access.h"
#include "storage/register/view.h"

namespace bonafide::server::answer {

// How many namings of one paper are looked at.
inline constexpr size_t kMaxNamings = 64;

// The namings of `paper` under `view`, with the facts of their events. Errors: "data_damaged" where
// an event that is said to name it is not there, and those of all reads of a view.
absl::StatusOr<std::vector<storage::PaperNaming>> NamingsOf(const storage::View& view,
                                                            const Digest& paper);

}  // namespace bonafide::server::answer

#endif  // BONAFIDE_SERVER_ANSWER_PAPER_NAMINGS_H_
