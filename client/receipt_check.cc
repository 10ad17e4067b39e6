#include "client/receipt_check.h"

#include <string>

#include "certs/reason.h"
#include "merkle/hash.h"
#include "merkle/proof.h"

namespace bonafide::client {
namespace {

// What was signed: everything before the last dot. The register may hold the first of several
// signatures over the same statement.
std::string_view SigningInput(std::string_view jwt) { return jwt.substr(0, jwt.rfind('.')); }

}  // namespace

absl::StatusOr<CheckedReceipt> CheckReceipt(const Trust& trust, const Receipt& receipt,
                                            std::string_view jwt) {
  auto head = merkle::OpenCheckpoint(receipt.checkpoint, trust.anchors.log_key);
  if (!head.ok()) return Within("receipt", head.status());
  auto entry = registry::ParseEventEntry(receipt.entry);
  if (!entry.ok()) {
    return Malformed("receipt_entry", "receipt: " + std::string(entry.status().message()));
  }
  if (entry->index.value != receipt.index) {
    return Malformed("receipt_entry", "receipt: the entry stands at another index");
  }
  if (SigningInput(entry->token) != SigningInput(jwt)) {
    return Malformed("receipt_token", "receipt: the entry holds another event than was sent");
  }
  const auto proof = merkle::ParseProof(receipt.inclusion);
  if (!proof.ok()) return Within("receipt", proof.status());
  if (absl::Status status =
          merkle::VerifyInclusion(entry->index, head->checkpoint.size,
                                  merkle::LeafHash(receipt.entry), *proof, head->checkpoint.root);
      !status.ok()) {
    return Within("receipt", status);
  }
  return CheckedReceipt{*std::move(entry), *std::move(head)};
}

}  // namespace bonafide::client
