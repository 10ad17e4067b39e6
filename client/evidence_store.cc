#include "client/evidence_store.h"

#include "certs/reason.h"
#include "client/state_file.h"

namespace bonafide::client {

absl::Status SaveEvidence(const std::string& path, const proto::EvidenceFile& file) {
  return ReplaceFile(path, proto::WriteEvidenceFile(file), 0644);
}

absl::StatusOr<proto::EvidenceFile> LoadEvidence(const std::string& path) {
  const auto bytes = ReadFile(path, proto::kMaxEvidenceFileBytes);
  if (!bytes.ok()) return bytes.status();
  auto file = proto::ParseEvidenceFile(*bytes);
  if (!file.ok()) return Within(path, file.status());
  return file;
}

}  // namespace bonafide::client
