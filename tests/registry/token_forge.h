// Tokens as no honest issuer makes them: any header, any payload, a right signature.
#ifndef BONAFIDE_TESTS_REGISTRY_TOKEN_FORGE_H_
#define BONAFIDE_TESTS_REGISTRY_TOKEN_FORGE_H_

#include <string>
#include <string_view>

#include "certs/json.h"
#include "certs/key.h"
#include "certs/random.h"
#include "certs/sd_jwt.h"

namespace bonafide::registry {

// The header an honest issuer writes for `signer`.
certs::Json HeaderFor(const certs::Signer& signer, std::string_view typ = "dc+sd-jwt");

// `header` and the bytes of `payload`, signed by `signer`, whatever they say.
std::string ForgeToken(const certs::Json& header, std::string_view payload,
                       const certs::Signer& signer);
std::string ForgeToken(const certs::Json& header, const certs::Json& payload,
                       const certs::Signer& signer);
// The same under the honest header.
std::string ForgeToken(const certs::Json& payload, const certs::Signer& signer);

// The payload of `jwt`, to be edited and forged again. Precondition: `jwt` is a token.
certs::Json PayloadOf(std::string_view jwt);

// `object` with member `path` ("issuer.name", "sections.0.currency") set to `value`, added at the
// end where it is new; or without it. Precondition: all but the last step of `path` exists.
certs::Json With(const certs::Json& object, std::string_view path, const certs::Json& value);
certs::Json Without(const certs::Json& object, std::string_view path);

// A disclosure with any JSON text inside ("[\"salt\", 1]").
certs::Disclosure ForgeDisclosure(std::string_view json_text);

}  // namespace bonafide::registry

#endif  // BONAFIDE_TESTS_REGISTRY_TOKEN_FORGE_H_
