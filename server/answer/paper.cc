#include "server/answer/paper.h"

#include <optional>

#include "server/answer/paper_namings.h"

namespace bonafide::server::answer {

absl::StatusOr<storage::PaperReader> OpenPaper(const Dependencies& dependencies,
                                               const Digest& paper, const Caller& caller) {
  const auto view = dependencies.reg.Newest();
  if (!view.ok()) return view.status();
  const auto namings = NamingsOf(**view, paper);
  if (!namings.ok()) return namings.status();
  std::optional<storage::SubjectNumber> asker;
  if (caller.organisation) asker = caller.organisation->number;
  const storage::PaperRuling ruling = storage::DecidePaper(*namings, caller.audience());
  if (absl::Status recorded = storage::RecordRuling(dependencies.access_records, paper, ruling,
                                                    asker, dependencies.clock.NowMs());
      !recorded.ok()) {
    return recorded;
  }
  return dependencies.papers.Read(paper);
}

}  // namespace bonafide::server::answer
