// No exception crosses a transport.
#ifndef BONAFIDE_SERVER_GUARDED_H_
#define BONAFIDE_SERVER_GUARDED_H_

#include <absl/status/status.h>

#include <exception>
#include <type_traits>

namespace bonafide::server {

// What `body` returns, an absl::Status or StatusOr; an exception becomes an error without a reason,
// which is internal.
template <typename Body>
std::invoke_result_t<Body> Guarded(Body&& body) {
  try {
    return body();
  } catch (const std::exception& e) {
    return absl::InternalError(e.what());
  } catch (...) {
    return absl::InternalError("an exception of an unknown type");
  }
}

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_GUARDED_H_
