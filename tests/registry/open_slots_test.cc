// Personal slots and what opens them: every rule of docs/protocol.md, section 2, has its twin.
#include <gtest/gtest.h>

#include "certs/reason.h"
#include "registry/event_schema.h"
#include "tests/registry/golden_event.h"
#include "tests/registry/seeded_random.h"
#include "tests/registry/token_forge.h"

namespace bonafide::registry {
namespace {

using certs::Disclosure;
using certs::Json;

constexpr char kSalt[] = "0123456789abcdefABCDEF";
constexpr char kPerson[] = "practitioner";

std::string OpenRefusal(const Event& event, const std::vector<Disclosure>& disclosures,
                        bool all_required = false) {
  const auto opened = OpenSlots(event, disclosures, all_required);
  return opened.ok() ? "" : ReasonOf(opened.status());
}

// The refusal of a `disclosure` (JSON text) in slot `slot` of golden event `name`.
std::string DisclosureRefusal(std::string_view name, std::string_view slot,
                              std::string_view disclosure_text) {
  const Disclosure disclosure = ForgeDisclosure(disclosure_text);
  const Json personal = Json::Object(
      {{std::string(slot),
        Json::Object({{"_sd", Json::Strings({certs::DigestText(disclosure.digest)})}})}});
  const std::string jwt =
      ForgeToken(With(Golden(name).payload, "personal", personal), SeededKey("issuer"));
  const auto token = ParseToken(jwt, kGoldenOrigin);
  if (!token.ok()) return "token: " + ReasonOf(token.status());
  return OpenRefusal(token->event, {disclosure}, true);
}

std::string ValueRefusal(std::string_view name, std::string_view slot, std::string_view value) {
  return DisclosureRefusal(name, slot,
                           "[\"" + std::string(kSalt) + "\",\"value\"," + std::string(value) + "]");
}

std::string Paper(std::string_view type) {
  return "{\"sha256\":\"" + Sha256("paper").Hex() + "\",\"type\":\"" + std::string(type) + "\"}";
}

TEST(Slots, HoldOneDigestEach) {
  const std::string digest = "\"" + certs::DigestText(Sha256("x")) + "\"";
  const std::string one = "[" + digest + "]";
  EXPECT_EQ(RefusalWith(kPerson, "personal.name", "{\"_sd\":" + one + "}"), "");
  for (const std::string& slot :
       {std::string("null"), std::string("\"Ada\""), std::string("{}"), std::string("[]"),
        "{\"_sd\":" + digest + "}", std::string("{\"_sd\":[]}"), std::string("{\"_sd\":[7]}"),
        std::string("{\"_sd\":[\"short\"]}"), "{\"_sd\":[" + digest + "," + digest + "]}",
        "{\"_sd\":" + one + ",\"value\":\"Ada\"}", "{\"sd\":" + one + "}",
        "{\"...\":" + digest + "}", "{\"_sd\":[{\"...\":" + digest + "}]}",
        "{\"_sd\":[" + digest.substr(0, 43) + "B\"]}"}) {
    EXPECT_EQ(RefusalWith(kPerson, "personal.name", slot), "slot_digest") << slot;
  }
}

TEST(Slots, HaveDistinctDigests) {
  const Json& payload = Golden(kPerson).payload;
  const Json& name = *payload.Find("personal")->Find("name");
  EXPECT_EQ(RefusalOf(With(payload, "personal.town", name)), "slot_digest");
}

TEST(Slots, AreThoseOfTheEvent) {
  const Json slot = *Golden(kPerson).payload.Find("personal")->Find("name");
  const std::string text = certs::WriteJson(slot);
  EXPECT_EQ(RefusalWith(kPerson, "personal.papers", text), "slot_unknown");
  EXPECT_EQ(RefusalWith(kPerson, "personal.level", text), "slot_unknown");
  EXPECT_EQ(RefusalWith(kPerson, "personal._sd", text), "slot_unknown");
  EXPECT_EQ(RefusalWith("training", "personal.policy_number", text), "slot_unknown");
  EXPECT_EQ(RefusalWith("insurance", "personal.certificate_number", text), "slot_unknown");
  EXPECT_EQ(RefusalWith("dispute", "personal.case_papers", text), "slot_unknown");
  EXPECT_EQ(RefusalWith("withdrawal", "personal", "{\"name\":" + text + "}"), "claim_unknown");
  EXPECT_EQ(RefusalWith("genesis", "personal", "{\"name\":" + text + "}"), "claim_unknown");
  EXPECT_EQ(RefusalWith("training", "_sd", "[]"), "claim_unknown");
}

TEST(Slots, AreAnObjectWithSomethingInIt) {
  EXPECT_EQ(RefusalWith("training", "personal", "{}"), "claim_range");
  EXPECT_EQ(RefusalWith("training", "personal", "[]"), "claim_type");
  EXPECT_EQ(RefusalWith("training", "personal", "null"), "claim_type");
  Json::Members many;
  for (int i = 0; i < 17; ++i) {
    const std::string name = "slot" + std::to_string(i);
    many.push_back(
        {name, Json::Object({{"_sd", Json::Strings({certs::DigestText(Sha256(name))})}})});
    if (i == 15) {
      EXPECT_EQ(RefusalOf(With(Golden("unknown").payload, "personal", Json::Object(many))), "");
    }
  }
  EXPECT_EQ(RefusalOf(With(Golden("unknown").payload, "personal", Json::Object(many))),
            "claim_range");
}

TEST(OpenSlots, LeavesWithheldOnesClosed) {
  const Event event = ParsedGolden(kPerson);
  const std::vector<Disclosure>& all = Golden(kPerson).disclosures;
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(OpenRefusal(event, {}), "");
  EXPECT_EQ(OpenRefusal(event, {all[0], all[3]}), "");
  EXPECT_EQ(OpenSlots(event, {all[1], all[3]}, false)->at(1).name, "birth_date");
  EXPECT_EQ(OpenRefusal(event, {}, true), "slot_not_disclosed");
  EXPECT_EQ(OpenRefusal(event, {all[0], all[1], all[3]}, true), "slot_not_disclosed");
  EXPECT_EQ(OpenRefusal(event, all, true), "");
}

TEST(OpenSlots, TakesEachDisclosureOnceAndInOrder) {
  const Event event = ParsedGolden(kPerson);
  const std::vector<Disclosure>& all = Golden(kPerson).disclosures;
  EXPECT_EQ(OpenRefusal(event, {all[0], all[0]}), "disclosure_twice");
  EXPECT_EQ(OpenRefusal(event, {all[0], all[1], all[0]}), "disclosure_twice");
  EXPECT_EQ(OpenRefusal(event, {all[1], all[0]}), "disclosure_order");
  EXPECT_EQ(OpenRefusal(event, {all[0], Golden("practitioner-amended").disclosures[0]}),
            "disclosure_unreferenced");
  EXPECT_EQ(OpenRefusal(ParsedGolden("withdrawal"), {all[0]}), "disclosure_unreferenced");
}

TEST(OpenSlots, ReadsDisclosuresNamedValue) {
  const std::string salt = "[\"" + std::string(kSalt) + "\",";
  EXPECT_EQ(DisclosureRefusal(kPerson, "name", salt + "\"value\",\"Ada\"]"), "");
  EXPECT_EQ(DisclosureRefusal(kPerson, "name", salt + "\"name\",\"Ada\"]"), "disclosure_name");
  EXPECT_EQ(DisclosureRefusal(kPerson, "name", salt + "\"iss\",\"Ada\"]"), "disclosure_name");
  EXPECT_EQ(DisclosureRefusal(kPerson, "name", salt + "\"Ada\"]"), "disclosure_name")
      << "the disclosure of an array element";
}

TEST(OpenSlots, DemandsAnUnguessableSalt) {
  const auto refusal = [](const std::string& salt) {
    return DisclosureRefusal(kPerson, "name", "[\"" + salt + "\",\"value\",\"Ada\"]");
  };
  EXPECT_EQ(refusal(std::string(22, 'a')), "");
  EXPECT_EQ(refusal(std::string(64, 'a')), "");
  EXPECT_EQ(refusal(std::string(21, 'a')), "disclosure_salt");
  EXPECT_EQ(refusal(std::string(65, 'a')), "disclosure_salt");
  EXPECT_EQ(refusal(std::string(21, 'a') + "="), "disclosure_salt");
  EXPECT_EQ(refusal(std::string(21, 'a') + " "), "disclosure_salt");
}

TEST(OpenSlots, TextsHaveTheirForm) {
  struct Row {
    std::string_view event;
    std::string_view slot;
    size_t most;
  };
  for (const Row& row :
       {Row{kPerson, "name", 200}, Row{"training", "name_on_paper", 200},
        Row{"practitioner-amended", "town", 100}, Row{"training", "certificate_number", 64},
        Row{"insurance", "policy_number", 64}, Row{"dispute", "text", 2000},
        Row{"sanction", "text", 2000}}) {
    SCOPED_TRACE(row.slot);
    const std::string longest(row.most, 'x');
    EXPECT_EQ(ValueRefusal(row.event, row.slot, "\"" + longest + "\""), "");
    for (const std::string& value :
         {"\"" + longest + "x\"", std::string("\"\""), std::string("\" \""), std::string("7"),
          std::string("null"), std::string("[\"x\"]"), std::string("{\"_sd\":[]}"),
          std::string("\"a\\u202eb\"")}) {
      EXPECT_EQ(ValueRefusal(row.event, row.slot, value), "slot_value") << value;
    }
  }
}

TEST(OpenSlots, ABirthDateIsADay) {
  constexpr char kAmended[] = "practitioner-amended";
  EXPECT_EQ(ValueRefusal(kAmended, "birth_date", "\"1990-02-28\""), "");
  for (std::string_view value : {"\"1990-02-30\"", "\"28.2.1990\"", "19900228", "null"}) {
    EXPECT_EQ(ValueRefusal(kAmended, "birth_date", value), "slot_value") << value;
  }
}

TEST(OpenSlots, PapersAreDigestsWithATypeThatIsKept) {
  for (std::string_view type : {"application/pdf", "image/png", "image/jpeg"}) {
    EXPECT_EQ(ValueRefusal("practitioner-amended", "photo", Paper(type)), "") << type;
    EXPECT_EQ(ValueRefusal("training", "papers", "[" + Paper(type) + "]"), "") << type;
  }
  const std::string paper = Paper("image/png");
  const std::string more = paper.substr(0, paper.size() - 1) + ",\"size\":1}";
  std::string upper = paper;
  upper[upper.find("sha256") + 10] = 'A';
  for (const std::string& bad : {Paper("image/gif"), Paper(""), more, upper, std::string("{}"),
                                 std::string("\"x\""), std::string("{\"type\":\"image/png\"}"),
                                 std::string("{\"sha256\":\"00\",\"type\":\"image/png\"}"),
                                 std::string("{\"sha256\":7,\"type\":\"image/png\"}")}) {
    EXPECT_EQ(ValueRefusal("practitioner-amended", "photo", bad), "slot_value") << bad;
    EXPECT_EQ(ValueRefusal("training", "papers", "[" + bad + "]"), "slot_value") << bad;
  }
}

TEST(OpenSlots, OneToEightPapers) {
  const std::string paper = Paper("image/png");
  for (std::string_view event : {"training", "insurance"}) {
    for (std::string_view slot : {"papers", "public_papers"}) {
      std::string eight = paper;
      for (int i = 1; i < 8; ++i) eight += "," + paper;
      EXPECT_EQ(ValueRefusal(event, slot, "[" + eight + "]"), "") << slot;
      EXPECT_EQ(ValueRefusal(event, slot, "[" + eight + "," + paper + "]"), "slot_value") << slot;
      EXPECT_EQ(ValueRefusal(event, slot, "[]"), "slot_value") << slot;
      EXPECT_EQ(ValueRefusal(event, slot, paper), "slot_value") << slot;
    }
  }
  EXPECT_EQ(ValueRefusal("sanction", "case_papers", "[" + paper + "]"), "");
  EXPECT_EQ(ValueRefusal("sanction", "case_papers", "[]"), "slot_value");
}

TEST(OpenSlots, OfAnUnknownTypeMayHoldAnything) {
  EXPECT_EQ(ValueRefusal("unknown", "aura", "{\"colour\":[1,2,3]}"), "");
  EXPECT_EQ(DisclosureRefusal("unknown", "aura", "[\"short\",\"value\",1]"), "disclosure_salt");
}

}  // namespace
}  // namespace bonafide::registry
