// An event on its way in, checked as far as it can be without knowing its place in the log.
#ifndef BONAFIDE_STORAGE_REGISTER_SUBMISSION_H_
#define BONAFIDE_STORAGE_REGISTER_SUBMISSION_H_

#include <absl/status/statusor.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "certs/key.h"
#include "certs/sd_jwt.h"
#include "registry/event_schema.h"

namespace bonafide::storage {

// Finds the key `kid` of organisation `issuer`. What it returns need not be of the newest moment:
// a thumbprint names one key for ever, and whether it still stands is asked again when the event
// gets its place.
using KeyLookup = std::function<absl::StatusOr<certs::PublicKey>(registry::SubjectNumber issuer,
                                                                 const certs::KeyId& kid)>;

// A token whose form, disclosures and signature are right. The only way to make one is Check, so
// that the sequencer, which is one thread, verifies no signature. Move only.
class VerifiedSubmission {
 public:
  // Checks `sd_jwt` for the register `origin`: framing, closed schema, every slot disclosed, texts
  // in NFC, the signature. On any thread; this is the dear part of a write. Errors: those of
  // certs/sd_jwt.h, certs/jws.h and registry/event_schema.h; "vct" for a type this version does not
  // know; "text_normal_form"; "issuer_unknown" and "key_unknown" from `key_of`.
  static absl::StatusOr<VerifiedSubmission> Check(std::string_view sd_jwt, std::string_view origin,
                                                  const KeyLookup& key_of);

  const registry::Event& event() const { return token_.event; }
  // The slots with their values, in order.
  const std::vector<registry::OpenedSlot>& opened() const { return opened_; }
  // Their disclosures as given, in the same order.
  const std::vector<std::string>& disclosures() const { return disclosures_; }
  size_t size_bytes() const { return token_.jws.token.size() + disclosures_bytes_; }

 private:
  friend class BatchPlanner;
  explicit VerifiedSubmission(registry::Token token) : token_(std::move(token)) {}

  registry::Token token_;
  std::vector<registry::OpenedSlot> opened_;
  std::vector<std::string> disclosures_;
  size_t disclosures_bytes_ = 0;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_SUBMISSION_H_
