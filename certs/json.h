// A JSON value that cannot change, the strict parser that makes one, and the writer.
//
// Signed documents are parsed once and never re-serialised. Parsers that keep the last of two equal
// names, or stop at a NUL byte, read another document than the signer's; this one refuses both.
#ifndef BONAFIDE_CERTS_JSON_H_
#define BONAFIDE_CERTS_JSON_H_

#include <absl/status/statusor.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bonafide::certs {

// One JSON value (RFC 8259). A value type: copies share arrays and objects that never change,
// so copying is cheap and reading from many threads is safe. Objects keep the order in
// which their members were written.
class Json {
 public:
  enum class Kind { kNull, kBool, kInteger, kDouble, kString, kArray, kObject };
  struct Member;
  using Items = std::vector<Json>;
  using Members = std::vector<Member>;

  Json() = default;  // null

  static Json Null() { return Json(); }
  static Json Bool(bool value);
  static Json Integer(int64_t value);
  static Json Double(double value);            // precondition: finite
  static Json String(std::string_view value);  // precondition: UTF-8
  static Json Array(Items items);
  static Json Strings(const std::vector<std::string>& values);  // an array of strings
  // Precondition: names are distinct and UTF-8.
  static Json Object(Members members);

  Kind kind() const { return static_cast<Kind>(value_.index()); }
  bool IsNull() const { return kind() == Kind::kNull; }
  bool IsObject() const { return kind() == Kind::kObject; }
  bool IsArray() const { return kind() == Kind::kArray; }
  bool IsString() const { return kind() == Kind::kString; }

  // The value when it has that kind, else nothing. A number written with a fraction or an exponent
  // is a double even when it is whole (1e3, 1.0), so that AsInteger refuses it.
  std::optional<bool> AsBool() const;
  std::optional<int64_t> AsInteger() const;
  std::optional<double> AsDouble() const;
  const std::string* AsString() const;

  // The elements of an array; empty for every other kind.
  const Items& items() const;
  // The members of an object in written order; empty for every other kind.
  const Members& members() const;
  // The value of member `name`; nullptr when there is none or this is no object. Linear.
  const Json* Find(std::string_view name) const;

  // Shorthands for closed schemas: the member's value if it is there and has that kind.
  const std::string* FindString(std::string_view name) const;
  std::optional<int64_t> FindInteger(std::string_view name) const;
  std::optional<bool> FindBool(std::string_view name) const;

  // Equal kinds and values; objects are compared without regard to order.
  friend bool operator==(const Json& a, const Json& b);

 private:
  // The alternatives stand in the order of Kind.
  using Value = std::variant<std::monostate, bool, int64_t, double, std::string,
                             std::shared_ptr<const Items>, std::shared_ptr<const Members>>;
  explicit Json(Value value) : value_(std::move(value)) {}

  Value value_;
};

struct Json::Member {
  std::string name;
  Json value;
};

// What a text may cost. `depth` counts nested arrays and objects, the outermost is 1. `values`
// bounds all members and array items of the text together.
struct JsonLimits {
  size_t size_bytes = 64 * 1024;
  size_t values = 4096;
  size_t depth = 16;
};

// Parses one JSON text (RFC 8259, with the limits of RFC 8725 and I-JSON). Errors, all
// kInvalidArgument, message with the byte offset where known and never with the text itself:
//   "json_size"            larger than the limits, in bytes or values
//   "json_utf8"            malformed UTF-8, a byte order mark, or a lone surrogate escape
//   "json_depth"           nested deeper than the limit
//   "json_duplicate_name"  two equal names in one object, however they are escaped
//   "json_number"          an integer outside int64 or written -0, or what no double holds (1e400)
//   "json_syntax"          everything else; also trailing bytes and the character NUL
absl::StatusOr<Json> ParseJson(std::string_view text, const JsonLimits& limits = {});

// The compact text of `value`: no whitespace, members in their order, escapes only where RFC 8259
// demands them (short forms where they exist, else lower-case \u00xx), UTF-8 otherwise as it is;
// doubles in the shortest form that reads back equal, always with a fraction or an exponent.
// Deterministic, and ParseJson reads it back as an equal value (within its limits, without NUL).
std::string WriteJson(const Json& value);

// The same value over several lines, two spaces per level, for people.
std::string WriteIndentedJson(const Json& value);

}  // namespace bonafide::certs

#endif  // BONAFIDE_CERTS_JSON_H_
