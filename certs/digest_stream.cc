#include "certs/digest_stream.h"

#include <openssl/evp.h>

#include <cstdlib>

namespace bonafide {
namespace {

// Hashing memory fails only when OpenSSL itself is broken; no answer is safer than a wrong one.
void MustBeOne(int result) {
  if (result != 1) std::abort();
}

}  // namespace

struct DigestStream::State {
  State() : ctx(EVP_MD_CTX_new()) {
    MustBeOne(ctx != nullptr);
    MustBeOne(EVP_DigestInit_ex2(ctx, EVP_sha256(), nullptr));
  }
  ~State() { EVP_MD_CTX_free(ctx); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  EVP_MD_CTX* ctx;
};

DigestStream::DigestStream() : state_(std::make_unique<State>()) {}
DigestStream::~DigestStream() = default;
DigestStream::DigestStream(DigestStream&&) noexcept = default;
DigestStream& DigestStream::operator=(DigestStream&&) noexcept = default;

void DigestStream::Add(std::string_view bytes) {
  MustBeOne(EVP_DigestUpdate(state_->ctx, bytes.data(), bytes.size()));
}

Digest DigestStream::Finish() {
  Digest digest;
  unsigned int size_bytes = 0;
  MustBeOne(EVP_DigestFinal_ex(state_->ctx, digest.bytes.data(), &size_bytes));
  MustBeOne(size_bytes == Digest::kSizeBytes);
  return digest;
}

}  // namespace bonafide
