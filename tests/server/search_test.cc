// LookupService: SearchByName.
#include "registry/registration_number.h"
#include "tests/server/lookup_fixture.h"
#include "tests/server/rpc_error.h"
#include "tests/server/tested_methods.h"

namespace bonafide::server {
namespace {

using grpc::StatusCode;

ANSWERS(LookupService, LookupService, SearchByName, WithoutItsAccents) {
  grpc::ClientContext context;
  v1::SearchByNameRequest request;
  request.set_name("zoe canary");
  request.set_town("LEEDS");
  v1::SearchByNameResponse response;
  const grpc::Status status = running_->lookup().SearchByName(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.matches_size(), 1);
  EXPECT_EQ(response.matches(0).number(), story_->practitioner.subject.value);
  EXPECT_EQ(response.matches(0).registration_number(),
            registry::RegistrationNumber(story_->practitioner.subject));
  EXPECT_EQ(response.matches(0).names(0), kName);
  EXPECT_EQ(response.matches(0).town(), "Leeds");
  EXPECT_EQ(response.next_page_token(), "");
}

ANSWERS(LookupService, LookupService, SearchByName, PageByPage) {
  for (int i = 0; i < 3; ++i) {
    running_->File(story_->clinic, std::nullopt, registry::PractitionerRegistered{},
                   {{"name", certs::Json::String("Pagename Example")}});
  }
  v1::SearchByNameRequest request;
  request.set_name("Pagename");
  request.set_page_size(2);
  grpc::ClientContext first;
  v1::SearchByNameResponse response;
  ASSERT_TRUE(running_->lookup().SearchByName(&first, request, &response).ok());
  EXPECT_EQ(response.matches_size(), 2);
  ASSERT_NE(response.next_page_token(), "");

  v1::SearchByNameRequest other = request;
  other.set_name("Zoe");
  other.set_page_token(response.next_page_token());
  grpc::ClientContext stolen;
  v1::SearchByNameResponse none;
  EXPECT_EQ(ErrorOf(running_->lookup().SearchByName(&stolen, other, &none)).reason, "page_token");

  request.set_page_token(response.next_page_token());
  grpc::ClientContext second;
  v1::SearchByNameResponse rest;
  ASSERT_TRUE(running_->lookup().SearchByName(&second, request, &rest).ok());
  EXPECT_EQ(rest.matches_size(), 1);
  EXPECT_EQ(rest.next_page_token(), "");
}

REFUSES(LookupService, LookupService, SearchByName, TooShortTooLongOrTooMuch) {
  const auto refused = [](const v1::SearchByNameRequest& request) {
    grpc::ClientContext context;
    v1::SearchByNameResponse response;
    return ErrorOf(running_->lookup().SearchByName(&context, request, &response));
  };
  v1::SearchByNameRequest request;
  EXPECT_EQ(refused(request).reason, "search_too_short");
  request.set_name("a");
  EXPECT_EQ(refused(request), (RpcError{StatusCode::INVALID_ARGUMENT, "search_too_short", ""}));
  request.set_name(std::string(1000, 'a'));
  EXPECT_EQ(refused(request).reason, "search_too_long");
  request.set_name("Zoe");
  request.set_page_size(21);
  EXPECT_EQ(refused(request), (RpcError{StatusCode::INVALID_ARGUMENT, "page_size", "page_size"}));
  request.set_page_size(1);
  request.set_page_token("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  EXPECT_EQ(refused(request).reason, "page_token");
}

}  // namespace
}  // namespace bonafide::server
