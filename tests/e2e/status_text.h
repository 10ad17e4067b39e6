// Statuses as text, so that a failed expectation says why.
#ifndef BONAFIDE_TESTS_E2E_STATUS_TEXT_H_
#define BONAFIDE_TESTS_E2E_STATUS_TEXT_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <string>

#include "certs/reason.h"

namespace bonafide::e2e {

// "ok", or the reason and the message.
inline std::string Text(const absl::Status& status) {
  if (status.ok()) return "ok";
  return ReasonOf(status) + ": " + std::string(status.message());
}
template <typename T>
std::string Text(const absl::StatusOr<T>& value) {
  return Text(value.status());
}

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_STATUS_TEXT_H_
