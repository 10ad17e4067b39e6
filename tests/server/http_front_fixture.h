// The front of the register that the tests of lookups ask, and what its problems look like.
#ifndef BONAFIDE_TESTS_SERVER_HTTP_FRONT_FIXTURE_H_
#define BONAFIDE_TESTS_SERVER_HTTP_FRONT_FIXTURE_H_

#include <gtest/gtest.h>

#include <string>

#include "certs/json.h"
#include "merkle/checkpoint.h"
#include "registry/registration_number.h"
#include "tests/server/http_client.h"
#include "tests/server/lookup_fixture.h"

namespace bonafide::server {

class HttpFront : public LookupService {
 protected:
  static int port() { return running_->instance().http_port(); }
  static std::string NumberOf(const Filed& filed) {
    return registry::RegistrationNumber(filed.subject);
  }
  static std::string Number() { return NumberOf(story_->practitioner); }
  static std::string Asked() {
    return std::string("?treatment=") + kTreatment + "&territory=" + kTerritory + "&on=2026-05-03";
  }
  static std::string Evidence() { return "/v1/practitioners/" + Number() + "/evidence" + Asked(); }
  static merkle::Checkpoint Head() {
    const HttpReply reply = Get(port(), "/checkpoint");
    const auto opened = merkle::OpenCheckpoint(reply.body, running_->anchors().log_key);
    EXPECT_TRUE(opened.ok()) << opened.status();
    return opened.ok() ? opened->checkpoint : merkle::Checkpoint();
  }
  // A problem with that status and reason.
  static void ExpectProblem(const HttpReply& reply, int status, const std::string& reason,
                            const std::string& field = "") {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(reply.Header("content-type"), "application/problem+json");
    EXPECT_EQ(reply.Header("cache-control"), "no-store");
    const certs::Json json = reply.Json();
    EXPECT_EQ(json.FindInteger("status"), status);
    EXPECT_EQ(reply.Reason(), reason);
    ASSERT_NE(json.FindString("type"), nullptr);
    EXPECT_EQ(*json.FindString("type"), "urn:bonafide:reason:" + reason);
    const std::string* named = json.FindString("field");
    EXPECT_EQ(named == nullptr ? "" : *named, field);
  }
};

}  // namespace bonafide::server

#endif  // BONAFIDE_TESTS_SERVER_HTTP_FRONT_FIXTURE_H_
