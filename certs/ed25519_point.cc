#include "certs/ed25519_point.h"

#include <cstdint>
#include <cstdlib>
#include <string>

#include "certs/openssl_ptr.h"

namespace bonafide::certs {
namespace {

// The y coordinates of the eight points whose order divides 8, little-endian, sign bit clear. Those
// of order 4 and 8 come in pairs that differ in the sign bit only.
constexpr std::string_view kSmallOrderY[] = {
    // 0: order 4, both signs
    std::string_view("\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
                     "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
                     32),
    // 1: the neutral element
    std::string_view("\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
                     "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
                     32),
    // p - 1: order 2
    std::string_view("\xec\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
                     "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
                     32),
    // order 8, two pairs
    std::string_view("\x26\xe8\x95\x8f\xc2\xb2\x27\xb0\x45\xc3\xf4\x89\xf2\xef\x98\xf0"
                     "\xd5\xdf\xac\x05\xd3\xc6\x33\x39\xb1\x38\x02\x88\x6d\x53\xfc\x05",
                     32),
    std::string_view("\xc7\x17\x6a\x70\x3d\x4d\xd8\x4f\xba\x3c\x0b\x76\x0d\x10\x67\x0f"
                     "\x2a\x20\x53\xfa\x2c\x39\xcc\xc6\x4e\xc7\xfd\x77\x92\xac\x03\x7a",
                     32),
};

struct Field {
  BnPtr p{BN_new()};  // 2^255 - 19
  BnPtr d{BN_new()};  // -121665/121666 mod p
};

const Field& Curve25519Field() {
  static const Field* const kField = [] {
    auto* field = new Field;
    BnCtxPtr ctx(BN_CTX_new());
    BnPtr divisor(BN_new());
    BIGNUM* p = field->p.get();
    BIGNUM* d = field->d.get();
    const bool ok = BN_set_bit(p, 255) == 1 && BN_sub_word(p, 19) == 1 &&
                    BN_set_word(divisor.get(), 121666) == 1 &&
                    BN_mod_inverse(divisor.get(), divisor.get(), p, ctx.get()) != nullptr &&
                    BN_copy(d, p) != nullptr && BN_sub_word(d, 121665) == 1 &&
                    BN_mod_mul(d, d, divisor.get(), p, ctx.get()) == 1;
    if (!ok) std::abort();
    return field;
  }();
  return *kField;
}

// Whether some x has x^2 = (y^2 - 1) / (d y^2 + 1). The quotient is a square exactly when the
// product of both is, since they differ by the square of the divisor, which is never 0.
bool HasX(const BIGNUM* y) {
  const Field& field = Curve25519Field();
  const BIGNUM* p = field.p.get();
  BnCtxPtr ctx(BN_CTX_new());
  BnPtr square(BN_new());
  BnPtr numerator(BN_new());
  BnPtr divisor(BN_new());
  const bool ok = BN_mod_sqr(square.get(), y, p, ctx.get()) == 1 &&
                  BN_mod_sub(numerator.get(), square.get(), BN_value_one(), p, ctx.get()) == 1 &&
                  BN_mod_mul(divisor.get(), field.d.get(), square.get(), p, ctx.get()) == 1 &&
                  BN_mod_add(divisor.get(), divisor.get(), BN_value_one(), p, ctx.get()) == 1 &&
                  BN_mod_mul(square.get(), numerator.get(), divisor.get(), p, ctx.get()) == 1;
  return ok && BN_kronecker(square.get(), p, ctx.get()) >= 0;
}

}  // namespace

Ed25519Point JudgeEd25519Point(std::string_view encoded) {
  std::string y_bytes(encoded);
  y_bytes[31] = static_cast<char>(y_bytes[31] & 0x7f);
  BnPtr y(BN_lebin2bn(Octets(y_bytes.data()), static_cast<int>(y_bytes.size()), nullptr));
  if (y == nullptr) std::abort();
  if (BN_cmp(y.get(), Curve25519Field().p.get()) >= 0) return Ed25519Point::kNotCanonical;
  // With y = 1 or p - 1 a set sign bit is non-canonical besides; either way the key is refused.
  for (std::string_view small : kSmallOrderY) {
    if (y_bytes == small) return Ed25519Point::kSmallOrder;
  }
  return HasX(y.get()) ? Ed25519Point::kGood : Ed25519Point::kNotOnCurve;
}

}  // namespace bonafide::certs
