#include "certs/tls.h"

#include <arpa/inet.h>
#include <openssl/pem.h>

#include <string_view>

#include "certs/key.h"
#include "certs/openssl_ptr.h"
#include "certs/reason.h"

namespace bonafide::certs {
namespace {

constexpr size_t kMaxCommonNameSizeBytes = 64;  // RFC 5280, ub-common-name
constexpr size_t kSerialSizeBytes = 16;

absl::Status BadRequest(std::string_view what) {
  return Malformed("tls_request", "certificate: " + std::string(what));
}

absl::Status Failed() {
  return Refusal(absl::StatusCode::kInternal, "tls_failed", "OpenSSL did not make a certificate");
}

bool IsDnsName(std::string_view name) {
  if (name.empty() || name.size() > 253 || name.front() == '.' || name.back() == '.') return false;
  for (char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!letter && c != '-' && c != '.') return false;
  }
  return name.find("..") == name.npos;
}

bool IsIpAddress(const std::string& text) {
  unsigned char bytes[16];
  return inet_pton(AF_INET, text.c_str(), bytes) == 1 ||
         inet_pton(AF_INET6, text.c_str(), bytes) == 1;
}

absl::Status CheckNameAndValidity(const std::string& common_name, const TlsValidity& validity) {
  if (common_name.empty() || common_name.size() > kMaxCommonNameSizeBytes) {
    return BadRequest("the name must have 1 to 64 bytes");
  }
  if (validity.not_before_s > validity.not_after_s) return BadRequest("valid to before valid from");
  return absl::OkStatus();
}

PkeyPtr ReadKey(std::string_view pem) {
  BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return PkeyPtr(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

X509Ptr ReadCertificate(std::string_view pem) {
  BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return X509Ptr(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

bool SetSerial(X509* certificate) {
  std::string bytes = RandomBytes(SystemRandom(), kSerialSizeBytes);
  // Positive and not zero (RFC 5280 section 4.1.2.2).
  bytes[0] = static_cast<char>((bytes[0] & 0x3f) | 0x40);
  BnPtr number(BN_bin2bn(Octets(bytes.data()), static_cast<int>(bytes.size()), nullptr));
  return number != nullptr &&
         BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool AddExtension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX ctx;
  X509V3_set_ctx_nodb(&ctx);
  X509V3_set_ctx(&ctx, issuer, certificate, nullptr, nullptr, 0);
  X509ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &ctx, nid, value.c_str()));
  return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

// A version 3 certificate for `key`, not yet signed.
X509Ptr Draft(EVP_PKEY* key, const std::string& common_name, const TlsValidity& validity) {
  X509Ptr certificate(X509_new());
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  const bool ok =
      X509_set_version(certificate.get(), X509_VERSION_3) == 1 && SetSerial(certificate.get()) &&
      ASN1_TIME_set(X509_getm_notBefore(certificate.get()), validity.not_before_s) != nullptr &&
      ASN1_TIME_set(X509_getm_notAfter(certificate.get()), validity.not_after_s) != nullptr &&
      X509_set_pubkey(certificate.get(), key) == 1 &&
      X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, Octets(common_name.data()),
                                 static_cast<int>(common_name.size()), -1, 0) == 1;
  return ok ? std::move(certificate) : nullptr;
}

absl::StatusOr<TlsIdentity> Sign(X509* certificate, EVP_PKEY* with, const PrivateKey& key) {
  BioPtr bio(BIO_new(BIO_s_mem()));
  if (X509_sign(certificate, with, EVP_sha256()) == 0 ||
      PEM_write_bio_X509(bio.get(), certificate) != 1) {
    return Failed();
  }
  const char* data = nullptr;
  const long size_bytes = BIO_get_mem_data(bio.get(), &data);
  return TlsIdentity{std::string(data, static_cast<size_t>(size_bytes)), key.ToPem()};
}

absl::StatusOr<std::string> AlternativeNames(const TlsRequest& request) {
  std::string names;
  for (const std::string& name : request.dns_names) {
    if (!IsDnsName(name)) return BadRequest("a DNS name is malformed; write it in lower case");
    names += (names.empty() ? "DNS:" : ",DNS:") + name;
  }
  for (const std::string& address : request.ip_addresses) {
    if (!IsIpAddress(address)) return BadRequest("an IP address is malformed");
    names += (names.empty() ? "IP:" : ",IP:") + address;
  }
  if (names.empty() && request.purpose == TlsPurpose::kServer) {
    return BadRequest("a server needs a DNS name or an IP address");
  }
  return names;
}

}  // namespace

absl::StatusOr<TlsIdentity> MakeDevelopmentCa(const std::string& common_name,
                                              const TlsValidity& validity) {
  if (absl::Status status = CheckNameAndValidity(common_name, validity); !status.ok()) {
    return status;
  }
  const OpensslErrorScope errors;
  const PrivateKey key = PrivateKey::Generate(Algorithm::kEs256);
  std::string pem = key.ToPem();
  PkeyPtr pkey = ReadKey(pem);
  Wipe(pem);
  X509Ptr draft = Draft(pkey.get(), common_name, validity);
  X509* certificate = draft.get();
  if (certificate == nullptr ||
      X509_set_issuer_name(certificate, X509_get_subject_name(certificate)) != 1 ||
      !AddExtension(certificate, certificate, NID_basic_constraints,
                    "critical,CA:TRUE,pathlen:0") ||
      !AddExtension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign") ||
      !AddExtension(certificate, certificate, NID_subject_key_identifier, "hash")) {
    return Failed();
  }
  return Sign(certificate, pkey.get(), key);
}

absl::StatusOr<TlsIdentity> IssueTlsCertificate(const TlsIdentity& ca, const TlsRequest& request) {
  absl::Status status = CheckNameAndValidity(request.common_name, request.validity);
  if (!status.ok()) return status;
  const auto names = AlternativeNames(request);
  if (!names.ok()) return names.status();
  const OpensslErrorScope errors;
  X509Ptr issuer = ReadCertificate(ca.certificate_pem);
  PkeyPtr issuer_key = ReadKey(ca.private_key_pem);
  if (issuer == nullptr || issuer_key == nullptr ||
      X509_check_private_key(issuer.get(), issuer_key.get()) != 1) {
    return Malformed("tls_ca", "certificate: the authority is not a certificate and its key");
  }
  const PrivateKey key = PrivateKey::Generate(Algorithm::kEs256);
  std::string pem = key.ToPem();
  PkeyPtr pkey = ReadKey(pem);
  Wipe(pem);
  X509Ptr draft = Draft(pkey.get(), request.common_name, request.validity);
  X509* certificate = draft.get();
  const bool is_server = request.purpose == TlsPurpose::kServer;
  if (certificate == nullptr ||
      X509_set_issuer_name(certificate, X509_get_subject_name(issuer.get())) != 1 ||
      !AddExtension(certificate, issuer.get(), NID_basic_constraints, "critical,CA:FALSE") ||
      !AddExtension(certificate, issuer.get(), NID_key_usage, "critical,digitalSignature") ||
      !AddExtension(certificate, issuer.get(), NID_ext_key_usage,
                    is_server ? "serverAuth" : "clientAuth") ||
      !AddExtension(certificate, issuer.get(), NID_subject_key_identifier, "hash") ||
      !AddExtension(certificate, issuer.get(), NID_authority_key_identifier, "keyid:always") ||
      (!names->empty() && !AddExtension(certificate, issuer.get(), NID_subject_alt_name, *names))) {
    return Failed();
  }
  return Sign(certificate, issuer_key.get(), key);
}

absl::Status CheckTlsIdentity(const TlsIdentity& identity) {
  const OpensslErrorScope errors;
  const X509Ptr certificate = ReadCertificate(identity.certificate_pem);
  if (certificate == nullptr) return NotAdmitted("tls_pair", "this is no certificate in PEM");
  const PkeyPtr key = ReadKey(identity.private_key_pem);
  if (key == nullptr) return NotAdmitted("tls_pair", "this is no private key in PEM");
  if (X509_check_private_key(certificate.get(), key.get()) == 1) return absl::OkStatus();
  return NotAdmitted("tls_pair", "the key is not that of the certificate");
}

}  // namespace bonafide::certs
