// Every method of the API: who may call it, and which limits it counts against. A method that is
// not here is refused.
#ifndef BONAFIDE_SERVER_METHOD_TABLE_H_
#define BONAFIDE_SERVER_METHOD_TABLE_H_

#include <cstddef>
#include <span>
#include <string_view>

namespace bonafide::server {

enum class Access {
  kAnyone,
  kOrganisation,  // a request token (docs/protocol.md, section 13) is needed
};

// What a call costs, and so which deadline, which number at once and which rate apply.
enum class CallClass { kRead, kSearch, kSubmit, kTransfer };
inline constexpr size_t kCallClassCount = 4;

struct MethodRule {
  std::string_view name;  // "/bonafide.v1.LookupService/Verify"; "/http/Tile": over HTTP only
  Access access;
  CallClass call_class;
  bool about_paper = false;  // its request token names the paper
};

// All rules; the position of one is its number in metrics.
std::span<const MethodRule> MethodRules();

// The rule of the method with that full name; nullptr when there is none.
const MethodRule* FindMethodRule(std::string_view name);

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_METHOD_TABLE_H_
