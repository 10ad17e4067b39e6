#include "storage/history/history.h"

#include <utility>

#include "certs/reason.h"
#include "merkle/big_endian.h"
#include "merkle/state_tree.h"
#include "storage/history/stored_disclosures.h"

namespace bonafide::storage {
namespace {

std::string Name(SubjectNumber subject) { return "subject " + std::to_string(subject.value); }

}  // namespace

absl::StatusOr<History> History::Read(const Snapshot& snapshot, SubjectNumber subject,
                                      const Digest& state_leaf) {
  History history;
  for (uint32_t number = 0;; ++number) {
    auto row = snapshot.Pin(Family::kHistories, PageKey(subject, number));
    if (!row.ok()) return Within(Name(subject), row.status());
    if (!row->has_value()) {
      // A page is begun with its first entry: after a full one there need not be another.
      if (number > 0) break;
      return Damaged("record_missing", Name(subject) + " has no history");
    }
    auto view = PageView::Parse((*row)->view());
    if (!view.ok()) return Within(Name(subject), view.status());
    history.entries_ += view->size();
    history.size_bytes_ += (*row)->view().size();
    history.pages_.push_back({**std::move(row), *view});
    if (view->size() < kEntriesPerPage) break;
  }
  const PageView& last = history.pages_.back().view;
  const auto root = Digest::FromBytes(last.annex(last.size() - 1).root);
  if (merkle::StateLeafHash(subject, history.entries_, *root) != state_leaf) {
    return Damaged("record_missing", Name(subject) + " has not the entries that were signed for");
  }
  return history;
}

std::vector<SubjectNumber> History::References() const {
  std::vector<SubjectNumber> all;
  all.reserve(entries_ * 2);
  for (const Page& page : pages_) {
    for (size_t i = 0; i < page.view.size(); ++i) {
      const std::string_view numbers = page.view.annex(i).references;
      for (size_t at = 0; at < numbers.size(); at += 8) {
        const SubjectNumber number{merkle::ReadU64(numbers.substr(at))};
        // Most events of a person name the same few.
        if (all.empty() || all.back() != number) all.push_back(number);
      }
    }
  }
  return all;
}

void History::AppendFrames(uint64_t first, std::vector<std::string_view>& out) const {
  uint64_t seq = 0;
  for (const Page& page : pages_) {
    for (size_t i = 0; i < page.view.size(); ++i) {
      if (seq++ >= first) out.push_back(page.view.frame(i));
    }
  }
}

absl::Status History::AppendDisclosures(const Audience& audience, SubjectNumber registered_by,
                                        std::string& out) const {
  for (const Page& page : pages_) {
    for (size_t i = 0; i < page.view.size(); ++i) {
      const std::string_view row = page.view.annex(i).disclosures;
      if (row.empty()) continue;
      if (absl::Status status = AppendVisible(row, audience, registered_by, out); !status.ok()) {
        return status;
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace bonafide::storage
