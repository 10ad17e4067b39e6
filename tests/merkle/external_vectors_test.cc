// Inclusion proofs that nobody here wrote, through the public verification function.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "certs/base64.h"
#include "merkle/proof.h"

namespace bonafide::merkle {
namespace {

std::string VectorFile(const std::string& name) {
  const char* folder = std::getenv("BONAFIDE_VECTORS");
  return (folder != nullptr ? std::string(folder) : BONAFIDE_SOURCE_DIR "/../shared/vectors") +
         "/" + name;
}

// Nothing where the field is no hash at all: such a case is refused before verification.
std::optional<Digest> HashOf(const nlohmann::json& field) {
  if (!field.is_string()) return std::nullopt;
  const auto raw = certs::Base64Decode(field.get<std::string>());
  if (!raw.ok()) return std::nullopt;
  const auto digest = Digest::FromBytes(*raw);
  if (!digest.ok()) return std::nullopt;
  return *digest;
}

TEST(ExternalVectors, Rfc6962Inclusion) {
  std::ifstream file(VectorFile("rfc6962/inclusion.json"));
  if (!file) {
    if (std::getenv("CI") != nullptr) FAIL() << "the vectors are missing under CI";
    GTEST_SKIP() << "skipped: no " << VectorFile("rfc6962/inclusion.json");
  }
  const nlohmann::json cases = nlohmann::json::parse(file);
  ASSERT_EQ(cases.size(), 98u);
  size_t accepted = 0;
  size_t verified = 0;
  for (const nlohmann::json& entry : cases) {
    SCOPED_TRACE(entry.at("file").get<std::string>());
    const auto root = HashOf(entry.at("root"));
    const auto leaf_hash = HashOf(entry.at("leafHash"));
    Proof proof;
    bool is_proof = true;
    if (entry.at("proof").is_array()) {
      for (const nlohmann::json& field : entry.at("proof")) {
        const auto hash = HashOf(field);
        is_proof = is_proof && hash.has_value();
        proof.push_back(hash.value_or(Digest{}));
      }
    }
    bool ok = false;
    if (root.has_value() && leaf_hash.has_value() && is_proof) {
      ++verified;
      ok = VerifyInclusion(LogIndex{entry.at("leafIdx").get<uint64_t>()},
                           TreeSize{entry.at("treeSize").get<uint64_t>()}, *leaf_hash, proof, *root)
               .ok();
    }
    EXPECT_EQ(ok, !entry.at("wantErr").get<bool>());
    accepted += ok ? 1 : 0;
  }
  EXPECT_EQ(accepted, 6u);
  EXPECT_GT(verified, 70u);  // most cases reach the verifier itself
}

}  // namespace
}  // namespace bonafide::merkle
