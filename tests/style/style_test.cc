// The project follows its own rules; and every rule finds what it is there to find.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/style/include_table.h"
#include "tests/style/source_tree.h"
#include "tests/style/text_rules.h"

namespace bonafide::style {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Rule = std::vector<Finding> (*)(const SourceFile&);

const std::vector<SourceFile>& Project() {
  static const std::vector<SourceFile> kFiles = ReadSourceTree(BONAFIDE_SOURCE_DIR);
  return kFiles;
}

// One failure for each finding, so that each has a line of its own.
void ExpectNone(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) ADD_FAILURE() << finding;
}

// The include table applied to one line in one file.
std::vector<std::string> Forbidden(const std::string& path, const std::string& include) {
  std::vector<std::string> texts;
  for (const Finding& finding : ForbiddenIncludes({path, "#include " + include + "\n"})) {
    texts.push_back(finding.what);
  }
  return texts;
}

TEST(ProjectTest, IsSeen) {
  std::vector<std::string> paths;
  for (const SourceFile& file : Project()) paths.push_back(file.path);
  EXPECT_THAT(paths, ::testing::IsSupersetOf({"certs/digest.h", "scripts/test", "CMakeLists.txt",
                                              ".ci/run", "tests/style/style_test.cc"}));
}

TEST(ProjectTest, FollowsTheIncludeTable) {
  for (const SourceFile& file : Project()) ExpectNone(ForbiddenIncludes(file));
  ExpectNone(LeakingHeaders(Project()));
}

TEST(ProjectTest, FollowsTheTextRules) {
  for (Rule rule : {DrawerNames, WrongIncludeGuard, UnfinishedMarks, LongLines, UsingNamespaces,
                    MachinePaths, HiddenInputs}) {
    for (const SourceFile& file : Project()) ExpectNone(rule(file));
  }
}

TEST(IncludeTableTest, AllowsTheArrows) {
  for (const auto& [path, include] : std::vector<std::pair<std::string, std::string>>{
           {"certs/a.cc", "\"certs/digest.h\""},
           {"merkle/a.h", "\"certs/digest.h\""},
           {"registry/a.h", "\"merkle/tree.h\""},
           {"proto/codec.cc", "\"bonafide/v1/lookup.pb.h\""},
           {"storage/a.cc", "\"proto/codec.h\""},
           {"server/rpc/a.cc", "\"bonafide/v1/lookup.grpc.pb.h\""},
           {"server/main.cc", "<CLI/CLI.hpp>"},
           {"client/cli/verify.cc", "<CLI/CLI.hpp>"},
           {"client/a.cc", "\"registry/verdict.h\""},
           {"certs/a.cc", "<openssl/evp.h>"},
           {"certs/a.cc", "<absl/strings/str_cat.h>"},
           {"merkle/a.h", "<absl/status/statusor.h>"},
           {"storage/a.cc", "<sys/file.h>"},
           {"certs/key_file.cc", "<fcntl.h>"},
           {"certs/a.cc", "<arpa/inet.h>"},
           {"tests/certs/a_test.cc", "<openssl/evp.h>"},
           {"bench/a.cc", "\"storage/store.h\""},
           {"storage/log/a.cc", "\"storage/history/page.h\""},
           {"storage/check/a.cc", "\"storage/check/b.h\""},
           {"server/http/a.cc", "\"server/answer/a.h\""},
       }) {
    EXPECT_THAT(Forbidden(path, include), IsEmpty()) << path << " " << include;
  }
}

TEST(IncludeTableTest, ForbidsEveryOtherRoom) {
  for (const auto& [path, include] : std::vector<std::pair<std::string, std::string>>{
           {"certs/a.h", "merkle/tree.h"},
           {"merkle/a.h", "registry/verdict.h"},
           {"registry/a.cc", "proto/codec.h"},
           {"registry/a.cc", "storage/store.h"},
           {"registry/a.cc", "bonafide/v1/lookup.pb.h"},
           {"proto/codec.cc", "storage/store.h"},
           {"storage/a.cc", "server/config.h"},
           {"storage/a.cc", "bonafide/v1/lookup.pb.h"},
           {"server/rpc/a.cc", "client/connection.h"},
           {"client/a.cc", "storage/store.h"},
           {"client/cli/a.cc", "server/config.h"},
           {"server/a.cc", "tests/server/fake.h"},
           {"client/a.cc", "bench/load.h"},
       }) {
    const std::string room = path.substr(0, path.find('/'));
    EXPECT_THAT(Forbidden(path, "\"" + include + "\""),
                ElementsAre(room + " may not include " + include));
  }
}

