// What to do next about an error.
#ifndef BONAFIDE_CLIENT_CLI_ADVICE_H_
#define BONAFIDE_CLIENT_CLI_ADVICE_H_

#include <absl/status/status.h>

#include <string_view>

namespace bonafide::client::cli {

// One sentence for an error, by its reason; "" where its message says enough.
std::string_view AdviceFor(const absl::Status& status);

}  // namespace bonafide::client::cli

#endif  // BONAFIDE_CLIENT_CLI_ADVICE_H_
