// Owners of OpenSSL objects: the one place that knows how each is freed. Internal to this room.
#ifndef BONAFIDE_CERTS_OPENSSL_PTR_H_
#define BONAFIDE_CERTS_OPENSSL_PTR_H_

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace bonafide::certs {

template <auto kFree>
struct OpensslFree {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};

template <typename T, auto kFree>
using OpensslPtr = std::unique_ptr<T, OpensslFree<kFree>>;

using BioPtr = OpensslPtr<BIO, BIO_free_all>;
using BnCtxPtr = OpensslPtr<BN_CTX, BN_CTX_free>;
using BnPtr = OpensslPtr<BIGNUM, BN_clear_free>;
using EcGroupPtr = OpensslPtr<EC_GROUP, EC_GROUP_free>;
using EcPointPtr = OpensslPtr<EC_POINT, EC_POINT_free>;
using MdCtxPtr = OpensslPtr<EVP_MD_CTX, EVP_MD_CTX_free>;
using ParamBuilderPtr = OpensslPtr<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using ParamsPtr = OpensslPtr<OSSL_PARAM, OSSL_PARAM_free>;
using Pkcs8Ptr = OpensslPtr<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;
using PkeyCtxPtr = OpensslPtr<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using PkeyPtr = OpensslPtr<EVP_PKEY, EVP_PKEY_free>;
using X509ExtensionPtr = OpensslPtr<X509_EXTENSION, X509_EXTENSION_free>;
using X509Ptr = OpensslPtr<X509, X509_free>;

// Takes back what was added to the thread's error queue during its life: SSL_get_error reads that
// queue, so a refused signature left in it would break a TLS connection on the same thread.
class OpensslErrorScope {
 public:
  OpensslErrorScope() { ERR_set_mark(); }
  ~OpensslErrorScope() { ERR_pop_to_mark(); }
  OpensslErrorScope(const OpensslErrorScope&) = delete;
  OpensslErrorScope& operator=(const OpensslErrorScope&) = delete;
};

inline const unsigned char* Octets(const char* data) {
  return reinterpret_cast<const unsigned char*>(data);
}

inline unsigned char* Octets(char* data) { return reinterpret_cast<unsigned char*>(data); }

}  // namespace bonafide::certs

#endif  // BONAFIDE_CERTS_OPENSSL_PTR_H_
