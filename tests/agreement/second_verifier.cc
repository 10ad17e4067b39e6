#include "tests/agreement/second_verifier.h"

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "certs/base64.h"
#include "certs/reason.h"
#include "client/trust.h"
#include "proto/evidence_file.h"
#include "proto/verdict_codec.h"

namespace bonafide::agreement {

using certs::Json;

bool HasNode() { return std::system("node --version >/dev/null 2>&1") == 0; }

std::vector<Opinion> AskSecondVerifier(const std::vector<Case>& cases) {
  const std::string base = testing::TempDir() + "bonafide-agreement-" + std::to_string(getpid());
  const std::string asked = base + ".in";
  const std::string answered = base + ".out";
  {
    std::ofstream in(asked);
    for (const Case& one : cases) {
      in << certs::WriteJson(Json::Object({{"trust", Json::String(one.trust)},
                                           {"file", Json::String(certs::Base64Encode(one.file))},
                                           {"now_ms", Json::Integer(one.now_ms)},
                                           {"saved", Json::Bool(true)}}))
         << "\n";
    }
  }
  const std::string command =
      "node " BONAFIDE_SOURCE_DIR "/web/verify/cli.js batch <" + asked + " >" + answered;
  const int code = std::system(command.c_str());
  std::vector<Opinion> opinions;
  std::ifstream out(answered);
  for (std::string line; std::getline(out, line);) {
    const auto json = certs::ParseJson(line, {.size_bytes = 1u << 20, .values = 1u << 16});
    if (!json.ok()) break;
    Opinion opinion;
    opinion.accepted = json->FindBool("ok").value_or(false);
    if (const Json* verdict = json->Find("verdict")) opinion.verdict = *verdict;
    if (const std::string* reason = json->FindString("reason")) opinion.reason = *reason;
    opinions.push_back(std::move(opinion));
  }
  std::remove(asked.c_str());
  std::remove(answered.c_str());
  if (code != 0 || opinions.size() != cases.size()) {
    std::fprintf(stderr, "the second verifier answered %zu of %zu cases and ended with %d\n",
                 opinions.size(), cases.size(), code);
    std::abort();
  }
  return opinions;
}

Opinion AskFirstVerifier(const Case& one) {
  Opinion opinion;
  const auto refused = [&opinion](const absl::Status& status) {
    opinion.reason = ReasonOf(status);
    return opinion;
  };
  const auto trust = client::ParseTrust(one.trust);
  if (!trust.ok()) return refused(trust.status());
  const auto file = proto::ParseEvidenceFile(one.file);
  if (!file.ok()) return refused(file.status());
  const auto proven = registry::VerifyEvidence(trust->anchors, file->evidence, file->question,
                                               one.now_ms, registry::Freshness::kSaved);
  if (!proven.ok()) return refused(proven.status());
  std::string text;
  const auto written =
      google::protobuf::util::MessageToJsonString(proto::VerdictToProto(proven->verdict), &text);
  EXPECT_TRUE(written.ok());
  const auto verdict = certs::ParseJson(text, {.size_bytes = 1u << 20, .values = 1u << 16});
  EXPECT_TRUE(verdict.ok()) << verdict.status();
  opinion.accepted = true;
  opinion.verdict = *verdict;
  return opinion;
}

}  // namespace bonafide::agreement
