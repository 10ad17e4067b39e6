// The fuzz entries over seeded mutations of good documents: a short run of what a fuzzer does.
#include "tests/certs/fuzz.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "certs/base64.h"
#include "certs/jws.h"
#include "certs/key.h"
#include "certs/note.h"
#include "certs/sd_jwt.h"
#include "tests/certs/fixed_random.h"

namespace bonafide::certs {
namespace {

std::string Mutated(std::string bytes, const std::string& other, std::mt19937& random) {
  const auto below = [&random](size_t bound) { return bound == 0 ? 0 : random() % bound; };
  for (size_t changes = 1 + below(3); changes > 0; --changes) {
    const size_t at = below(bytes.size());
    const size_t length = below(bytes.size() - at + 1);
    switch (below(6)) {
      case 0:
        if (!bytes.empty()) bytes[at] = static_cast<char>(random());
        break;
      case 1:
        if (!bytes.empty()) bytes[at] = static_cast<char>(bytes[at] ^ 1 << below(8));
        break;
      case 2:
        bytes.erase(at, length);
        break;
      case 3:
        bytes.insert(at, bytes.substr(at, length));
        break;
      case 4:
        bytes.insert(at, 1, "\"\\{}[],:.~+= \n\0eE-u"[below(20)]);
        break;
      default:
        bytes.replace(at, length, other.substr(below(other.size())));
    }
  }
  return bytes;
}

void RunMutations(void (*entry)(std::string_view), const std::vector<std::string>& seeds,
                  int rounds) {
  std::mt19937 random(20'240'229);
  for (const std::string& seed : seeds) {
    entry(seed);
    for (int round = 0; round < rounds; ++round) {
      entry(Mutated(seed, seeds[random() % seeds.size()], random));
    }
  }
}

PrivateKey NewKey(Algorithm algorithm) {
  CountingRandom random(9);
  return PrivateKey::Generate(algorithm, random);
}

const std::vector<std::string>& Documents() {
  static const std::vector<std::string> documents = {
      R"({"a":[1,-2.5e3,null,true,"x\u00e9\ud834\udd1e"],"b":{"c":{}},"_sd":[]})",
      R"(["salt","name",{"a":[1,{"...":"x"}]}])",
      WriteJson(NewKey(Algorithm::kEs256).public_key().ToJwk()),
      WriteJson(NewKey(Algorithm::kEd25519).public_key().ToJwk()),
  };
  return documents;
}

std::vector<std::string> Tokens() {
  CountingRandom random;
  const Disclosure name = MakeDisclosure(random, "value", Json::String("Ana Example"));
  const std::string payload =
      R"({"iss":"https://register.example/o/1","personal":{"name":{"_sd":[")" +
      DigestText(name.digest) + R"("]}},"_sd_alg":"sha-256"})";
  std::vector<std::string> tokens;
  for (Algorithm algorithm : {Algorithm::kEs256, Algorithm::kEd25519}) {
    const std::string token = *SignJws(NewKey(algorithm), "dc+sd-jwt", payload);
    tokens.push_back(token);
    tokens.push_back(JoinSdJwt(token, {name.encoded}));
  }
  tokens.push_back(name.encoded);
  return tokens;
}

TEST(FuzzTest, Json) { RunMutations(FuzzJson, Documents(), 1500); }
TEST(FuzzTest, Jwk) { RunMutations(FuzzJwk, Documents(), 500); }
TEST(FuzzTest, Base64) { RunMutations(FuzzBase64, {"Zm9v", "Zm8=", "-__-", "+//+", ""}, 1000); }
TEST(FuzzTest, Token) { RunMutations(FuzzToken, Tokens(), 500); }
TEST(FuzzTest, SdJwt) { RunMutations(FuzzSdJwt, Tokens(), 500); }

TEST(FuzzTest, Disclosure) {
  std::vector<std::string> seeds = Tokens();
  for (const std::string& document : Documents()) seeds.push_back(Base64UrlEncode(document));
  RunMutations(FuzzDisclosure, seeds, 500);
}

TEST(FuzzTest, NoteAndVkey) {
  const auto key = std::make_shared<PrivateKey>(NewKey(Algorithm::kEd25519));
  const auto signer = NoteSigner::Create("register.example", NoteKeyType::kEd25519, key);
  RunMutations(FuzzNote, {*SignNote("register.example\n4\nAAAA\n", {*signer}), "a\n\nb\n"}, 1500);
  RunMutations(FuzzVkey, {signer->verifier().ToVkey()}, 1500);
}

TEST(FuzzTest, Pem) {
  RunMutations(FuzzPem, {NewKey(Algorithm::kEs256).ToPem(), NewKey(Algorithm::kEd25519).ToPem()},
               300);
}

}  // namespace
}  // namespace bonafide::certs