TEST(IncludeTableTest, ForbidsEveryOtherFolderOfARoom) {
  for (const auto& [path, include] : std::vector<std::pair<std::string, std::string>>{
           {"storage/history/a.cc", "storage/log/tiles.h"},
           {"storage/register/a.h", "storage/personal/erasure.h"},
           {"storage/register/a.cc", "storage/check/check.h"},
           {"storage/a.cc", "storage/log/tiles.h"},
           {"storage/log/a.cc", "storage/store.h"},
           {"server/answer/a.cc", "server/http/a.h"},
           {"server/http/a.cc", "server/rpc/a.h"},
       }) {
    const std::string folder = path.substr(0, path.rfind('/'));
    EXPECT_THAT(Forbidden(path, "\"" + include + "\""),
                ElementsAre(folder + " may not include " + include));
  }
}

TEST(IncludeTableTest, ForbidsALibraryElsewhere) {
  for (const auto& [path, include] : std::vector<std::pair<std::string, std::string>>{
           {"merkle/a.cc", "openssl/evp.h"},
           {"registry/a.cc", "nlohmann/json.hpp"},
           {"server/a.cc", "rocksdb/db.h"},
           {"client/a.cc", "unicode/unistr.h"},
           {"storage/a.cc", "google/protobuf/message.h"},
           {"proto/codec.cc", "grpcpp/grpcpp.h"},
           {"storage/a.cc", "grpc/grpc.h"},
           {"storage/a.cc", "spdlog/spdlog.h"},
           {"registry/a.cc", "fmt/format.h"},
           {"client/a.cc", "prometheus/counter.h"},
           {"server/rpc/a.cc", "boost/beast.hpp"},
           {"storage/a.cc", "jemalloc/jemalloc.h"},
           {"client/trust.cc", "CLI/CLI.hpp"},
           {"server/rpc/a.cc", "CLI/CLI.hpp"},
           {"certs/a.cc", "gtest/gtest_prod.h"},
           {"server/a.cc", "gmock/gmock.h"},
           {"storage/a.cc", "benchmark/benchmark.h"},
       }) {
    EXPECT_THAT(Forbidden(path, "<" + include + ">"),
                ElementsAre(path + " may not include the library of " + include));
  }
}

TEST(IncludeTableTest, ForbidsWhatIsInNoTable) {
  EXPECT_THAT(Forbidden("certs/a.cc", "<curl/curl.h>"),
              ElementsAre("a library that is not in the include table: curl/curl.h"));
  EXPECT_THAT(Forbidden("certs/a.cc", "\"digest.h\""),
              ElementsAre("not from the project's root: digest.h"));
  EXPECT_THAT(Forbidden("server/a.h", "<absl/strings/str_cat.h>"),
              ElementsAre("of abseil only Status may be in a header: absl/strings/str_cat.h"));
  EXPECT_THAT(Forbidden("merkle/a.cc", "<fstream>"),
              ElementsAre("a pure room does no I/O: fstream"));
  EXPECT_THAT(Forbidden("proto/a.cc", "<sys/stat.h>"),
              ElementsAre("a pure room does no I/O: sys/stat.h"));
}

TEST(IncludeTableTest, FindsALeakThroughAnotherHeader) {
  const std::vector<SourceFile> files = {
      {"storage/column.h", "#include <rocksdb/db.h>\n"},
      {"storage/store.h", "// A store.\n#include \"storage/column.h\"\n"},
      {"storage/store.cc", "#include \"storage/store.h\"\n"},
      {"server/view.cc", "#include <string>\n#include \"storage/store.h\"\n"},
      {"tests/storage/store_test.cc", "#include \"storage/store.h\"\n"},
  };
  EXPECT_THAT(LeakingHeaders(files),
              ElementsAre(Finding{"server/view.cc", 2, "storage/store.h brings rocksdb/ along"}));
}

