// The keys behind tests/merkle/data, and others like them.
#ifndef BONAFIDE_TESTS_MERKLE_GOLDEN_KEYS_H_
#define BONAFIDE_TESTS_MERKLE_GOLDEN_KEYS_H_

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "certs/note.h"

namespace bonafide::merkle {

inline constexpr char kGoldenOrigin[] = "register.example/log";
inline constexpr char kGoldenWitness[] = "witness.example";
inline constexpr uint64_t kGoldenTime = 1790000000;

inline std::string GoldenFile(const std::string& name) {
  std::ifstream file(std::string(BONAFIDE_TEST_DATA) + "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The signer whose seed are the 32 bytes from `first_byte` upwards.
inline certs::NoteSigner SignerFrom(int first_byte, const std::string& name,
                                    certs::NoteKeyType type) {
  std::string seed;
  for (int i = 0; i < 32; ++i) seed += static_cast<char>(first_byte + i);
  auto key = certs::PrivateKey::FromEd25519Seed(seed);
  return *certs::NoteSigner::Create(name, type, std::make_shared<certs::PrivateKey>(*key));
}
inline certs::NoteSigner GoldenLog() {
  return SignerFrom(0, kGoldenOrigin, certs::NoteKeyType::kEd25519);
}
inline certs::NoteSigner GoldenCosigner() {
  return SignerFrom(32, kGoldenWitness, certs::NoteKeyType::kCosignature);
}

}  // namespace bonafide::merkle

#endif  // BONAFIDE_TESTS_MERKLE_GOLDEN_KEYS_H_
