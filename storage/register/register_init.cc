// Making a register.
#include <filesystem>

#include "certs/reason.h"
#include "storage/database/disk_error.h"
#include "storage/log/database_log_store.h"
#include "storage/register/register_impl.h"

namespace bonafide::storage {
namespace {

namespace fs = std::filesystem;

absl::Status CheckEmpty(const std::string& directory) {
  std::error_code error;
  for (const char* name : {"db", "high-water"}) {
    if (!fs::exists(directory + "/" + name, error)) continue;
    return Refusal(absl::StatusCode::kAlreadyExists, "already_a_register",
                   directory + " holds a register, or what is left of making one");
  }
  fs::create_directories(directory, error);
  return error ? DiskError("cannot make " + directory, error.value()) : absl::OkStatus();
}

absl::Status CheckGenesis(const VerifiedSubmission& submission, const certs::NoteVerifier& log) {
  const auto* genesis = submission.event().As<registry::Genesis>();
  if (genesis == nullptr) return Malformed("genesis", "entry 0 has to be a genesis");
  if (genesis->origin != log.name() || genesis->log_key != log.ToVkey()) {
    return Malformed("genesis", "the genesis names another origin or log key than the signer's");
  }
  return absl::OkStatus();
}

absl::Status WriteMeta(Database& database, const certs::NoteVerifier& log) {
  WriteBatch batch;
  batch.Put(Family::kMeta, kMetaVersion, U64Value(kStoreVersion));
  batch.Put(Family::kMeta, kMetaOrigin, log.name());
  batch.Put(Family::kMeta, kMetaLogKey, log.ToVkey());
  return database.Write(std::move(batch));
}

// Makes the database with entry 0 and its state entry; `note` receives their signed head.
absl::Status LogGenesis(const RegisterOptions& options, VerifiedSubmission genesis,
                        const Clock& clock, std::string& note) {
  DatabaseOptions database_options = options.database;
  database_options.create = true;
  auto database = Database::Open(database_options);
  if (!database.ok()) return database.status();
  absl::Status status = WriteMeta(**database, options.log_signer->verifier());
  if (!status.ok()) return status;

  HeadSigner signer(options.log_signer);
  Committer::Parts parts;
  parts.state = RegisterState::Empty(**database, options.log_signer->verifier().name());
  parts.log = std::make_unique<DatabaseLogStore>(**database);
  parts.signer = &signer;
  parts.projections = options.projections;
  const auto epoch = parts.log->BeginEpoch();
  if (!epoch.ok()) return epoch.status();
  parts.epoch = *epoch;
  Committer committer(std::move(parts));
  std::vector<VerifiedSubmission> batch;
  batch.push_back(std::move(genesis));
  const CommitResult result = committer.Commit(std::move(batch), clock.NowMs(), false);
  if (!result.status.ok()) return result.status;
  note = committer.note();
  return result.receipts.front().status();
}

}  // namespace

absl::Status InitRegister(const RegisterOptions& options, std::string_view genesis_sd_jwt,
                          const Clock& clock) {
  const certs::NoteVerifier& log_key = options.log_signer->verifier();
  auto submission = VerifiedSubmission::Check(
      genesis_sd_jwt, log_key.name(),
      [](registry::SubjectNumber, const certs::KeyId&) -> absl::StatusOr<certs::PublicKey> {
        return Malformed("genesis", "entry 0 has to be a genesis");
      });
  if (!submission.ok()) return submission.status();
  absl::Status status = CheckGenesis(*submission, log_key);
  if (status.ok()) status = CheckEmpty(options.database.directory);
  if (!status.ok()) return status;

  std::string note;
  status = LogGenesis(options, *std::move(submission), clock, note);
  // The mark comes last: before it is there, nothing was signed for anybody.
  if (status.ok()) {
    status = HighWater::Create(options.database.directory + "/high-water", note).status();
  }
  if (!status.ok()) {
    std::error_code ignored;
    for (const char* name : {"db", "high-water", "lock"}) {
      fs::remove_all(options.database.directory + "/" + name, ignored);
    }
  }
  return status;
}

}  // namespace bonafide::storage
