// Who makes a call, as far as it has been proven.
#ifndef BONAFIDE_SERVER_CALLER_H_
#define BONAFIDE_SERVER_CALLER_H_

#include <absl/status/statusor.h>

#include <functional>
#include <optional>
#include <string_view>

#include "certs/digest.h"
#include "registry/event.h"
#include "server/method_table.h"
#include "storage/history/audience.h"
#include "storage/register/clock.h"
#include "storage/register/register.h"

namespace bonafide::server {

// An organisation that has shown a key which stands at the newest head, or anyone.
struct Caller {
  struct Organisation {
    registry::SubjectNumber number;
    registry::OrganisationKind kind = registry::OrganisationKind::kClinic;
  };
  std::optional<Organisation> organisation;
  std::optional<Digest> paper;  // `digest` of the request token

  storage::Audience audience() const {
    if (!organisation) return {};
    return storage::Audience(organisation->number, organisation->kind);
  }
};

// Proves who sent `authorization` (the header of that name, not empty) to a method. Error:
// kUnauthenticated, with "token_bearer" or the reasons of registry/request_token.h and
// storage::View::StandingKey.
using CallerCheck =
    std::function<absl::StatusOr<Caller>(std::string_view authorization, const MethodRule& method)>;

// The check of request tokens (docs/protocol.md, section 13) against the newest head. `reg` and
// `clock` must outlive it. Thread-safe.
CallerCheck RequestTokenCheck(const storage::Register& reg, const storage::Clock& clock);

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_CALLER_H_
