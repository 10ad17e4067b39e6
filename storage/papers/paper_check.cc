#include "storage/papers/paper_check.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "certs/digest_stream.h"
#include "certs/reason.h"
#include "storage/database/schema.h"
#include "storage/papers/paper_reference.h"
#include "storage/papers/paper_row.h"

namespace bonafide::storage {
namespace {

// A paper may be named by any number of events; these are enough to find the others.
constexpr size_t kMostNamed = 8;

struct Listed {
  PaperRow row;
  Digest digest;
};

std::string NameOf(const LoggedAt& event) {
  return "event " + std::to_string(event.index.value) + " of subject " +
         std::to_string(event.subject.value);
}

// One pass over everything. Papers are taken in the order of their blobs, in which their chunks
// lie, so that each byte is read once, in order.
class Check {
 public:
  Check(const Snapshot& snapshot, const PaperCheckListener& listener)
      : snapshot_(snapshot), listener_(listener) {}

  absl::Status Run() {
    for (auto step : {&Check::ListPapers, &Check::HashChunks, &Check::FollowReferences}) {
      if (absl::Status status = (this->*step)(); !status.ok()) return status;
    }
    if (found_ == 0) return absl::OkStatus();
    return Damaged("papers_damaged", std::to_string(found_) + " faults in the papers");
  }

 private:
  void Found(const std::string& finding) {
    ++found_;
    if (listener_.found) listener_.found(finding);
  }

  void FoundIn(const Listed& paper, const std::string& what) {
    std::string finding = "paper " + paper.digest.Hex() + " " + what;
    const auto references = ReferencesTo(snapshot_, paper.digest, kMostNamed + 1);
    if (references.ok()) {
      finding += NamedBy(*references);
    } else {
      unread_references_.Update(references.status());
    }
    Found(finding);
  }

  static std::string NamedBy(const std::vector<PaperReference>& references) {
    if (references.empty()) return "; no event names it";
    std::string names;
    for (size_t i = 0; i < std::min(references.size(), kMostNamed); ++i) {
      names += (i == 0 ? "; named by " : ", ") + NameOf(references[i].event);
    }
    return references.size() > kMostNamed ? names + " and others" : names;
  }

  absl::Status ListPapers() {
    absl::Status status = snapshot_.ScanPrefix(
        Family::kPapers, kPaperPrefix, [this](std::string_view key, std::string_view value) {
          const auto digest = ParsePaperKey(key);
          const auto row = ParsePaperRow(value);
          if (digest.ok() && row.ok()) {
            papers_.push_back({*row, *digest});
          } else {
            Found("a row that should describe a paper does not");
          }
          return true;
        });
    std::ranges::sort(papers_, {}, [](const Listed& paper) { return paper.row.blob; });
    return status;
  }

  absl::Status HashChunks() {
    absl::Status status = snapshot_.Scan(Family::kPaperChunks, "", "",
                                         [this](std::string_view key, std::string_view value) {
                                           AddChunk(key, value);
                                           return true;
                                         });
    if (!status.ok()) return status;
    while (next_ < papers_.size()) FinishPaper();
    return unread_references_;
  }

  void AddChunk(std::string_view key, std::string_view value) {
    const auto place = ParsePartKey(key);
    if (!place.ok()) return Found("a chunk under a key that is none");
    const BlobNumber blob{place->of};
    while (next_ < papers_.size() && papers_[next_].row.blob < blob) FinishPaper();
    if (next_ == papers_.size() || papers_[next_].row.blob != blob) {
      // Reported once for all its chunks. An upload under way has a row that says so.
      if (stray_ != blob && !IsUpload(blob)) {
        Found("the chunks of blob " + std::to_string(blob.value) + " belong to no paper");
      }
      stray_ = blob;
      return;
    }
    const bool in_order = place->number == chunks_;
    if (chunks_ == 0) head_ = value.substr(0, kPaperMagicBytes);
    in_order_ = in_order_ && in_order;
    ++chunks_;
    size_bytes_ += value.size();
    hash_.Add(value);
  }

  void FinishPaper() {
    const Listed& paper = papers_[next_];
    const auto type = SniffPaperType(head_);
    if (chunks_ == 0) {
      FoundIn(paper, "has no bytes");
    } else if (!in_order_ || size_bytes_ != paper.row.size_bytes) {
      FoundIn(paper, "lacks some of its bytes");
    } else if (hash_.Finish() != paper.digest) {
      FoundIn(paper, "has bytes of another digest");
    } else if (!type.ok() || *type != paper.row.type) {
      FoundIn(paper, "is not of the type it was stored with");
    }
    ++next_;
    chunks_ = 0;
    size_bytes_ = 0;
    in_order_ = true;
    head_.clear();
    hash_ = DigestStream();
    if (listener_.progress) listener_.progress(next_, papers_.size());
  }

  bool IsUpload(BlobNumber blob) const {
    const auto row = snapshot_.Get(Family::kPapers, UploadKey(blob));
    return row.ok() && row->has_value();
  }

  absl::Status FollowReferences() {
    absl::Status wrong;
    const absl::Status status =
        VisitReferences(snapshot_, [this, &wrong](const PaperReference& reference) {
          wrong = Follow(reference);
          return wrong.ok();
        });
    return status.ok() ? wrong : status;
  }

  absl::Status Follow(const PaperReference& reference) {
    const auto row = snapshot_.Get(Family::kPapers, PaperKey(reference.paper));
    if (!row.ok()) return row.status();
    const std::string event = NameOf(reference.event);
    if (!row->has_value()) {
      Found(event + " names paper " + reference.paper.Hex() + ", which is not stored");
      return absl::OkStatus();
    }
    const auto back = IsNamedBy(snapshot_, reference);
    if (!back.ok()) return back.status();
    if (!*back) {
      Found("paper " + reference.paper.Hex() + " does not know that " + event + " names it");
    }
    return absl::OkStatus();
  }

  const Snapshot& snapshot_;
  const PaperCheckListener& listener_;
  uint64_t found_ = 0;
  absl::Status unread_references_;  // the first error of asking who names a paper
  std::vector<Listed> papers_;
  // The paper whose chunks are being read, and what has been read of it.
  size_t next_ = 0;
  uint32_t chunks_ = 0;
  uint64_t size_bytes_ = 0;
  bool in_order_ = true;
  std::string head_;
  DigestStream hash_;
  std::optional<BlobNumber> stray_;
};

}  // namespace

absl::Status CheckPapers(const Database& database, const PaperCheckListener& listener) {
  const std::shared_ptr<const Snapshot> snapshot = database.Now();
  return Check(*snapshot, listener).Run();
}

}  // namespace bonafide::storage
