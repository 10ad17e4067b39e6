#include "certs/tls.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "certs/key.h"
#include "certs/openssl_ptr.h"
#include "certs/reason.h"

namespace bonafide::certs {
namespace {

constexpr int64_t kDay = 86'400;
constexpr int64_t kNow = 1'780'000'000;
constexpr TlsValidity kValidity = {kNow, kNow + 90 * kDay};

using StorePtr = OpensslPtr<X509_STORE, X509_STORE_free>;
using StoreCtxPtr = OpensslPtr<X509_STORE_CTX, X509_STORE_CTX_free>;

const TlsIdentity& Ca() {
  static const TlsIdentity ca =
      *MakeDevelopmentCa("bonafide development", {kNow - kDay, kNow + 3650 * kDay});
  return ca;
}

TlsRequest ServerRequest() {
  return {.purpose = TlsPurpose::kServer,
          .common_name = "register.example",
          .dns_names = {"register.example", "localhost"},
          .ip_addresses = {"127.0.0.1", "::1"},
          .validity = kValidity};
}

X509Ptr Read(const std::string& pem) {
  BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return X509Ptr(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

// OpenSSL's judgement of `pem` under the authority `ca_pem` at `time_s`, for `purpose`.
int Judge(const std::string& pem, const std::string& ca_pem, int64_t time_s, int purpose) {
  X509Ptr certificate = Read(pem);
  X509Ptr authority = Read(ca_pem);
  StorePtr store(X509_STORE_new());
  X509_STORE_add_cert(store.get(), authority.get());
  StoreCtxPtr ctx(X509_STORE_CTX_new());
  X509_STORE_CTX_init(ctx.get(), store.get(), certificate.get(), nullptr);
  X509_STORE_CTX_set_time(ctx.get(), 0, time_s);
  X509_STORE_CTX_set_purpose(ctx.get(), purpose);
  X509_verify_cert(ctx.get());
  return X509_STORE_CTX_get_error(ctx.get());
}

TEST(TlsTest, ServerCertificateIsAccepted) {
  const auto server = IssueTlsCertificate(Ca(), ServerRequest());
  ASSERT_TRUE(server.ok()) << server.status();
  const std::string& pem = server->certificate_pem;
  const std::string& ca = Ca().certificate_pem;
  EXPECT_EQ(Judge(pem, ca, kNow + 1, X509_PURPOSE_SSL_SERVER), X509_V_OK);
  EXPECT_EQ(Judge(pem, ca, kNow + 1, X509_PURPOSE_SSL_CLIENT), X509_V_ERR_INVALID_PURPOSE);
  EXPECT_EQ(Judge(pem, ca, kNow - 10, X509_PURPOSE_SSL_SERVER), X509_V_ERR_CERT_NOT_YET_VALID);
  EXPECT_EQ(Judge(pem, ca, kNow + 91 * kDay, X509_PURPOSE_SSL_SERVER), X509_V_ERR_CERT_HAS_EXPIRED);
  X509Ptr certificate = Read(pem);
  EXPECT_EQ(X509_check_host(certificate.get(), "localhost", 0, 0, nullptr), 1);
  EXPECT_EQ(X509_check_host(certificate.get(), "other.example", 0, 0, nullptr), 0);
  EXPECT_EQ(X509_check_ip_asc(certificate.get(), "127.0.0.1", 0), 1);
  EXPECT_EQ(X509_check_ip_asc(certificate.get(), "::1", 0), 1);
  EXPECT_EQ(X509_check_ip_asc(certificate.get(), "127.0.0.2", 0), 0);
  EXPECT_EQ(X509_get_extension_flags(certificate.get()) & EXFLAG_CA, 0u);
  EXPECT_EQ(X509_check_ca(certificate.get()), 0);
  X509Ptr authority = Read(ca);
  EXPECT_EQ(X509_check_ca(authority.get()), 1);
  EXPECT_EQ(X509_get_pathlen(authority.get()), 0);
}

TEST(TlsTest, ClientCertificateIsAcceptedAsSuch) {
  TlsRequest request = {.purpose = TlsPurpose::kClient,
                        .common_name = "a client",
                        .dns_names = {},
                        .ip_addresses = {},
                        .validity = kValidity};
  const auto client = IssueTlsCertificate(Ca(), request);
  ASSERT_TRUE(client.ok()) << client.status();
  const std::string& pem = client->certificate_pem;
  EXPECT_EQ(Judge(pem, Ca().certificate_pem, kNow + 1, X509_PURPOSE_SSL_CLIENT), X509_V_OK);
  EXPECT_EQ(Judge(pem, Ca().certificate_pem, kNow + 1, X509_PURPOSE_SSL_SERVER),
            X509_V_ERR_INVALID_PURPOSE);
}

TEST(TlsTest, AnotherAuthorityIsNoAuthority) {
  const auto other = MakeDevelopmentCa("bonafide development", kValidity);
  const auto server = IssueTlsCertificate(*other, ServerRequest());
  EXPECT_NE(Judge(server->certificate_pem, Ca().certificate_pem, kNow + 1, X509_PURPOSE_SSL_SERVER),
            X509_V_OK);
}

TEST(TlsTest, KeysBelongToTheirCertificates) {
  const auto server = IssueTlsCertificate(Ca(), ServerRequest());
  for (const TlsIdentity* identity : {&Ca(), &*server}) {
    const auto key = PrivateKey::FromPem(identity->private_key_pem);
    ASSERT_TRUE(key.ok()) << key.status();
    EXPECT_EQ(key->public_key().algorithm(), Algorithm::kEs256);
    BioPtr bio(BIO_new_mem_buf(identity->private_key_pem.data(), -1));
    PkeyPtr pkey(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    EXPECT_EQ(X509_check_private_key(Read(identity->certificate_pem).get(), pkey.get()), 1);
  }
  EXPECT_NE(server->private_key_pem, Ca().private_key_pem);
}

TEST(TlsTest, APairHasToFit) {
  const auto server = IssueTlsCertificate(Ca(), ServerRequest());
  EXPECT_TRUE(CheckTlsIdentity(*server).ok());
  EXPECT_TRUE(
      CheckTlsIdentity({server->certificate_pem + Ca().certificate_pem, server->private_key_pem})
          .ok())
      << "a chain";
  for (const TlsIdentity& bad :
       {TlsIdentity{server->certificate_pem, Ca().private_key_pem},
        TlsIdentity{Ca().certificate_pem + server->certificate_pem, server->private_key_pem},
        TlsIdentity{"", server->private_key_pem}, TlsIdentity{server->certificate_pem, ""}}) {
    EXPECT_EQ(ReasonOf(CheckTlsIdentity(bad)), "tls_pair");
  }
}

TEST(TlsTest, SerialNumbersDiffer) {
  X509Ptr first = Read(IssueTlsCertificate(Ca(), ServerRequest())->certificate_pem);
  X509Ptr second = Read(IssueTlsCertificate(Ca(), ServerRequest())->certificate_pem);
  EXPECT_NE(
      ASN1_INTEGER_cmp(X509_get0_serialNumber(first.get()), X509_get0_serialNumber(second.get())),
      0);
}

TEST(TlsTest, BadRequestsAreRefused) {
  const auto reason = [](auto change) {
    TlsRequest request = ServerRequest();
    change(request);
    return ReasonOf(IssueTlsCertificate(Ca(), request).status());
  };
  using Request = TlsRequest;
  EXPECT_EQ(reason([](Request& r) { r.common_name = ""; }), "tls_request");
  EXPECT_EQ(reason([](Request& r) { r.common_name = std::string(65, 'a'); }), "tls_request");
  EXPECT_EQ(reason([](Request& r) { r.dns_names.clear(), r.ip_addresses.clear(); }), "tls_request");
  EXPECT_EQ(reason([](Request& r) { std::swap(r.validity.not_before_s, r.validity.not_after_s); }),
            "tls_request");
  for (const char* name : {"", ".", "a..b", "a b", "a,DNS:b", "a.", "*", "a\nb", "UPPER.example"}) {
    EXPECT_EQ(reason([name](Request& r) { r.dns_names = {name}; }), "tls_request") << name;
  }
  for (const char* address : {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "::g", "1.2.3.4,DNS:x"}) {
    EXPECT_EQ(reason([address](Request& r) { r.ip_addresses = {address}; }), "tls_request")
        << address;
  }
  EXPECT_EQ(ReasonOf(MakeDevelopmentCa("", kValidity).status()), "tls_request");
}

TEST(TlsTest, BadAuthoritiesAreRefused) {
  const auto other = MakeDevelopmentCa("another", kValidity);
  for (const TlsIdentity& ca :
       {TlsIdentity{}, TlsIdentity{Ca().certificate_pem, ""}, TlsIdentity{"", Ca().private_key_pem},
        TlsIdentity{Ca().certificate_pem, other->private_key_pem}}) {
    EXPECT_EQ(ReasonOf(IssueTlsCertificate(ca, ServerRequest()).status()), "tls_ca");
  }
}

}  // namespace
}  // namespace bonafide::certs
