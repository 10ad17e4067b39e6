#include "storage/register/register.h"

#include <filesystem>
#include <utility>

#include "certs/reason.h"
#include "storage/register/register_impl.h"

namespace bonafide::storage {

absl::Status Register::Init(const RegisterOptions& options, std::string_view genesis_sd_jwt,
                            const Clock& clock) {
  return InitRegister(options, genesis_sd_jwt, clock);
}

absl::StatusOr<std::unique_ptr<Register>> Register::Open(const RegisterOptions& options,
                                                         const Clock& clock) {
  auto impl = std::make_unique<Impl>(options, clock);
  if (absl::Status status = impl->Open(); !status.ok()) return status;
  return std::unique_ptr<Register>(new Register(std::move(impl)));
}

Register::Register(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Register::~Register() { impl_->Close(); }

const std::string& Register::origin() const { return impl_->origin(); }
RegisterStatus Register::status() const { return impl_->status(); }
RegisterCounters Register::counters() const { return impl_->counters(); }
absl::StatusOr<VerifiedSubmission> Register::Check(std::string_view sd_jwt) const {
  return impl_->Check(sd_jwt);
}
void Register::Submit(VerifiedSubmission submission, ReceiptCallback done) {
  impl_->Submit(std::move(submission), std::move(done));
}
absl::StatusOr<ViewPtr> Register::Newest() const { return impl_->Newest(); }
absl::StatusOr<ViewPtr> Register::Cosigned() const { return impl_->Cosigned(); }
absl::StatusOr<ViewPtr> Register::ToCosign() const { return impl_->ToCosign(); }
absl::StatusOr<std::string> Register::AddCosignature(std::string_view note) {
  return impl_->AddCosignature(note);
}
void Register::AcceptClock() { impl_->AcceptClock(); }
absl::Status Register::BackUp(const std::string& directory) { return impl_->BackUp(directory); }
Database& Register::database() { return impl_->database(); }
void Register::Close() { impl_->Close(); }

}  // namespace bonafide::storage
