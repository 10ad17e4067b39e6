// Checking what the register confirms: a receipt proves that the event stands in the log.
#ifndef BONAFIDE_CLIENT_RECEIPT_CHECK_H_
#define BONAFIDE_CLIENT_RECEIPT_CHECK_H_

#include <absl/status/statusor.h>

#include <string_view>

#include "client/remote.h"
#include "client/trust.h"
#include "merkle/checkpoint.h"
#include "registry/entry.h"

namespace bonafide::client {

struct CheckedReceipt {
  registry::EventEntry entry;
  merkle::OpenedCheckpoint head;
};

// Whether `receipt` proves that the log of this register holds `jwt`, or the same statement under
// another signature, at its index. Errors: "receipt_entry" (no event entry, another index),
// "receipt_token" (another statement), and those of merkle::OpenCheckpoint and VerifyInclusion.
absl::StatusOr<CheckedReceipt> CheckReceipt(const Trust& trust, const Receipt& receipt,
                                            std::string_view jwt);

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_RECEIPT_CHECK_H_
