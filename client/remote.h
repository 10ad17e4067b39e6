// What a client asks of a register. Every answer is a claim until it has been checked.
#ifndef BONAFIDE_CLIENT_REMOTE_H_
#define BONAFIDE_CLIENT_REMOTE_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "certs/digest.h"
#include "merkle/index.h"
#include "merkle/proof.h"
#include "registry/evidence.h"
#include "registry/question.h"

namespace bonafide::client {

// Which signed head to answer from.
enum class Head {
  kNewest,
  kCosigned,  // the newest that satisfies the register's own policy
  kToCosign,  // a recent one that is kept for some seconds, for cosigners
};

struct SearchQuery {
  std::string name;
  std::string town;        // empty: anywhere
  uint32_t page_size = 0;  // 0: the register's choice
  std::string page_token;  // empty: the first page
};

// A hint: nothing in it is proven.
struct NameMatch {
  merkle::SubjectNumber number;
  std::vector<std::string> names;  // held, the newest first
  std::string town;
};

struct SearchPage {
  std::vector<NameMatch> matches;
  std::string next_page_token;
  bool capped = false;  // more people fit than are ever listed
};

struct Receipt {
  std::string entry;
  uint64_t index = 0;
  std::string inclusion;   // 32-byte hashes joined
  std::string checkpoint;  // signed note
};

struct StoredPaper {
  std::string sha256;  // hexadecimal
  std::string type;
  uint64_t size_bytes = 0;
};

// Errors carry the register's reason (certs/reason.h), or
//   "unreachable"  no answer, or none within the deadline (kUnavailable, kDeadlineExceeded)
//   "server"       an error without a reason
//   "answer"       an answer that cannot be read (kInvalidArgument)
// An implementation may be used from several threads.
class Remote {
 public:
  virtual ~Remote() = default;

  virtual absl::StatusOr<std::string> Checkpoint(Head head) = 0;
  virtual absl::StatusOr<merkle::Proof> InclusionProof(merkle::LogIndex index,
                                                       merkle::TreeSize size) = 0;
  virtual absl::StatusOr<merkle::Proof> ConsistencyProof(merkle::TreeSize first,
                                                         merkle::TreeSize second) = 0;
  // Entries from `first` on in order, at most `limit` (0: all), as runs of frames (merkle/frame.h).
  // An error of `sink` ends the stream and is returned.
  using EntrySink = std::function<absl::Status(merkle::LogIndex first, std::string_view frames)>;
  virtual absl::Status StreamEntries(merkle::LogIndex first, uint64_t limit,
                                     const EntrySink& sink) = 0;
  // Returns the note with all cosignatures the register now has.
  virtual absl::StatusOr<std::string> AddCosignature(const std::string& note) = 0;

  // Complete: nothing left out.
  virtual absl::StatusOr<registry::Evidence> Verify(const registry::Question& question,
                                                    Head head) = 0;
  virtual absl::StatusOr<SearchPage> Search(const SearchQuery& query) = 0;

  virtual absl::StatusOr<Receipt> Submit(const std::string& sd_jwt) = 0;
  virtual absl::StatusOr<StoredPaper> UploadPaper(std::string_view bytes) = 0;
  // The bytes are checked against `digest`: another paper is the error "paper_digest" (kDataLoss).
  virtual absl::StatusOr<StoredPaper> FetchPaper(
      const Digest& digest, const std::function<absl::Status(std::string_view)>& sink) = 0;
};

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_REMOTE_H_
