// Evidence files with what strict readers refuse and lax ones take, through `bonafide check`:
// inputs that another implementation's checks are known to have missed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "certs/base64.h"
#include "certs/sd_jwt.h"
#include "client/evidence_store.h"
#include "client/trust.h"
#include "tests/client/command_line.h"
#include "tests/client/scratch_remote.h"
#include "tests/registry/example_register.h"
#include "tests/registry/token_forge.h"

namespace bonafide::client {
namespace {

using certs::Json;
using registry::Evidence;
using registry::ForgeToken;
using registry::HeaderFor;
using registry::With;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class BadEvidenceTest : public ::testing::Test {
 protected:
  BadEvidenceTest() {
    program_.Write("trust.json", WriteTrust(TrustIn(register_.scratch)));
    EXPECT_EQ(program_.Run({"trust", program_ / "trust.json"}).code, 0);
  }

  int Check(const registry::ExampleRegister& from, const Evidence& evidence) {
    EXPECT_TRUE(SaveEvidence(Path(), {from.Ask(), evidence}).ok());
    return program_.Run({"check", Path()}).code;
  }
  std::string Path() const { return program_ / "evidence.json"; }
  void ExpectRefused(const std::string& what, const std::string& reason) {
    const CommandLine::Said said = program_.Run({"check", Path()});
    EXPECT_EQ(said.code, 3) << what;
    EXPECT_THAT(said.out, StartsWith("COULD NOT CHECK")) << what;
    EXPECT_THAT(said.out + said.err, Not(HasSubstr("YES"))) << what;
    EXPECT_EQ(program_.Refused({"check", Path()}, 3), reason) << what;
  }

  const CommandLine program_;
  registry::ExampleRegister register_;
};

TEST_F(BadEvidenceTest, NotesProofsAndDisclosures) {
  const Evidence right = register_.scratch.Prove(register_.Ask());
  ASSERT_EQ(Check(register_, right), 0);
  const auto subject = [](Evidence & evidence, const std::string& disclosed) -> auto& {
    for (auto& one : evidence.subjects) {
      if (one.disclosures.empty() == disclosed.empty()) return one;
    }
    std::abort();
  };
  const auto replace = [](std::string& text, const std::string& from, const std::string& to) {
    const size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
  };
  const std::string origin = register_.scratch.origin();
  const std::string plain =
      registry::ForgeDisclosure("[\"AAAAAAAAAAAAAAAAAAAAAA\", \"sub\", 1]").encoded;
  struct Case {
    std::string what, reason;
    std::function<void(Evidence&)> spoil;
  };
  const std::vector<Case> cases = {
      {"a disclosure that nothing names", "evidence_disclosure",
       [&](Evidence& e) { subject(e, "some").disclosures += plain + "~"; }},
      {"a disclosure twice", "evidence_disclosure",
       [&](Evidence& e) {
         auto& text = subject(e, "some").disclosures;
         text += text;
       }},
      {"a doubled tilde", "json_syntax",
       [&](Evidence& e) { subject(e, "some").disclosures += "~"; }},
      {"no last tilde", "evidence_disclosure",
       [&](Evidence& e) { subject(e, "some").disclosures.pop_back(); }},
      {"a disclosure where there are no slots", "evidence_disclosure",
       [&](Evidence& e) { subject(e, "").disclosures = plain + "~"; }},
      {"two signatures of one key", "note_key_twice",
       [&](Evidence& e) {
         e.checkpoint += e.checkpoint.substr(e.checkpoint.find("\xe2\x80\x94"));
       }},
      {"carriage returns", "note_syntax",
       [&](Evidence& e) { replace(e.checkpoint, "\n", "\r\n"); }},
      {"a size with a zero before it", "note_signature_wrong",
       [&](Evidence& e) { replace(e.checkpoint, origin + "\n", origin + "\n0"); }},
      {"a non-breaking space in the origin", "note_signature_wrong",
       [&](Evidence& e) { replace(e.checkpoint, origin + "\n", origin + "\xc2\xa0\n"); }},
      {"a proof of another length", "proof_length",
       [&](Evidence& e) { e.state_inclusion.resize(e.state_inclusion.size() - 32); }},
      {"a proof for another number", "evidence_entry",
       [&](Evidence& e) { e.subjects.back().number.value = ~uint64_t{0}; }},
  };
  for (const Case& c : cases) {
    Evidence wrong = right;
    c.spoil(wrong);
    Check(register_, wrong);
    ExpectRefused(c.what, c.reason);
  }
}

// A register that logs what no honest one admits.
TEST_F(BadEvidenceTest, Tokens) {
  const auto key = register_.insurer.key;
  const auto honest =
      register_.scratch.Sign(register_.insurer, register_.Policy(), register_.practitioner);
  const Json header = HeaderFor(*key);
  const Json payload = registry::PayloadOf(honest.jwt);
  const auto claim = [&](std::string_view name, const Json& value) {
    return ForgeToken(With(payload, name, value), *key);
  };
  const auto member = [&](std::string_view name, const Json& value) {
    return ForgeToken(With(header, name, value), payload, *key);
  };
  const auto iat = [&](const std::string& text) {
    std::string raw = certs::WriteJson(payload);
    const size_t at = raw.find("\"iat\":") + 6;
    raw.replace(at, raw.find_first_of(",}", at) - at, text);
    return ForgeToken(header, raw, *key);
  };
  const auto signature = [&](const std::string& bytes) {
    return honest.jwt.substr(0, honest.jwt.rfind('.') + 1) + certs::Base64UrlEncode(bytes);
  };
  const std::string right_signature =
      *certs::Base64UrlDecode(honest.jwt.substr(honest.jwt.rfind('.') + 1));
  Json::Members twice = header.members();
  twice.push_back(twice.front());
  const std::string issuer = *payload.FindString("iss");
  const std::string digest = certs::Base64UrlEncode(
      registry::ForgeDisclosure("[\"AAAAAAAAAAAAAAAAAAAAAA\", \"value\", \"X-1\"]").digest.view());
  const Json digest_of_one = Json::Object({{"_sd", Json::Strings({digest})}});
  const struct {
    std::string what, reason, jwt;
  } cases[] = {
      {"alg twice", "json_duplicate_name", ForgeToken(Json::Object(twice), payload, *key)},
      {"alg twice, once escaped", "json_duplicate_name",
       [&] {
         const std::string raw = "{\"\\u0061lg\":\"none\"," + certs::WriteJson(header).substr(1);
         const std::string input =
             certs::Base64UrlEncode(raw) + "." + certs::Base64UrlEncode(certs::WriteJson(payload));
         return input + "." + certs::Base64UrlEncode(*key->Sign(input));
       }()},
      {"alg none", "token_alg", member("alg", Json::String("none"))},
      {"an HMAC", "token_alg", member("alg", Json::String("HS256"))},
      {"its own key", "token_header", member("jwk", key->public_key().ToJwk())},
      {"crit", "token_header", member("crit", Json::Strings({"exp"}))},
      {"a path as kid", "token_kid", member("kid", Json::String("../../keys/insurer.key"))},
      {"another issuer's kid", "key_unknown", ForgeToken(payload, *register_.clinic.key)},
      {"63 bytes", "token_signature_size", signature(right_signature.substr(1))},
      {"65 bytes", "token_signature_size", signature("0" + right_signature)},
      {"DER", "token_signature_size",
       signature("\x30\x44\x02\x20" + right_signature.substr(0, 32) + "\x02\x20" +
                 right_signature.substr(32))},
      {"r = 0", "token_signature_wrong",
       signature(std::string(32, '\0') + right_signature.substr(32))},
      {"spare bits", "base64url", honest.jwt.substr(0, honest.jwt.size() - 1) + "_"},
      {"padding", "base64url", honest.jwt + "=="},
      {"a date as text", "claim_type", iat("\"1780000000\"")},
      {"a number beyond all bounds", "json_number", iat("1e400")},
      {"a fraction", "claim_type", iat("1780000000.5")},
      {"a negative date", "claim_range", iat("-1")},
      {"a date long past", "issued_at", iat("1")},
      {"nbf", "claim_unknown", claim("nbf", Json::Integer(1'780'000'000))},
      {"exp that is now", "claim_unknown",
       claim("exp", Json::Integer(register_.scratch.now_ms() / 1000))},
      {"one digest in two places", "slot_digest",
       claim("personal",
             Json::Object({{"name_on_paper", digest_of_one}, {"policy_number", digest_of_one}}))},
      {"an issuer with a slash behind", "iss", claim("iss", Json::String(issuer + "/"))},
      {"an issuer with a port", "iss",
       claim("iss", Json::String("https://register.example:443/test/o/3"))},
      {"an issuer in punycode", "iss",
       claim("iss", Json::String("https://xn--rgister-9ya.example/test/o/3"))},
      {"an issuer that looks like it", "iss",
       claim("iss", Json::String("https://r\xd0\xb5gister.example/test/o/3"))},
      {"an issuer with leading zeros", "iss",
       claim("iss", Json::String(issuer.substr(0, issuer.rfind('/') + 1) + "03"))},
      {"another register", "aud", claim("aud", Json::String("register.example/other"))},
      {"a lone surrogate", "json_utf8",
       [&] {
         std::string raw = certs::WriteJson(payload);
         raw.replace(raw.find("\"jti\":\"") + 7, 1, "\\ud800");
         return ForgeToken(header, raw, *key);
       }()},
      {"an insurance as training", "claim_missing",
       claim("vct", Json::String("urn:bonafide:training:v1"))},
      {"a checkpoint", "base64url", register_.scratch.checkpoint()},
      {"a request", "token_typ",
       ForgeToken(HeaderFor(*key, "bonafide-request+jwt"), payload, *key)},
  };
  for (const auto& c : cases) {
    registry::ExampleRegister lax;  // the same register, as far as it goes
    lax.scratch.LogToken(c.jwt, {lax.practitioner.number});
    lax.scratch.Publish();
    Check(lax, lax.scratch.Prove(lax.Ask()));
    ExpectRefused(c.what, c.reason);
  }
}

// What people type and what stands in files that an organisation signs.
TEST_F(BadEvidenceTest, NamesAndKeysAreRefusedBeforeTheyAreSent) {
  const std::string key = program_ / "own.key";
  ASSERT_EQ(program_.Run({"keygen", key}).code, 0);
  const std::vector<std::string> who = {"--as",     "0000-0000-98", "--key",     key,
                                        "--server", "127.0.0.1:1",  "--timeout", "1"};
  std::string marks = "Zoe";
  for (int i = 0; i < 10'000; ++i) marks += "\xcc\x81";
  for (const std::string& name :
       {std::string("Ada \xe2\x80\xae elpmaxE"), std::string("Ada\xe2\x80\x8b Example"),
        std::string("   "), std::string(201, 'x'), std::string("Ada\xff"), marks,
        std::string("Ada\x1b[2J"), std::string("\xed\xa0\x80")}) {
    std::vector<std::string> words = {"practitioner", "register", "--name", name};
    words.insert(words.end(), who.begin(), who.end());
    EXPECT_EQ(program_.Refused(words, 64), "slot_value") << name.substr(0, 40);
  }
  // A private key where a public one is asked for, or where anything else is: nothing of it is
  // said.
  const auto pair = certs::PrivateKey::Generate(certs::Algorithm::kEs256);
  const std::string secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQ";
  std::string jwk = certs::WriteJson(pair.public_key().ToJwk());
  jwk.insert(1, "\"d\":\"" + secret + "\",");
  const std::string private_jwk = program_.Write("private.jwk", jwk);
  std::vector<std::string> admit = {"org",    "admit", "--kind",       "clinic",
                                    "--name", "A",     "--public-key", private_jwk};
  admit.insert(admit.end(), who.begin(), who.end());
  EXPECT_EQ(program_.Refused(admit, 64), "jwk_private");
  EXPECT_THAT(program_.Run(admit).err, Not(HasSubstr(secret)));

  const std::string broken = program_.Write(
      "broken.key", "-----BEGIN PRIVATE KEY-----\n" + secret + "\n-----END PRIVATE KEY-----\n");
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"practitioner", "register", "--name", "Ada", "--as", "0000-0000-98", "--key", broken,
            "--server", "127.0.0.1:1"},
           {"audit", "--cosign", broken, "--name", "a", "--server", "127.0.0.1:1", "--timeout",
            "1"},
           {"check", broken},
           {"trust", broken},
           {"import", broken, "--dry-run"},
           {"training", "0000-0000-98", "--file", broken},
           {"org", "admit", "--kind", "clinic", "--name", "A", "--public-key", broken},
           {"verify", "0000-0000-98", "a", "--territory", "b", "--trust", broken},
           {"verify", "0000-0000-98", "a", "--territory", "b", "--ca", broken},
       }) {
    const CommandLine::Said said = program_.Run(words);
    EXPECT_NE(said.code, 0) << words.front();
    EXPECT_THAT(said.out + said.err, Not(HasSubstr(secret))) << words.front();
    EXPECT_NE(program_.Refused(words, said.code), "") << words.front();
  }
}

}  // namespace
}  // namespace bonafide::client
