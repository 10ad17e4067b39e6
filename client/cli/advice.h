// What to do next about an error.
#ifndef BONAFIDE_CLIENT_CLI_ADVICE_H_
#define BONAFIDE_CLIENT_CLI_ADVICE_H_

#include <string_view>

namespace bonafide::client::cli {

// One sentence for the reason of an error; "" where its message says enough.
std::string_view AdviceFor(std::string_view reason);

}  // namespace bonafide::client::cli

#endif  // BONAFIDE_CLIENT_CLI_ADVICE_H_
