#include "certs/json.h"

#include <gtest/gtest.h>

#include <limits>

#include "certs/reason.h"

namespace bonafide::certs {
namespace {

std::string Reason(std::string_view text, const JsonLimits& limits = {}) {
  return ReasonOf(ParseJson(text, limits).status());
}

std::string Nested(size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(JsonTest, ReadsEveryKindInOrder) {
  const auto json =
      ParseJson(R"( {"z":null,"a":[true,false],"i":-9223372036854775808,"j":9223372036854775807,)"
                R"("d":3.5,"s":"x\u00e9\ud834\udd1e\n","o":{}} )");
  ASSERT_TRUE(json.ok()) << json.status();
  ASSERT_EQ(json->members().size(), 7u);
  EXPECT_EQ(json->members()[0].name, "z");
  EXPECT_TRUE(json->Find("z")->IsNull());
  EXPECT_EQ(json->Find("a")->items().size(), 2u);
  EXPECT_EQ(json->Find("a")->items()[0].AsBool(), true);
  EXPECT_EQ(json->FindInteger("i"), std::numeric_limits<int64_t>::min());
  EXPECT_EQ(json->FindInteger("j"), std::numeric_limits<int64_t>::max());
  EXPECT_EQ(json->Find("d")->AsDouble(), 3.5);
  EXPECT_EQ(*json->FindString("s"), "x\xc3\xa9\xf0\x9d\x84\x9e\n");
  EXPECT_TRUE(json->Find("o")->IsObject());
  EXPECT_EQ(json->Find("missing"), nullptr);
}

TEST(JsonTest, AnotherKindGivesNothing) {
  const Json json = *ParseJson(R"({"s":"1","i":1,"b":true})");
  EXPECT_EQ(json.FindInteger("s"), std::nullopt);
  EXPECT_EQ(json.FindString("i"), nullptr);
  EXPECT_EQ(json.FindBool("i"), std::nullopt);
  EXPECT_EQ(json.AsString(), nullptr);
  EXPECT_TRUE(json.items().empty());
  EXPECT_TRUE(json.Find("s")->members().empty());
  EXPECT_EQ(json.Find("s")->Find("x"), nullptr);
}

TEST(JsonTest, AFractionOrAnExponentIsNoInteger) {
  for (std::string_view text : {"1.0", "1e3", "1E0", "0.5", "-0.0", "1e-2"}) {
    const auto json = ParseJson(text);
    ASSERT_TRUE(json.ok()) << text;
    EXPECT_EQ(json->kind(), Json::Kind::kDouble) << text;
    EXPECT_EQ(json->AsInteger(), std::nullopt) << text;
  }
}

TEST(JsonTest, EqualNamesAreRefusedAtEveryDepthAndInEverySpelling) {
  for (std::string_view text :
       {R"({"a":1,"a":1})", R"({"a":1,"b":2,"a":3})", R"({"alg":"x","\u0061lg":"y"})",
        R"([{"x":{"a":1,"a":2}}])", R"({"":1,"":2})", R"({"a":{},"a":[]})",
        "{\"\xc3\xa9\":1,\"\\u00e9\":2}", R"({"/":1,"\/":2})"}) {
    EXPECT_EQ(Reason(text), "json_duplicate_name") << text;
  }
  EXPECT_TRUE(ParseJson(R"({"a":{"a":1},"b":[{"a":1},{"a":2}],"A":1})").ok());
}

TEST(JsonTest, EqualNamesAreRefusedInLargeObjects) {
  std::string members;
  for (int i = 0; i < 100; ++i) members += "\"n" + std::to_string(i) + "\":1,";
  EXPECT_TRUE(ParseJson("{" + members + "\"last\":1}").ok());
  EXPECT_EQ(Reason("{" + members + "\"n0\":1}"), "json_duplicate_name");
  EXPECT_EQ(Reason("{" + members + "\"n99\":1}"), "json_duplicate_name");
}

TEST(JsonTest, BadUtf8AndLoneSurrogatesAreRefused) {
  for (std::string_view text :
       {"\"\xff\"", "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "\"\xe2\x82\"", "{\"\xc3\":1}",
        R"("\ud800")", R"("\udc00")", R"("\ud800x")", R"("\ud800\u0041")", R"("\ud800\ud800")",
        R"("\udc00\ud800")", R"("\uD834\\udd1e")", R"({"\udbff":1})", "\xef\xbb\xbf{}", "\xfe\xff",
        "\xff\xfe{\0}"}) {
    EXPECT_EQ(Reason(text), "json_utf8") << text;
  }
  // An escaped backslash before u is no escape.
  EXPECT_EQ(*ParseJson(R"("\\ud800")")->AsString(), "\\ud800");
  EXPECT_EQ(*ParseJson(R"("\\\ud834\udd1e")")->AsString(), "\\\xf0\x9d\x84\x9e");
}

TEST(JsonTest, DigitsAfterAnotherEscapeAreDigits) {
  EXPECT_EQ(*ParseJson(R"("\n0000\td800")")->AsString(), "\n0000\td800");
}

TEST(JsonTest, NulIsRefusedEverywhere) {
  EXPECT_EQ(Reason(std::string_view("{}\0", 3)), "json_syntax");
  EXPECT_EQ(Reason(std::string_view("{}\0{}", 5)), "json_syntax");
  EXPECT_EQ(Reason(std::string_view("\0{}", 3)), "json_syntax");
  EXPECT_EQ(Reason(std::string_view("\"a\0b\"", 5)), "json_syntax");
  EXPECT_EQ(Reason(R"("a\u0000b")"), "json_syntax");
  EXPECT_EQ(Reason(R"({"a\u0000":1})"), "json_syntax");
  EXPECT_EQ(*ParseJson(R"("\\u0000")")->AsString(), "\\u0000");
}

TEST(JsonTest, NumbersThatDoNotFitAreRefused) {
  for (std::string_view text :
       {"9223372036854775808", "-9223372036854775809", "18446744073709551615",
        "18446744073709551616", "100000000000000000000000000000", "1e400", "-1e400", "1e999999999",
        "1e-400", "0.0000001e-400", "[1e400]", "-0", "[1,-0]"}) {
    EXPECT_EQ(Reason(text), "json_number") << text;
  }
  EXPECT_TRUE(ParseJson("0e-400").ok());
  EXPECT_TRUE(ParseJson("1.7976931348623157e308").ok());
}

TEST(JsonTest, DepthIsCapped) {
  EXPECT_TRUE(ParseJson(Nested(16)).ok());
  EXPECT_EQ(Reason(Nested(17)), "json_depth");
  EXPECT_EQ(Reason(std::string(60000, '[')), "json_depth");
  EXPECT_EQ(Reason(R"({"a":{"a":{}}})", {.depth = 2}), "json_depth");
}

TEST(JsonTest, SizeAndCountAreCapped) {
  const JsonLimits limits = {.size_bytes = 16, .values = 4};
  EXPECT_TRUE(ParseJson("[1,2,3]         ", limits).ok());
  EXPECT_EQ(Reason("[1,2,3]          ", limits), "json_size");
  EXPECT_EQ(Reason("[1,2,3,4]", limits), "json_size");
  EXPECT_EQ(Reason("{\"a\":[1,{},2]}", limits), "json_size");
}

TEST(JsonTest, BadSyntaxIsRefused) {
  for (std::string_view text :
       {"",         " ",         "{",         "}",         "[1,]",        "{\"a\":1,}",
        "{a:1}",    "{'a':1}",   "[1 2]",     "{} {}",     "{}x",         "01",
        "+1",       "1.",        ".5",        "1e",        "-",           "0x1",
        "NaN",      "Infinity",  "-Infinity", "nul",       "True",        "\"a",
        "\"\x01\"", "\"\n\"",    R"("\x41")", R"("\u12")", R"("\u12g4")", R"("\)",
        "// c\n1",  "1 /* c */", "{\"a\"}",   "{1:2}",     "[1;2]",       "\"a\" \"b\"",
        "\x0b{}",   "\xc2\xa0{}"}) {
    EXPECT_EQ(Reason(text), "json_syntax") << text;
  }
}

TEST(JsonTest, MessagesNeverQuoteTheText) {
  for (std::string_view text : {"{\"canary\":canary}", "\"canary", "[\"canary\",\"\\ud800\"]",
                                "{\"canary\":1,\"canary\":2}", "[\"canary\",1e400]"}) {
    const absl::Status status = ParseJson(text).status();
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(std::string(status.message()).find("canary"), std::string::npos) << status;
  }
}

TEST(JsonTest, WritesCompactAndDeterministic) {
  const Json json = Json::Object({
      {"b", Json::Array({Json::Null(), Json::Bool(true), Json::Integer(-7), Json::Double(0.1)})},
      {"a", Json::String("\"\\/\b\f\n\r\t\x01\x1f\x7f\xc3\xa9")},
      {"n", Json::Double(3)},
      {"l", Json::Strings({"x", "y"})},
      {"e", Json::Object({})},
  });
  EXPECT_EQ(
      WriteJson(json),
      "{\"b\":[null,true,-7,0.1],\"a\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\xc3\xa9\","
      "\"n\":3.0,\"l\":[\"x\",\"y\"],\"e\":{}}");
  EXPECT_EQ(*ParseJson(WriteJson(json)), json);
  EXPECT_EQ(*ParseJson(WriteIndentedJson(json)), json);
}

TEST(JsonTest, IndentsForPeople) {
  EXPECT_EQ(WriteIndentedJson(*ParseJson(R"({"a":[1,{}],"b":[]})")),
            "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}");
}

TEST(JsonTest, DoublesReadBackEqual) {
  for (double value : {1e300, 5e-324, 0.1, 1.0 / 3, 123456789.0, -0.0, 1e22, 1.5e-7}) {
    const auto read = ParseJson(WriteJson(Json::Double(value)));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->AsDouble(), value);
  }
}

TEST(JsonTest, EqualityDisregardsTheOrderOfMembers) {
  EXPECT_EQ(*ParseJson(R"({"a":1,"b":[1,2]})"), *ParseJson(R"({"b":[1,2],"a":1})"));
  for (std::string_view other : {R"({"a":1})", R"({"a":1,"b":[2,1]})", R"({"a":1,"c":[1,2]})",
                                 R"({"a":1.0,"b":[1,2]})", R"([1,2])"}) {
    EXPECT_FALSE(*ParseJson(R"({"a":1,"b":[1,2]})") == *ParseJson(other)) << other;
  }
}

}  // namespace
}  // namespace bonafide::certs
