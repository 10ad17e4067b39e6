#include "tests/client/scratch_remote.h"

#include <utility>

#include "certs/reason.h"
#include "certs/sd_jwt.h"
#include "merkle/frontier.h"
#include "merkle/hash.h"
#include "merkle/hash_reader.h"
#include "merkle/prove.h"

namespace bonafide::client {
namespace {

// Every subtree hashed anew from its leaves: slow, and hard to get wrong.
class LeafReader : public merkle::HashReader {
 public:
  explicit LeafReader(const std::vector<std::string>& entries) {
    for (const std::string& entry : entries) leaves_.push_back(merkle::LeafHash(entry));
  }
  absl::StatusOr<std::vector<Digest>> Read(std::span<const merkle::NodeCoordinate> nodes) override {
    std::vector<Digest> hashes;
    for (const merkle::NodeCoordinate& node : nodes) {
      const size_t size = size_t{1} << node.level;
      hashes.push_back(merkle::TreeHash(std::span(leaves_).subspan(node.index * size, size)));
    }
    return hashes;
  }
  const std::vector<Digest>& leaves() const { return leaves_; }

 private:
  std::vector<Digest> leaves_;
};

absl::Status NotHere() { return Refusal(absl::StatusCode::kUnimplemented, "test", "not here"); }

}  // namespace

Trust TrustIn(const registry::ScratchRegister& scratch) { return Trust{scratch.anchors(), ""}; }

merkle::Checkpoint ScratchLog::Head(const std::string& origin, uint64_t size) const {
  const LeafReader reader(entries_);
  return {origin, merkle::TreeSize{size}, merkle::TreeHash(std::span(reader.leaves()).first(size))};
}

std::string ScratchLog::Frames() const {
  std::string frames;
  for (const std::string& entry : entries_) (void)merkle::AppendFrame(entry, frames);
  return frames;
}

merkle::Proof ScratchLog::Inclusion(uint64_t index, uint64_t size) const {
  LeafReader reader(entries_);
  return merkle::ProveInclusion(merkle::LogIndex{index}, merkle::TreeSize{size}, reader).value();
}

merkle::Proof ScratchLog::Consistency(uint64_t first, uint64_t second) const {
  LeafReader reader(entries_);
  return merkle::ProveConsistency(merkle::TreeSize{first}, merkle::TreeSize{second}, reader)
      .value();
}

absl::StatusOr<std::string> ScratchRemote::Checkpoint(Head) {
  return spoil_checkpoint ? spoil_checkpoint() : scratch_.checkpoint();
}

absl::StatusOr<merkle::Proof> ScratchRemote::InclusionProof(merkle::LogIndex index,
                                                            merkle::TreeSize size) {
  return ScratchLog(scratch_.entries()).Inclusion(index.value, size.value);
}

absl::StatusOr<merkle::Proof> ScratchRemote::ConsistencyProof(merkle::TreeSize first,
                                                              merkle::TreeSize second) {
  if (consistency) return *consistency;
  if (second.value > scratch_.entries().size()) {
    return Malformed("tree_size", "beyond the newest head");
  }
  return ScratchLog(scratch_.entries()).Consistency(first.value, second.value);
}

absl::Status ScratchRemote::StreamEntries(merkle::LogIndex first, uint64_t limit,
                                          const EntrySink& sink) {
  std::vector<std::string> entries(scratch_.entries().begin() + static_cast<ptrdiff_t>(first.value),
                                   scratch_.entries().end());
  if (limit != 0 && entries.size() > limit) entries.resize(limit);
  std::string frames = ScratchLog(std::move(entries)).Frames();
  if (spoil_frames) spoil_frames(frames);
  return sink(first, frames);
}

absl::StatusOr<std::string> ScratchRemote::AddCosignature(const std::string& note) {
  if (!cosign_failure.ok()) return cosign_failure;
  return drop_cosignatures ? scratch_.checkpoint() : note;
}

absl::StatusOr<registry::Evidence> ScratchRemote::Verify(const registry::Question& question, Head) {
  if (!verify_failure.ok()) return verify_failure;
  registry::Evidence evidence = scratch_.Prove(question);
  if (spoil_evidence) spoil_evidence(evidence);
  return evidence;
}

absl::StatusOr<SearchPage> ScratchRemote::Search(const SearchQuery&) { return NotHere(); }

absl::StatusOr<Receipt> ScratchRemote::Submit(const std::string& sd_jwt) {
  ++submitted;
  if (!submit_failures.empty()) {
    const absl::Status failure = submit_failures.front();
    submit_failures.erase(submit_failures.begin());
    return failure;
  }
  const auto parts = certs::SplitSdJwt(sd_jwt);
  if (!parts.ok()) return parts.status();
  registry::SignedEvent event{std::string(parts->jwt), {}};
  for (std::string_view disclosure : parts->disclosures) event.disclosures.emplace_back(disclosure);
  const auto token = registry::ParseToken(event.jwt, scratch_.origin());
  if (!token.ok()) return token.status();
  const merkle::SubjectNumber subject =
      token->event.subject.value_or(merkle::SubjectNumber{scratch_.subject_count()});
  const uint64_t index = scratch_.entries().size();
  if (absl::Status status = scratch_.Submit(event, {subject}); !status.ok()) return status;
  scratch_.Publish();
  Receipt receipt{scratch_.entries()[index], index,
                  merkle::FlattenProof(
                      ScratchLog(scratch_.entries()).Inclusion(index, scratch_.entries().size())),
                  scratch_.checkpoint()};
  if (spoil_receipt) spoil_receipt(receipt);
  return receipt;
}

absl::StatusOr<StoredPaper> ScratchRemote::UploadPaper(std::string_view) { return NotHere(); }
absl::StatusOr<StoredPaper> ScratchRemote::FetchPaper(
    const Digest&, const std::function<absl::Status(std::string_view)>&) {
  return NotHere();
}

}  // namespace bonafide::client
