#include "server/trust_file.h"

#include "certs/json.h"

namespace bonafide::server {

using certs::Json;

std::string TrustFileText(const registry::TrustAnchors& anchors, std::string_view policy_text) {
  return certs::WriteIndentedJson(Json::Object({{"version", Json::Integer(1)},
                                                {"origin", Json::String(anchors.origin)},
                                                {"log_key", Json::String(anchors.log_key.ToVkey())},
                                                {"genesis", Json::String(anchors.genesis.Hex())},
                                                {"policy", Json::String(policy_text)},
                                                {"max_age_s", Json::Integer(anchors.max_age_s)}})) +
         "\n";
}

}  // namespace bonafide::server