TEST(TextRulesTest, FindDrawerNames) {
  for (const char* path : {"certs/util.h", "server/rpc_helpers.cc", "common/a.h",
                           "client/conn-manager.cc", "scripts/misc"}) {
    EXPECT_EQ(DrawerNames({path, ""}).size(), 1U) << path;
  }
  EXPECT_THAT(DrawerNames({"certs/commonwealth.h", ""}), IsEmpty());
}

TEST(TextRulesTest, FindWrongIncludeGuards) {
  const std::string right =
      "// A key.\n#ifndef BONAFIDE_CERTS_JOSE_KEY_H_\n#define BONAFIDE_CERTS_JOSE_KEY_H_\n"
      "\n#endif  // BONAFIDE_CERTS_JOSE_KEY_H_\n";
  EXPECT_THAT(WrongIncludeGuard({"certs/jose_key.h", right}), IsEmpty());
  EXPECT_THAT(
      WrongIncludeGuard({"certs/key.h", right}),
      ElementsAre(Finding{"certs/key.h", 0, "the include guard has to be BONAFIDE_CERTS_KEY_H_"}));
  EXPECT_EQ(WrongIncludeGuard({"certs/jose_key.h", "#pragma once\n"}).size(), 1U);
  EXPECT_EQ(WrongIncludeGuard({"certs/jose_key.h", right + "int after;\n"}).size(), 1U);
  EXPECT_EQ(WrongIncludeGuard({"certs/jose_key.h", ""}).size(), 1U);
}

TEST(TextRulesTest, FindUnfinishedMarks) {
  EXPECT_EQ(UnfinishedMarks({"a.md",
                             "fine\n// TO"
                             "DO: later\n"}),
            (std::vector<Finding>{{"a.md", 2,
                                   "unfinished: TO"
                                   "DO"}}));
  EXPECT_EQ(UnfinishedMarks({"a.cc", "// FIX\115E\n"}).size(), 1U);
}

TEST(TextRulesTest, FindLongLines) {
  EXPECT_THAT(LongLines({"a.cc", std::string(100, 'x') + "\n"}), IsEmpty());
  EXPECT_THAT(LongLines({"a.cc", "\n" + std::string(101, 'x')}),
              ElementsAre(Finding{"a.cc", 2, "101 characters"}));
  std::string accents;
  for (int i = 0; i < 100; ++i) accents += "\u00e9";
  EXPECT_THAT(LongLines({"a.h", accents}), IsEmpty());
  EXPECT_EQ(LongLines({"a.h", accents + "x"}).size(), 1U);
  EXPECT_THAT(LongLines({"a.md", std::string(300, 'x')}), IsEmpty());
}

TEST(TextRulesTest, FindUsingNamespaces) {
  EXPECT_THAT(UsingNamespaces({"a.cc", "int a;\n  using namespace std;\n"}),
              ElementsAre(Finding{"a.cc", 2, "using namespace"}));
  EXPECT_THAT(UsingNamespaces({"a.cc", "using std::string;\n"}), IsEmpty());
}

TEST(TextRulesTest, FindMachinePaths) {
  for (const std::string path : {"/w\157rk/x", "/h\157me/x", "/r\157ot/x", "/U\163ers/x"}) {
    EXPECT_EQ(MachinePaths({"docs/a.md", "see " + path + "\n"}).size(), 1U) << path;
  }
  EXPECT_THAT(MachinePaths({"docs/a.md", "/var/lib/bonafide and network/x\n"}), IsEmpty());
}

TEST(TextRulesTest, FindHiddenInputsOfPureRooms) {
  const std::string clock = "auto t = std::chrono::system_clock::now();\n";
  EXPECT_EQ(HiddenInputs({"registry/a.cc", clock}).size(), 1U);
  EXPECT_EQ(HiddenInputs({"certs/a.cc", "std::getenv(\"X\");\n"}).size(), 1U);
  EXPECT_EQ(HiddenInputs({"merkle/a.cc", "std::time(nullptr);\n"}).size(), 1U);
  EXPECT_THAT(HiddenInputs({"server/a.cc", clock}), IsEmpty());
}

}  // namespace
}  // namespace bonafide::style
