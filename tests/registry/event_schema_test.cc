// Tokens become events by closed schemas.
#include "registry/event_schema.h"

#include <gtest/gtest.h>

#include "certs/reason.h"
#include "tests/registry/seeded_random.h"
#include "tests/registry/token_forge.h"

namespace bonafide::registry {
namespace {

using certs::Json;

constexpr std::string_view kOrigin = "register.example/demo";

TEST(EventSchema, WhatIsSignedIsRead) {
  SeededRandom random(1);
  const certs::PrivateKey key = SeededKey("issuer");
  EventDraft draft{.issuer = {3},
                   .issued_at_s = 1'750'000'000,
                   .subject = {},
                   .anchor = {},
                   .body = PractitionerRegistered(),
                   .personal = {{"name", Json::String("Ada Example")}}};
  const auto made = SignEvent(draft, kOrigin, key, random);
  ASSERT_TRUE(made.ok()) << made.status();
  const auto token = ParseToken(made->jwt, kOrigin);
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ(token->event.issuer, SubjectNumber{3});
  ASSERT_EQ(token->event.slots.size(), 1u);
}

}  // namespace
}  // namespace bonafide::registry
