// Every method of every service has a rule, a limit and tests; and no rule is for nothing.
#include "server/method_table.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "bonafide/v1/log.pb.h"
#include "bonafide/v1/lookup.pb.h"
#include "bonafide/v1/submission.pb.h"
#include "server/config_settings.h"
#include "server/http/exchange.h"
#include "server/http/route.h"
#include "tests/server/tested_methods.h"

namespace bonafide::server {
namespace {

// The methods in all .proto files of the API.
std::vector<std::string> AllMethods() {
  // So that the linker keeps the descriptors.
  v1::VerifyRequest::descriptor();
  v1::SubmitEventRequest::descriptor();
  v1::GetCheckpointRequest::descriptor();
  std::vector<std::string> methods;
  const std::filesystem::path folder = BONAFIDE_SOURCE_DIR "/proto/bonafide/v1";
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    const std::string name = "bonafide/v1/" + file.path().filename().string();
    const auto* descriptor =
        google::protobuf::DescriptorPool::generated_pool()->FindFileByName(name);
    EXPECT_NE(descriptor, nullptr) << name << " is not served";
    if (descriptor == nullptr) continue;
    for (int s = 0; s < descriptor->service_count(); ++s) {
      const auto* service = descriptor->service(s);
      for (int m = 0; m < service->method_count(); ++m) {
        methods.push_back("/" + service->full_name() + "/" + service->method(m)->name());
      }
    }
  }
  return methods;
}

TEST(MethodTable, EveryMethodHasARule) {
  const std::vector<std::string> methods = AllMethods();
  EXPECT_FALSE(methods.empty());
  for (const std::string& method : methods) {
    EXPECT_NE(FindMethodRule(method), nullptr) << method << " has no access rule and no limits";
  }
}

TEST(MethodTable, EveryRuleIsForAMethod) {
  const std::vector<std::string> methods = AllMethods();
  std::set<std::string, std::less<>> names(methods.begin(), methods.end());
  for (const http::Route& route : http::Routes()) names.emplace(route.method);
  names.emplace(http::kNothing);
  std::set<std::string_view> seen;
  for (const MethodRule& rule : MethodRules()) {
    EXPECT_TRUE(names.contains(rule.name)) << rule.name;
    EXPECT_TRUE(seen.insert(rule.name).second) << rule.name << " has two rules";
    EXPECT_LT(static_cast<size_t>(rule.call_class), kCallClassCount) << rule.name;
  }
}

TEST(MethodTable, EveryMethodIsTested) {
  for (const std::string& method : AllMethods()) {
    EXPECT_GT(TestedMethods()[method].answered, 0) << method << " has no test of what it answers";
    EXPECT_GT(TestedMethods()[method].refused, 0) << method << " has no test of what it refuses";
  }
}

TEST(MethodTable, WhatIsNotThereIsDenied) {
  EXPECT_EQ(FindMethodRule("/bonafide.v1.LookupService/Delete"), nullptr);
  EXPECT_EQ(FindMethodRule("/bonafide.v1.LookupService/verify"), nullptr);
  EXPECT_EQ(FindMethodRule(""), nullptr);
}

// What may be done without an identity, and by whom the rest: a change here is a decision.
TEST(MethodTable, OnlyUploadsNeedAnIdentity) {
  for (const MethodRule& rule : MethodRules()) {
    const bool upload = rule.name == "/bonafide.v1.SubmissionService/UploadPaper";
    EXPECT_EQ(rule.access == Access::kOrganisation, upload) << rule.name;
  }
}

}  // namespace
}  // namespace bonafide::server
