// Evidence as a file to keep (proto/evidence_file.h).
#ifndef BONAFIDE_CLIENT_EVIDENCE_STORE_H_
#define BONAFIDE_CLIENT_EVIDENCE_STORE_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <string>

#include "proto/evidence_file.h"

namespace bonafide::client {

// Writes `path`, replacing it. Error: "file_write".
absl::Status SaveEvidence(const std::string& path, const proto::EvidenceFile& file);

// Reads `path` ("-": standard input). Checks only the form: see CheckSaved. Errors: those of
// ReadFile and proto::ParseEvidenceFile.
absl::StatusOr<proto::EvidenceFile> LoadEvidence(const std::string& path);

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_EVIDENCE_STORE_H_
