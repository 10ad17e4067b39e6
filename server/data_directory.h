// A data directory, opened: the register and what is kept beside it.
//
//   bonafided.conf   the configuration
//   db, high-water, lock   storage/register/register.h
//   erased           the digests of what was erased (storage/personal/erasure_ledger.h)
//   index-secret     the key of the local indexes (storage/database/index_secret.h)
//   keys/log.key     signs the heads; keep a copy elsewhere
//   tls/             the certificate, and of a development register its authority
#ifndef BONAFIDE_SERVER_DATA_DIRECTORY_H_
#define BONAFIDE_SERVER_DATA_DIRECTORY_H_

#include <absl/status/statusor.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "registry/evidence.h"
#include "server/config.h"
#include "server/deferred_projection.h"
#include "server/log.h"
#include "storage/database/index_secret.h"
#include "storage/names/name_index.h"
#include "storage/papers/access_record.h"
#include "storage/papers/paper_store.h"
#include "storage/personal/duplicate_hint.h"
#include "storage/personal/erasure.h"
#include "storage/personal/erasure_ledger.h"
#include "storage/personal/personal_projection.h"
#include "storage/register/clock.h"
#include "storage/register/register.h"

namespace bonafide::server {

// `path` itself when it is absolute, else below `directory`.
std::string PathIn(const std::string& directory, const std::string& path);

struct DataDirectoryOptions {
  std::string directory;
  Config config;
  bool accept_clock = false;  // as RegisterOptions::accept_clock
  bool heartbeat = true;      // false: no head is signed without an event
  bool sync_writes = true;    // false only for what may be lost: generators, measurements
  // As DatabaseOptions::free_bytes.
  std::function<uint64_t(const std::string& directory)> free_bytes;
};

// What Register::Init and Register::Open need, from the configuration: the log key, the policy on
// cosigners, the limits. Errors: "origin_missing", those of certs/key_file.h and merkle/policy.h.
absl::StatusOr<storage::RegisterOptions> RegisterOptionsOf(const DataDirectoryOptions& options,
                                                           const Log& log);

// The text of the register's own policy on cosigners; "" asks for none. Error: that of reading it.
absl::StatusOr<std::string> CosignerPolicyText(const DataDirectoryOptions& options);

// Thread-safe.
class DataDirectory {
 public:
  // Opens everything, and erases again what an older copy may have brought back. `log` and `clock`
  // must outlive it. Errors: those of RegisterOptionsOf and of what is opened.
  static absl::StatusOr<std::unique_ptr<DataDirectory>> Open(const DataDirectoryOptions& options,
                                                             const Log& log,
                                                             const storage::Clock& clock);
  // Closes the register first: what was taken is finished.
  ~DataDirectory();
  DataDirectory(const DataDirectory&) = delete;
  DataDirectory& operator=(const DataDirectory&) = delete;

  const std::string& directory() const { return directory_; }
  storage::Register& reg() { return *register_; }
  storage::PaperStore& papers() { return *papers_; }
  storage::AccessRecords& access_records() { return *access_records_; }
  const storage::NameIndex& names() const { return *names_; }
  const storage::DuplicateHints& duplicates() const { return *duplicates_; }
  storage::Eraser& eraser() { return *eraser_; }

  // With which the register's own evidence verifies. Error: those of reading.
  absl::StatusOr<registry::TrustAnchors> OwnAnchors() const;

  // A consistent copy in `directory`, which must be empty or missing: all but keys. Writes may go
  // on meanwhile. Errors: those of Register::BackUp; "backup_copy".
  absl::Status BackUp(const std::string& directory);

 private:
  DataDirectory(std::string directory, const Log& log)
      : directory_(std::move(directory)), log_(log) {}
  absl::Status OpenParts();

  const std::string directory_;
  const Log& log_;
  std::optional<certs::NoteVerifier> log_key_;

  // Destroyed in the reverse order, after the register has been closed.
  std::shared_ptr<DeferredProjection> projection_;
  std::unique_ptr<storage::Register> register_;
  std::optional<storage::IndexSecret> secret_;
  std::unique_ptr<storage::ErasureLedger> ledger_;
  std::unique_ptr<storage::PaperStore> papers_;
  std::unique_ptr<storage::AccessRecords> access_records_;
  std::optional<storage::NameIndex> names_;
  std::optional<storage::DuplicateHints> duplicates_;
  std::optional<storage::Eraser> eraser_;
  std::optional<storage::PersonalProjection> personal_;
};

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_DATA_DIRECTORY_H_
