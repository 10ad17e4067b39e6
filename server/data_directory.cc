#include "server/data_directory.h"

#include <algorithm>
#include <filesystem>
#include <thread>
#include <utility>

#include "certs/key_file.h"
#include "certs/random.h"
#include "certs/reason.h"
#include "merkle/hash.h"
#include "server/secret_file.h"
#include "storage/personal/opening.h"

namespace bonafide::server {
namespace {

absl::StatusOr<merkle::Policy> PolicyOf(const DataDirectoryOptions& options) {
  if (options.config.cosigner_policy.empty()) return merkle::Policy::None();
  const auto text = CosignerPolicyText(options);
  if (!text.ok()) return text.status();
  auto policy = merkle::Policy::Parse(*text);
  if (!policy.ok()) return Within(options.config.cosigner_policy, policy.status());
  return policy;
}

}  // namespace

std::string PathIn(const std::string& directory, const std::string& path) {
  return path.starts_with('/') ? path : directory + "/" + path;
}

absl::StatusOr<std::string> CosignerPolicyText(const DataDirectoryOptions& options) {
  if (options.config.cosigner_policy.empty()) return std::string();
  return ReadSmallFile(PathIn(options.directory, options.config.cosigner_policy));
}

absl::StatusOr<storage::RegisterOptions> RegisterOptionsOf(const DataDirectoryOptions& options,
                                                           const Log& log) {
  const Config& config = options.config;
  if (config.origin.empty()) {
    return NotAdmitted("origin_missing",
                       "the configuration does not say the origin of the register");
  }
  auto key = certs::ReadKeyFile(PathIn(options.directory, config.log_key));
  if (!key.ok()) return key.status();
  auto signer =
      certs::NoteSigner::Create(config.origin, certs::NoteKeyType::kEd25519,
                                std::make_shared<const certs::PrivateKey>(*std::move(key)));
  if (!signer.ok()) return signer.status();
  auto policy = PolicyOf(options);
  if (!policy.ok()) return policy.status();

  const auto write_log = [&log](const std::string& message) {
    log.Write(LogLevel::kWarn, "storage", {{"message", std::string_view(message)}});
  };
  storage::RegisterOptions out;
  out.database.directory = options.directory;
  out.database.block_cache_bytes = static_cast<uint64_t>(config.block_cache_bytes);
  out.database.free_floor_bytes = static_cast<uint64_t>(config.free_disk_bytes);
  out.database.free_bytes = options.free_bytes;
  out.database.sync_writes = options.sync_writes;
  out.database.log = write_log;
  out.log_signer = std::make_shared<const certs::NoteSigner>(*std::move(signer));
  out.cosigner_policy = *std::move(policy);
  out.queue_events = static_cast<size_t>(config.queued_events);
  out.heartbeat_ms = options.heartbeat ? config.heartbeat_s * 1000 : 0;
  out.accept_clock = options.accept_clock;
  out.open_threads = std::max(1u, std::thread::hardware_concurrency());
  out.log = write_log;
  return out;
}

absl::StatusOr<std::unique_ptr<DataDirectory>> DataDirectory::Open(
    const DataDirectoryOptions& options, const Log& log, const storage::Clock& clock) {
  auto register_options = RegisterOptionsOf(options, log);
  if (!register_options.ok()) return register_options.status();
  std::unique_ptr<DataDirectory> opened(new DataDirectory(options.directory, log));
  opened->log_key_ = register_options->log_signer->verifier();
  // Before any head is open: one that was would still read what an older copy brought back, and
  // nothing of what is built.
  if (absl::Status status = storage::PrepareOpening(register_options->database); !status.ok()) {
    return status;
  }
  opened->projection_ = std::make_shared<DeferredProjection>();
  register_options->projections = {opened->projection_};
  auto reg = storage::Register::Open(*register_options, clock);
  if (!reg.ok()) return reg.status();
  opened->register_ = *std::move(reg);
  if (absl::Status status = opened->OpenParts(); !status.ok()) return status;
  return opened;
}

absl::Status DataDirectory::OpenParts() {
  storage::Database& database = register_->database();
  auto secret = storage::IndexSecret::OpenFile(directory_ + "/" + storage::kIndexSecretFile,
                                               certs::SystemRandom());
  if (!secret.ok()) return secret.status();
  secret_ = *std::move(secret);
  auto ledger = storage::ErasureLedger::Open(directory_ + "/" + storage::kErasureLedgerFile);
  if (!ledger.ok()) return ledger.status();
  ledger_ = *std::move(ledger);
  auto papers = storage::PaperStore::Open(database);
  if (!papers.ok()) return papers.status();
  papers_ = *std::move(papers);
  auto access_records = storage::AccessRecords::Open(database);
  if (!access_records.ok()) return access_records.status();
  access_records_ = *std::move(access_records);
  names_.emplace(database, *secret_);
  duplicates_.emplace(*secret_);
  eraser_.emplace(database, *ledger_, *papers_, *names_);
  personal_.emplace(*papers_, *names_, *duplicates_, *eraser_, [this](const absl::Status& status) {
    const std::string message(status.message());
    log_.Write(LogLevel::kError, "erasure_waits", {{"message", std::string_view(message)}});
  });
  projection_->Set(&*personal_);

  const auto state = names_->State();
  if (!state.ok()) return state.status();
  if (*state != storage::NameIndexState::kReady) {
    log_.Write(LogLevel::kWarn, "name_index_stale",
               {{"message", "search by name does not answer until `bonafided reindex-names` ran"}});
  }
  return absl::OkStatus();
}

DataDirectory::~DataDirectory() {
  if (register_) register_->Close();
}

absl::StatusOr<registry::TrustAnchors> DataDirectory::OwnAnchors() const {
  const auto view = register_->Newest();
  if (!view.ok()) return view.status();
  const auto first = (*view)->ReadEntries(storage::LogIndex{0}, 1, 1);
  if (!first.ok()) return first.status();
  return registry::TrustAnchors{register_->origin(), *log_key_, merkle::LeafHash(first->front()),
                                merkle::Policy::None()};
}

absl::Status DataDirectory::BackUp(const std::string& directory) {
  if (absl::Status status = register_->BackUp(directory); !status.ok()) return status;
  // The ledger after the database: an erasure in between is then done again, never undone. The
  // secret with them: it hides nothing that the disclosures in the copy do not show, and without it
  // the index of names in the copy is worth nothing.
  for (const char* name :
       {storage::kErasureLedgerFile, storage::kIndexSecretFile, "bonafided.conf"}) {
    std::error_code error;
    const std::string from = directory_ + "/" + name;
    if (!std::filesystem::exists(from, error)) continue;
    std::filesystem::copy_file(from, directory + "/" + name, error);
    if (error) {
      return Refusal(absl::StatusCode::kUnavailable, "backup_copy",
                     "cannot copy " + from + ": " + error.message());
    }
  }
  return absl::OkStatus();
}

}  // namespace bonafide::server
