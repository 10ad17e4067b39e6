#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "certs/json.h"
#include "certs/reason.h"
#include "certs/utf8.h"

namespace bonafide::certs {
namespace {

using Parsed = nlohmann::json;

std::string AtByte(std::string_view what, size_t offset) {
  std::string message = "JSON: ";
  message += what;
  message += " at byte " + std::to_string(offset);
  return message;
}

// The value of four hexadecimal digits at the head of `text`, or -1.
int FourHexDigits(std::string_view text) {
  if (text.size() < 4) return -1;
  int value = 0;
  for (char c : text.substr(0, 4)) {
    int digit = 0;
    if (c >= '0' && c <= '9') {
      digit = c - '0';
    } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
      digit = (c | 0x20) - 'a' + 10;
    } else {
      return -1;
    }
    value = value << 4 | digit;
  }
  return value;
}

// What the tokenizer below lets through or does not tell apart: it ends the text at a NUL byte,
// skips a byte order mark, and has one error for bad syntax and bad UTF-8. A backslash outside a
// string is a syntax error anyway, so escapes can be read without knowing where strings begin.
absl::Status CheckCharacters(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) {
    return Malformed("json_utf8", "JSON: begins with a byte order mark");
  }
  const size_t nul = text.find('\0');
  if (nul != std::string_view::npos) {
    return Malformed("json_syntax", AtByte("the character NUL", nul));
  }
  const size_t well_formed = WellFormedPrefixSize(text);
  if (well_formed != text.size()) {
    return Malformed("json_utf8", AtByte("malformed UTF-8", well_formed));
  }
  for (size_t i = text.find('\\'); i != std::string_view::npos && i + 1 < text.size();
       i = text.find('\\', i)) {
    if (text[i + 1] != 'u') {
      i += 2;
      continue;
    }
    const int unit = FourHexDigits(text.substr(i + 2));
    if (unit == 0) return Malformed("json_syntax", AtByte("the character NUL", i));
    const bool high = unit >= 0xd800 && unit <= 0xdbff;
    const bool low = unit >= 0xdc00 && unit <= 0xdfff;
    if (high && text.substr(i + 6).starts_with("\\u")) {
      const int second = FourHexDigits(text.substr(i + 8));
      if (second >= 0xdc00 && second <= 0xdfff) {
        i += 12;
        continue;
      }
    }
    if (high || low) return Malformed("json_utf8", AtByte("a lone surrogate", i));
    i += 2;
  }
  return absl::OkStatus();
}

bool HasEqualNames(const Json::Members& members) {
  // Sorting pays only where comparing all pairs would be quadratic in what a stranger chose.
  constexpr size_t kFew = 32;
  if (members.size() <= kFew) {
    for (size_t i = 1; i < members.size(); ++i) {
      for (size_t j = 0; j < i; ++j) {
        if (members[i].name == members[j].name) return true;
      }
    }
    return false;
  }
  std::vector<std::string_view> names;
  names.reserve(members.size());
  for (const Json::Member& member : members) names.push_back(member.name);
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) != names.end();
}

// Builds a Json from the tokenizer's events and stops at the first broken rule.
class Builder final : public nlohmann::json_sax<Parsed> {
 public:
  explicit Builder(const JsonLimits& limits) : limits_(limits) {}

  bool null() override { return Add(Json::Null()); }
  bool boolean(bool value) override { return Add(Json::Bool(value)); }
  // Only what has a minus sign comes here.
  bool number_integer(number_integer_t value) override {
    if (value == 0) return Fail("json_number", "JSON: an integer written -0");
    return Add(Json::Integer(value));
  }

  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<uint64_t>(std::numeric_limits<int64_t>::max()))
      return IntegerTooLarge();
    return Add(Json::Integer(static_cast<int64_t>(value)));
  }

  bool number_float(number_float_t value, const string_t& text) override {
    const size_t end_of_digits = text.find_first_of(".eE");
    if (end_of_digits == string_t::npos) return IntegerTooLarge();
    const std::string_view mantissa = std::string_view(text).substr(0, text.find_first_of("eE"));
    const bool vanished = value == 0 && mantissa.find_first_of("123456789") != mantissa.npos;
    if (!std::isfinite(value) || vanished) {
      return Fail("json_number", "JSON: a number that a double cannot hold");
    }
    return Add(Json::Double(value));
  }

  bool string(string_t& value) override { return Add(Json::String(value)); }

  bool binary(binary_t&) override {
    return Fail("json_syntax", "JSON: binary values do not occur");
  }

  bool start_object(size_t) override { return Open(/*is_object=*/true); }
  bool start_array(size_t) override { return Open(/*is_object=*/false); }

  bool key(string_t& name) override {
    open_.back().members.push_back({std::move(name), Json()});
    return true;
  }

  bool end_object() override {
    Json::Members members = std::move(open_.back().members);
    open_.pop_back();
    if (HasEqualNames(members)) {
      return Fail("json_duplicate_name", "JSON: two members of one object have the same name");
    }
    return Place(Json::Object(std::move(members)));
  }

  bool end_array() override {
    Json::Items items = std::move(open_.back().items);
    open_.pop_back();
    return Place(Json::Array(std::move(items)));
  }

  bool parse_error(size_t offset, const std::string&,
                   const nlohmann::detail::exception& error) override {
    // The library's own message quotes the text, which may be a secret; only its kind is used.
    constexpr int kNumberOverflow = 406;
    if (error.id == kNumberOverflow) {
      return Fail("json_number", "JSON: a number that a double cannot hold");
    }
    return Fail("json_syntax", AtByte("not well-formed", offset));
  }

  absl::StatusOr<Json> Take() {
    if (!failure_.ok()) return failure_;
    return std::move(root_);
  }

 private:
  struct Container {
    bool is_object;
    Json::Members members;
    Json::Items items;
  };

  bool Fail(std::string_view reason, std::string_view message) {
    failure_ = Malformed(reason, message);
    return false;
  }

  bool IntegerTooLarge() {
    return Fail("json_number", "JSON: an integer that 64 bits cannot hold");
  }

  bool Count() {
    if (++values_ <= limits_.values) return true;
    return Fail("json_size", "JSON: more than " + std::to_string(limits_.values) + " values");
  }

  bool Open(bool is_object) {
    if (!Count()) return false;
    if (open_.size() == limits_.depth) {
      return Fail("json_depth",
                  "JSON: nested deeper than " + std::to_string(limits_.depth) + " levels");
    }
    open_.push_back({is_object, {}, {}});
    return true;
  }

  bool Add(Json value) { return Count() && Place(std::move(value)); }

  bool Place(Json value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (open_.back().is_object) {
      open_.back().members.back().value = std::move(value);
    } else {
      open_.back().items.push_back(std::move(value));
    }
    return true;
  }

  const JsonLimits limits_;
  size_t values_ = 0;
  std::vector<Container> open_;
  Json root_;
  absl::Status failure_;
};

}  // namespace

absl::StatusOr<Json> ParseJson(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.size_bytes) {
    return Malformed("json_size", "JSON: " + std::to_string(text.size()) + " bytes, at most " +
                                      std::to_string(limits.size_bytes) + " are accepted");
  }
  if (absl::Status status = CheckCharacters(text); !status.ok()) return status;
  Builder builder(limits);
  Parsed::sax_parse(text.begin(), text.end(), &builder, Parsed::input_format_t::json,
                    /*strict=*/true, /*ignore_comments=*/false);
  return builder.Take();
}

}  // namespace bonafide::certs
