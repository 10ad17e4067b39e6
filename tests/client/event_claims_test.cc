#include "client/event_claims.h"

#include <gtest/gtest.h>

#include <string>

#include "certs/reason.h"
#include "tests/registry/example_register.h"

namespace bonafide::client {
namespace {

certs::Json Parsed(const std::string& json) { return certs::ParseJson(json).value(); }

std::string Refused(const std::string& type, const std::string& json) {
  return ReasonOf(ReadEventClaims(type, Parsed(json)).status());
}

TEST(EventClaimsTest, ReadsWhatItWrites) {
  const registry::ExampleRegister cast;
  const std::vector<registry::EventBody> bodies = {registry::ExampleRegister::Rules(),
                                                   cast.AwardedTraining(), cast.Policy()};
  for (const registry::EventBody& body : bodies) {
    const certs::Json json = WriteEventClaims(body);
    const auto type = body.index() == bodies[0].index()   ? "scheme-version"
                      : body.index() == bodies[1].index() ? "training"
                                                          : "insurance";
    const auto read = ReadEventClaims(type, json);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(WriteEventClaims(read->body), json);
  }
}

TEST(EventClaimsTest, SlotsWithTheirValues) {
  const auto read = ReadEventClaims(
      "practitioner", Parsed(R"({"personal":{"name":"Zoë Example","birth_date":"1990-02-28"}})"));
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->personal.size(), 2u);
  EXPECT_EQ(read->personal[0].name, "name");
  EXPECT_EQ(*read->personal[1].value.AsString(), "1990-02-28");
}

TEST(EventClaimsTest, WhatIsWrongIsSaid) {
  EXPECT_EQ(Refused("certificate", "{}"), "vct");
  EXPECT_EQ(Refused("affiliation", "[]"), "claim_type");
  EXPECT_EQ(Refused("affiliation", R"({"clinic":1})"), "claim_missing");
  EXPECT_EQ(Refused("affiliation", R"({"clinic":1,"from":"2026-05-03","till":"2026-05-04"})"),
            "claim_unknown");
  EXPECT_EQ(Refused("affiliation", R"({"clinic":"1","from":"2026-05-03"})"), "claim_type");
  EXPECT_EQ(Refused("affiliation", R"({"clinic":1,"from":"2026-05-03","until":"2026-05-02"})"),
            "claim_conflict");
  EXPECT_EQ(Refused("practitioner", R"({"personal":{"shoe_size":"7"}})"), "slot_unknown");
  EXPECT_EQ(Refused("practitioner", R"({"personal":{"name":" Zoë"}})"), "slot_value");
  EXPECT_EQ(Refused("practitioner", R"({"personal":{"birth_date":"28.2.1990"}})"), "slot_value");
  EXPECT_EQ(Refused("practitioner", R"({"personal":"Zoë"})"), "claim_type");
  const auto nested =
      ReadEventClaims("scheme-version", WriteEventClaims(registry::ExampleRegister::Rules()));
  ASSERT_TRUE(nested.ok());
}

}  // namespace
}  // namespace bonafide::client
