#include "tests/registry/schema_twin.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "certs/json.h"
#include "registry/issuer_url.h"
#include "tests/registry/golden_event.h"
#include "tests/registry/token_forge.h"

namespace bonafide::registry {
namespace {

using certs::Json;

std::string Quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

void ExpectRefusals(std::string_view event, std::string_view path, std::string_view reason,
                    const std::vector<std::string>& values) {
  for (const std::string& value : values) {
    EXPECT_EQ(RefusalWith(event, path, value), reason) << event << " " << path << " = " << value;
  }
}

void ExpectStringForm(std::string_view event, std::string_view path,
                      const std::vector<std::string>& bad) {
  ExpectRefusals(event, path, "claim_type", {"null", "7", "true", "[\"x\"]", "{}"});
  for (const std::string& text : bad) {
    ExpectRefusals(event, path, "claim_range", {Quoted(text)});
  }
}

const Json& At(const Json& json, std::string_view path) {
  const size_t dot = path.find('.');
  const std::string step(path.substr(0, dot));
  const Json& next = json.IsArray() ? json.items().at(std::stoul(step)) : *json.Find(step);
  return dot == path.npos ? next : At(next, path.substr(dot + 1));
}

}  // namespace

void ExpectRequired(std::string_view event, std::initializer_list<std::string_view> paths) {
  for (std::string_view path : paths) {
    EXPECT_EQ(RefusalWithout(event, path), "claim_missing") << event << " " << path;
    EXPECT_NE(RefusalWith(event, path, "null"), "") << event << " " << path;
  }
}

void ExpectOptional(std::string_view event, std::initializer_list<std::string_view> paths) {
  for (std::string_view path : paths) {
    EXPECT_EQ(RefusalWithout(event, path), "") << event << " " << path;
    EXPECT_EQ(RefusalWith(event, path, "null"), "claim_type") << event << " " << path;
  }
}

void ExpectText(std::string_view event, std::string_view path, size_t max_code_points) {
  ExpectStringForm(event, path,
                   {"", " a", "a ", "a\\u0001b", "a\\nb", "a\u202eb", "a\u200bb",
                    std::string(max_code_points + 1, 'a')});
  std::string longest;
  for (size_t i = 0; i < max_code_points; ++i) longest += "\u00e9";
  EXPECT_EQ(RefusalWith(event, path, Quoted(longest)), "") << event << " " << path;
}

void ExpectCode(std::string_view event, std::string_view path) {
  ExpectStringForm(event, path, {"", "A", "1a", "a b", "*", std::string(65, 'a')});
  EXPECT_EQ(RefusalWith(event, path, Quoted(std::string(64, 'z'))), "") << event << " " << path;
}

void ExpectRecognition(std::string_view event, std::string_view path) {
  ExpectStringForm(event, path, {"", "rn1", "RN 1", "/1", std::string(33, '1')});
  EXPECT_EQ(RefusalWith(event, path, Quoted(std::string(32, '1'))), "") << event << " " << path;
}

void ExpectCurrency(std::string_view event, std::string_view path) {
  ExpectStringForm(event, path, {"", "gbp", "GB", "GBPX"});
  EXPECT_EQ(RefusalWith(event, path, Quoted("USD")), "") << event << " " << path;
}

void ExpectWord(std::string_view event, std::string_view path) {
  const std::string word = *At(Golden(event).payload, path).AsString();
  ExpectStringForm(event, path, {"", word + " ", "no_such_word", "*", word.substr(1)});
}

void ExpectBoolean(std::string_view event, std::string_view path) {
  ExpectRefusals(event, path, "claim_type", {"null", "0", "1", "\"true\"", "[true]"});
  ExpectRefusals(event, path, "", {"true", "false"});
}

void ExpectInteger(std::string_view event, std::string_view path, int64_t least, int64_t most) {
  ExpectRefusals(event, path, "claim_type",
                 {"null", "\"1\"", "true", "1.0", "1e0", "[1]", std::to_string(least) + ".5"});
  ExpectRefusals(event, path, "claim_range", {std::to_string(least - 1), std::to_string(most + 1)});
  ExpectRefusals(event, path, "", {std::to_string(least), std::to_string(most)});
}

void ExpectNumber(std::string_view event, std::string_view path) {
  ExpectInteger(event, path, 0, kMaxNumber);
}

void ExpectDay(std::string_view event, std::string_view path) {
  ExpectStringForm(event, path,
                   {"", "2025-02-29", "2025-6-1", "2025-06-01T00:00:00Z", "1899-12-31",
                    "2200-01-01", "01/06/2025"});
}

void ExpectEventId(std::string_view event, std::string_view path) {
  const std::string id = *At(Golden(event).payload, path).AsString();
  ExpectStringForm(event, path,
                   {"", id.substr(1), id + "A", id + "=", " " + id,
                    std::string(42, 'A') + "B" /* spare bits */});
}

void ExpectCodes(std::string_view event, std::string_view path, size_t most) {
  ExpectRefusals(event, path, "claim_type", {"null", "\"a\"", "{}", "[1]", "[null]", "[\"a\",[]]"});
  ExpectRefusals(event, path, "claim_range", {"[]", "[\"A\"]", "[\"a\",\"\"]"});
  ExpectRefusals(event, path, "claim_conflict", {R"(["a","b","a"])"});
  Json::Items codes;
  for (size_t i = 0; i < most; ++i) codes.push_back(Json::String("c" + std::to_string(i)));
  const Json& payload = Golden(event).payload;
  EXPECT_EQ(RefusalOf(With(payload, path, Json::Array(codes))), "") << event << " " << path;
  codes.push_back(Json::String("c"));
  EXPECT_EQ(RefusalOf(With(payload, path, Json::Array(codes))), "claim_range")
      << event << " " << path;
}

void ExpectObjects(std::string_view event, std::string_view path, std::string_view key,
                   size_t most) {
  ExpectRefusals(event, path, "claim_type", {"null", "\"a\"", "{}", "[1]", "[null]", "[[]]"});
  ExpectRefusals(event, path, "claim_range", {"[]"});
  ExpectRefusals(event, path, "claim_missing", {"[{}]"});
  const Json& payload = Golden(event).payload;
  const Json& first = At(payload, path).items().front();
  EXPECT_EQ(
      RefusalOf(With(payload, std::string(path) + ".0", With(first, "unheard_of", Json::Null()))),
      "claim_unknown")
      << event << " " << path;
  const bool is_upper = (*first.FindString(key))[0] < 'a';
  Json::Items objects;
  for (size_t i = 0; i <= most; ++i) {
    if (i == most) {
      EXPECT_EQ(RefusalOf(With(payload, path, Json::Array(objects))), "") << event << " " << path;
    }
    objects.push_back(With(first, key, Json::String((is_upper ? "C" : "c") + std::to_string(i))));
  }
  EXPECT_EQ(RefusalOf(With(payload, path, Json::Array(objects))), "claim_range")
      << event << " " << path;
}

void ExpectOrder(std::string_view event, std::string_view earlier, std::string_view later) {
  const Json& payload = Golden(event).payload;
  const Day first = *Day::Parse(*At(payload, earlier).AsString());
  const auto refusal = [&](Day day) {
    return RefusalOf(With(payload, later, Json::String(day.ToString())));
  };
  EXPECT_EQ(refusal(first), "") << event << " " << later;
  EXPECT_EQ(refusal(first.PlusDays(-1)), "claim_conflict") << event << " " << later;
}

}  // namespace bonafide::registry
