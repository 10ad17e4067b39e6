#include "storage/log/log_store.h"

#include "certs/reason.h"
#include "merkle/big_endian.h"

namespace bonafide::storage {

std::string EncodeLogHead(const LogHead& head) {
  std::string bytes;
  merkle::AppendU64(bytes, head.epoch);
  bytes += head.batch_id.view();
  return bytes += head.frontier.Serialise();
}

absl::StatusOr<LogHead> ParseLogHead(std::string_view bytes) {
  constexpr size_t kFixedBytes = 8 + Digest::kSizeBytes;
  if (bytes.size() < kFixedBytes) return Damaged("data_damaged", "the head of the log is cut off");
  LogHead head;
  head.epoch = merkle::ReadU64(bytes);
  head.batch_id = *Digest::FromBytes(bytes.substr(8, Digest::kSizeBytes));
  auto frontier = merkle::Frontier::Parse(bytes.substr(kFixedBytes));
  if (!frontier.ok()) return Damaged("data_damaged", "the frontier of the log is malformed");
  head.frontier = *std::move(frontier);
  return head;
}

Digest AppendRequest::BatchId() const {
  std::string content;
  merkle::AppendU64(content, base_size.value);
  content += base_root.view();
  for (const AppendEntry& entry : entries) content += entry.leaf_hash.view();
  return Sha256(content);
}

AppendResult JudgeAppend(const LogHead& head, const AppendRequest& request) {
  const auto refuse = [](AppendOutcome outcome, std::string_view why) {
    return AppendResult{outcome, Refusal(absl::StatusCode::kAborted, "append", why)};
  };
  if (request.epoch < head.epoch) return refuse(AppendOutcome::kFenced, "a newer epoch has begun");
  if (head.size() == request.frontier.size() && head.root() == request.frontier.root() &&
      head.batch_id == request.BatchId()) {
    return {AppendOutcome::kAlready, absl::OkStatus()};
  }
  const bool fits =
      request.epoch == head.epoch && head.size() == request.base_size &&
      head.root() == request.base_root && !request.entries.empty() &&
      request.frontier.size().value == request.base_size.value + request.entries.size();
  if (!fits) return refuse(AppendOutcome::kConflict, "the log is not what the batch was made for");
  return {AppendOutcome::kAppended, absl::OkStatus()};
}

}  // namespace bonafide::storage
