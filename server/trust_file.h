// The trust file (docs/protocol.md, section 12) that readers of this register pin.
#ifndef BONAFIDE_SERVER_TRUST_FILE_H_
#define BONAFIDE_SERVER_TRUST_FILE_H_

#include <string>
#include <string_view>

#include "registry/evidence.h"

namespace bonafide::server {

// `policy_text`: of C2SP tlog-policy; "" asks for no cosigners.
std::string TrustFileText(const registry::TrustAnchors& anchors, std::string_view policy_text);

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_TRUST_FILE_H_
