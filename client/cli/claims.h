// The claims of an event, put together from a JSON file and options.
#ifndef BONAFIDE_CLIENT_CLI_CLAIMS_H_
#define BONAFIDE_CLIENT_CLI_CLAIMS_H_

#include <absl/status/status.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "certs/json.h"

namespace bonafide::client::cli {

// Options override what the file says. What is put in is checked by the schema of the event
// (client/event_claims.h), not here.
class Claims {
 public:
  // Takes over the members of the JSON object in `path`, where that is not empty. Errors: those of
  // ReadFile and ParseJson, "claims_file" (no object).
  absl::Status Load(const std::string& path);

  // `path` is a member, or a member of a member: "issuer.name".
  void Set(std::string_view path, certs::Json value);
  // Nothing where there is no value; the empty text and the empty list are none.
  void SetText(std::string_view path, const std::string& text);
  void SetInteger(std::string_view path, const std::optional<int64_t>& value);
  void SetTexts(std::string_view path, const std::vector<std::string>& texts);
  // A registration number, as the claim has it. Error: as ParseNumber, about `option`.
  absl::Status SetNumber(std::string_view path, std::string_view option, const std::string& text);

  certs::Json Build() const { return certs::Json::Object(members_); }

 private:
  certs::Json::Members members_;
};

}  // namespace bonafide::client::cli

#endif  // BONAFIDE_CLIENT_CLI_CLAIMS_H_
