// Page tokens: where a list goes on, sealed so that only this server's own come back, and only with
// the question they were made for.
#ifndef BONAFIDE_SERVER_PAGE_TOKEN_H_
#define BONAFIDE_SERVER_PAGE_TOKEN_H_

#include <absl/status/statusor.h>

#include <string>
#include <string_view>
#include <utility>

namespace bonafide::server {

// Thread-safe. Its key lives as long as the process: after a restart a list begins anew.
class PageTokens {
 public:
  // `key`: 32 random bytes.
  explicit PageTokens(std::string key) : key_(std::move(key)) {}

  // The token that says "go on at `position`" to the question `query`, which is every parameter
  // that the list depends on, spelled without ambiguity.
  std::string Seal(std::string_view query, std::string_view position) const;
  // The position in `token`; "" for an empty one. Error: "page_token" for a token that this process
  // did not make for this question.
  absl::StatusOr<std::string> Open(std::string_view query, std::string_view token) const;

 private:
  std::string key_;
};

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_PAGE_TOKEN_H_
