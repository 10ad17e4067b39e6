// The measures of the table; each makes what it needs and returns its rows.
#ifndef BONAFIDE_BENCH_MEASURES_H_
#define BONAFIDE_BENCH_MEASURES_H_

#include <absl/status/statusor.h>

#include <string>
#include <vector>

#include "bench/row.h"

namespace bonafide::bench {

struct MeasureOptions {
  std::string scratch;               // a directory on the disk to be measured
  uint64_t practitioners = 100'000;  // of the large register
  uint64_t clinics = 5'000;
  double seconds = 10;  // of each timed part

  // One for each size, so that measuring one does not cost another that took long to make.
  std::string LargeDirectory() const {
    return scratch + "/large-" + std::to_string(practitioners) + "-" + std::to_string(clinics);
  }
};

using Rows = absl::StatusOr<std::vector<Row>>;

// What a client's check of evidence costs beside its own signature checks.
Rows MeasureEvidence(const MeasureOptions& options);
// Submitting: processor time an event under 64 writers, and the latency of one writer.
Rows MeasureSubmit(const MeasureOptions& options);
// Verify over TLS beside a call that returns as many bytes and does nothing.
Rows MeasureVerify(const MeasureOptions& options);
// An audit of the whole log beside bare verifications, on all cores.
Rows MeasureAudit(const MeasureOptions& options);
// A large register: start, memory, disk, size of proofs.
Rows MeasureSize(const MeasureOptions& options);
// Answers over HTTP beside nginx serving files of the same size.
Rows MeasureHttp(const MeasureOptions& options);
// Latency over HTTP beside clients that never finish a header.
Rows MeasureSlowClients(const MeasureOptions& options);
// The page in a browser: its check of evidence, and a first visit.
Rows MeasureBrowser(const MeasureOptions& options);

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_MEASURES_H_
