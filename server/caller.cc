#include "server/caller.h"

#include <string>

#include "certs/reason.h"
#include "registry/request_token.h"

namespace bonafide::server {
namespace {

constexpr std::string_view kScheme = "Bearer ";

absl::StatusOr<Caller> Check(const storage::Register& reg, const storage::Clock& clock,
                             std::string_view authorization, const MethodRule& method) {
  if (!authorization.starts_with(kScheme)) {
    return Malformed("token_bearer", "the authorization header does not begin with \"Bearer \"");
  }
  auto token = registry::ParseRequestToken(authorization.substr(kScheme.size()), reg.origin());
  if (!token.ok()) return token.status();
  const auto view = reg.Newest();
  if (!view.ok()) return view.status();
  const registry::SubjectNumber issuer = token->request.issuer;
  const auto key = (*view)->StandingKey(issuer, *token->jws.kid);
  if (!key.ok()) return key.status();
  const auto paper = method.about_paper ? token->request.paper : std::nullopt;
  if (absl::Status verified =
          registry::VerifyRequestToken(*token, *key, method.name, paper, clock.NowMs() / 1000);
      !verified.ok()) {
    return verified;
  }
  const auto subject = (*view)->FindSubject(issuer);
  if (!subject.ok()) return subject.status();
  const auto kind = (*subject)->organisation_kind();
  if (!kind) return NotAdmitted("issuer_unknown", "the issuer is no organisation");
  return Caller{Caller::Organisation{issuer, *kind}, paper};
}

}  // namespace

CallerCheck RequestTokenCheck(const storage::Register& reg, const storage::Clock& clock) {
  return [&reg, &clock](std::string_view authorization,
                        const MethodRule& method) -> absl::StatusOr<Caller> {
    auto caller = Check(reg, clock, authorization, method);
    if (caller.ok()) return caller;
    const absl::Status& status = caller.status();
    // What the register cannot do at the moment is not the caller's fault.
    if (status.code() != absl::StatusCode::kInvalidArgument &&
        status.code() != absl::StatusCode::kFailedPrecondition &&
        status.code() != absl::StatusCode::kNotFound) {
      return status;
    }
    return Refusal(absl::StatusCode::kUnauthenticated, ReasonOf(status),
                   std::string(status.message().data(), status.message().size()));
  };
}

}  // namespace bonafide::server
