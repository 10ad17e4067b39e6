#include "client/trust.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "certs/reason.h"
#include "tests/registry/seeded_random.h"

namespace bonafide::client {
namespace {

constexpr char kOrigin[] = "register.example/demo";

certs::NoteVerifier LogKey(const std::string& name = kOrigin,
                           certs::NoteKeyType type = certs::NoteKeyType::kEd25519) {
  return certs::NoteVerifier::Create(name, type, registry::SeededKey("log").public_key()).value();
}

// The file with one member's text replaced, where `value` is given; left out where it is "".
std::string File(const std::string& member = "", const std::string& value = "") {
  const std::string witness =
      certs::NoteVerifier::Create("witness.example", certs::NoteKeyType::kCosignature,
                                  registry::SeededKey("witness").public_key())
          ->ToVkey();
  const std::vector<std::pair<std::string, std::string>> members = {
      {"version", "1"},
      {"origin", "\"" + std::string(kOrigin) + "\""},
      {"log_key", "\"" + LogKey().ToVkey() + "\""},
      {"genesis", "\"" + Sha256("genesis").Hex() + "\""},
      {"policy", "\"witness w " + witness + "\\nquorum w\\n\""},
      {"max_age_s", "600"},
  };
  std::string json;
  for (const auto& [name, text] : members) {
    const std::string shown = name == member ? value : text;
    if (shown.empty()) continue;
    json += (json.empty() ? "{\"" : ",\"") + name + "\":" + shown;
  }
  return json + "}";
}

std::string Refused(const std::string& json) { return ReasonOf(ParseTrust(json).status()); }

TEST(TrustTest, ReadsWhatItWrites) {
  const auto trust = ParseTrust(File());
  ASSERT_TRUE(trust.ok()) << trust.status();
  EXPECT_EQ(trust->anchors.origin, kOrigin);
  EXPECT_EQ(trust->anchors.log_key.ToVkey(), LogKey().ToVkey());
  EXPECT_EQ(trust->anchors.genesis, Sha256("genesis"));
  EXPECT_EQ(trust->anchors.policy.witnesses().size(), 1u);
  EXPECT_EQ(trust->anchors.max_age_s, 600);
  const auto again = ParseTrust(WriteTrust(*trust));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(WriteTrust(*again), WriteTrust(*trust));
}

TEST(TrustTest, AnEmptyPolicyAsksForNobody) {
  const auto trust = ParseTrust(File("policy", "\"\""));
  ASSERT_TRUE(trust.ok()) << trust.status();
  EXPECT_FALSE(trust->anchors.policy.requires_cosignatures());
}

TEST(TrustTest, EveryMemberIsNeeded) {
  // "" leaves the member out.
  for (const char* name : {"version", "origin", "log_key", "genesis", "policy", "max_age_s"}) {
    EXPECT_EQ(Refused(File(name, "")), "trust_member") << name;
    EXPECT_EQ(Refused(File(name, "null")), "trust_member") << name;
  }
}

TEST(TrustTest, InvalidTwins) {
  struct Twin {
    const char* member;
    std::string value;
    const char* reason;
  };
  const std::vector<Twin> twins = {
      {"version", "2", "trust_version"},
      {"version", "1.0", "trust_member"},
      {"version", "\"1\"", "trust_member"},
      {"origin", "\"Register.example/demo\"", "trust_origin"},
      {"origin", "\"register.example/demo/\"", "trust_origin"},
      {"origin", "\"register.example/other\"", "trust_origin"},
      {"log_key", "\"" + LogKey("another.example").ToVkey() + "\"", "trust_origin"},
      {"log_key", "\"" + LogKey(kOrigin, certs::NoteKeyType::kCosignature).ToVkey() + "\"",
       "trust_log_key"},
      {"log_key", "\"register.example/demo+00000000+AAAA\"", "trust_log_key"},
      {"genesis", "\"" + Sha256("genesis").Hex().substr(1) + "\"", "trust_genesis"},
      {"genesis", "\"" + std::string(64, 'A') + "\"", "trust_genesis"},
      {"policy", "\"quorum nobody\\n\"", "trust_policy"},
      {"policy", "\"quorum none\"", "trust_policy"},
      {"max_age_s", "0", "trust_age"},
      {"max_age_s", "-600", "trust_age"},
      {"max_age_s", "9000000000", "trust_age"},
      {"max_age_s", "6e2", "trust_member"},
  };
  for (const Twin& twin : twins) {
    EXPECT_EQ(Refused(File(twin.member, twin.value)), twin.reason)
        << twin.member << " " << twin.value;
  }
}

TEST(TrustTest, OtherDocumentsAreRefused) {
  EXPECT_EQ(Refused("[]"), "trust_member");
  EXPECT_EQ(Refused(File().insert(1, "\"extra\":1,")), "trust_member");
  EXPECT_EQ(Refused(File().insert(1, "\"version\":1,")), "json_duplicate_name");
  EXPECT_EQ(Refused(File() + "x"), "json_syntax");
  EXPECT_EQ(Refused(""), "json_syntax");
  EXPECT_EQ(Refused(File("policy", "\"" + std::string(kMaxTrustFileBytes, 'x') + "\"")),
            "json_size");
}

}  // namespace
}  // namespace bonafide::client
