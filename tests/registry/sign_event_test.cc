// Issuing: what SignEvent makes is read back, and what would be refused is not made.
#include <gtest/gtest.h>

#include "certs/reason.h"
#include "registry/event_schema.h"
#include "tests/registry/golden_event.h"
#include "tests/registry/seeded_random.h"
#include "tests/registry/token_forge.h"

namespace bonafide::registry {
namespace {

using certs::Json;

EventDraft Practitioner() {
  return {
      .issuer = {3},
      .issued_at_s = 1'750'000'000,
      .subject = {},
      .anchor = {},
      .body = PractitionerRegistered(),
      .personal = {{"name", Json::String("Ada Example")}, {"town", Json::String("Exampleham")}}};
}

std::string SignRefusal(const EventDraft& draft) {
  SeededRandom random(1);
  const auto made = SignEvent(draft, kGoldenOrigin, SeededKey("issuer"), random);
  return made.ok() ? "" : ReasonOf(made.status());
}

TEST(SignEvent, IsReadBackWithItsSlots) {
  for (const certs::Algorithm algorithm : {certs::Algorithm::kEs256, certs::Algorithm::kEd25519}) {
    SeededRandom random(1);
    const certs::PrivateKey key = certs::PrivateKey::Generate(algorithm, random);
    const auto made = SignEvent(Practitioner(), kGoldenOrigin, key, random);
    ASSERT_TRUE(made.ok()) << made.status();
    const std::string framed = made->Framed();
    const auto parts = certs::SplitSdJwt(framed);
    ASSERT_TRUE(parts.ok());
    const auto token = ParseToken(parts->jwt, kGoldenOrigin);
    ASSERT_TRUE(token.ok()) << token.status();
    EXPECT_TRUE(certs::VerifyJws(token->jws, key.public_key(), kEventTyp).ok());
    EXPECT_EQ(token->event.issuer, SubjectNumber{3});
    std::vector<certs::Disclosure> disclosures;
    for (std::string_view each : parts->disclosures) {
      disclosures.push_back(*certs::ParseDisclosure(each));
    }
    const auto opened = OpenSlots(token->event, disclosures, true);
    ASSERT_TRUE(opened.ok()) << opened.status();
    EXPECT_EQ(*opened->at(1).value.AsString(), "Exampleham");
  }
}

TEST(SignEvent, IsTheSameForTheSameRandomBytes) {
  SeededRandom one(1);
  SeededRandom again(1);
  SeededRandom other(2);
  const certs::PrivateKey key = SeededKey("issuer");
  const std::string framed = SignEvent(Practitioner(), kGoldenOrigin, key, one)->Framed();
  EXPECT_EQ(SignEvent(Practitioner(), kGoldenOrigin, key, again)->Framed(), framed);
  EXPECT_NE(SignEvent(Practitioner(), kGoldenOrigin, key, other)->Framed(), framed);
  EXPECT_NE(SignEvent(Practitioner(), kGoldenOrigin, key, one)->Framed(), framed)
      << "jti and salts are drawn anew";
}

TEST(SignEvent, RefusesWhatWouldBeRefused) {
  EventDraft draft = Practitioner();
  EXPECT_EQ(SignRefusal(draft), "");
  draft.personal[0].value = Json::String(" Ada");
  EXPECT_EQ(SignRefusal(draft), "slot_value");
  draft = Practitioner();
  draft.personal.clear();
  EXPECT_EQ(SignRefusal(draft), "slot_missing");
  draft = Practitioner();
  draft.personal.push_back({"papers", Json::Array({})});
  EXPECT_EQ(SignRefusal(draft), "slot_unknown");
  draft = Practitioner();
  draft.personal.push_back(draft.personal[0]);
  EXPECT_EQ(SignRefusal(draft), "json_duplicate_name");
  draft = Practitioner();
  draft.personal.resize(17, draft.personal[0]);
  EXPECT_EQ(SignRefusal(draft), "sd_jwt_limits");
  draft = Practitioner();
  draft.subject = SubjectNumber{7};
  draft.anchor = EventId();
  EXPECT_EQ(SignRefusal(draft), "sub");
  draft = Practitioner();
  draft.issued_at_s = -1;
  EXPECT_EQ(SignRefusal(draft), "claim_range");
  draft = Practitioner();
  draft.issuer = {uint64_t{1} << 60};
  EXPECT_EQ(SignRefusal(draft), "iss");
  draft = Practitioner();
  draft.body = UnknownEvent();
  EXPECT_EQ(SignRefusal(draft), "vct");
}

TEST(SignEvent, WritesASchemeVersionOfLaterRules) {
  SchemeVersion version;
  version.rules = 2;
  SeededRandom random(1);
  const EventDraft draft{{0}, 1, SubjectNumber{2}, EventId(), version, {}};
  const auto made = SignEvent(draft, kGoldenOrigin, SeededKey("issuer"), random);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(ParseToken(made->jwt, kGoldenOrigin)->event.As<SchemeVersion>()->rules, 2);
}

TEST(Identity, IsThatOfTheStatementNotOfItsSignature) {
  const certs::PrivateKey key = certs::PrivateKey::Generate(certs::Algorithm::kEs256);
  const std::string one = ForgeToken(Golden("withdrawal").payload, key);
  const std::string two = ForgeToken(Golden("withdrawal").payload, key);
  ASSERT_NE(one, two) << "ES256 signatures are random";
  EXPECT_EQ(ParseToken(one, kGoldenOrigin)->event.id, ParseToken(two, kGoldenOrigin)->event.id);
  EXPECT_NE(ParseToken(one, kGoldenOrigin)->event.id, ParsedGolden("withdrawal").id)
      << "another key is another header";
}

}  // namespace
}  // namespace bonafide::registry
