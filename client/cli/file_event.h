// The part that all filing commands have in common.
#ifndef BONAFIDE_CLIENT_CLI_FILE_EVENT_H_
#define BONAFIDE_CLIENT_CLI_FILE_EVENT_H_

#include <absl/status/status.h>

#include <string>
#include <string_view>
#include <vector>

#include "client/cli/claims.h"
#include "client/cli/session.h"

namespace bonafide::client::cli {

// Uploads the files at `paths` and sets `personal.<slot>` of `claims` to them. Nothing for no
// paths.
absl::Status AttachPapers(Session& session, Claims& claims, std::string_view slot,
                          const std::vector<std::string>& paths);
// The same for a slot that holds one paper; nothing for an empty path.
absl::Status AttachPaper(Session& session, Claims& claims, std::string_view slot,
                         const std::string& path);

// Files an event of `type` about the subject with the registration number `number`, or a creation
// where that is empty; prints its receipt. Returns the exit code. With --quiet it prints the
// registration number of a creation, and the identity of any other event.
int FileEvent(Session& session, std::string_view type, const Claims& claims,
              const std::string& number);

// The receipt as JSON, also for commands that file many events.
certs::Json FiledJson(const Filed& filed);

}  // namespace bonafide::client::cli

#endif  // BONAFIDE_CLIENT_CLI_FILE_EVENT_H_
