// Certificates for TLS (X.509, RFC 5280) on P-256: a development authority and what it issues.
// Authority in the register comes from signed events, never from these.
#ifndef BONAFIDE_CERTS_TLS_H_
#define BONAFIDE_CERTS_TLS_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace bonafide::certs {

// Seconds since 1970-01-01 UTC, both ends inclusive.
struct TlsValidity {
  int64_t not_before_s = 0;
  int64_t not_after_s = 0;
};

struct TlsIdentity {
  std::string certificate_pem;
  std::string private_key_pem;  // PKCS#8, unencrypted; secret
};

enum class TlsPurpose { kServer, kClient };

struct TlsRequest {
  TlsPurpose purpose = TlsPurpose::kServer;
  std::string common_name;
  std::vector<std::string> dns_names;     // subjectAltName; what clients compare with
  std::vector<std::string> ip_addresses;  // IPv4 or IPv6 in text form
  TlsValidity validity;
};

// A self-signed authority (CA:TRUE, path length 0, keyCertSign and cRLSign). Error: "tls_request"
// when the name is empty or longer than 64 bytes, or the validity is not a range.
absl::StatusOr<TlsIdentity> MakeDevelopmentCa(const std::string& common_name,
                                              const TlsValidity& validity);

// A certificate signed by `ca`, with a new key and a random serial number. Errors: "tls_request" as
// above, also for a malformed DNS name or IP address and for a server without either; "tls_ca" when
// `ca` is not the PEM of a certificate and its key.
absl::StatusOr<TlsIdentity> IssueTlsCertificate(const TlsIdentity& ca, const TlsRequest& request);

// Whether `identity` is a certificate, or a chain that begins with it, and that certificate's key,
// both in PEM. Error: "tls_pair" (kFailedPrecondition).
absl::Status CheckTlsIdentity(const TlsIdentity& identity);

}  // namespace bonafide::certs

#endif  // BONAFIDE_CERTS_TLS_H_
