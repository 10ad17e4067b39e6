#include <charconv>
#include <cmath>

#include "certs/json.h"

namespace bonafide::certs {
namespace {

void AppendString(std::string_view value, std::string& out) {
  static constexpr char kHexDigits[] = "0123456789abcdef";
  out += '"';
  for (char c : value) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out += kHexDigits[c >> 4];
          out += kHexDigits[c & 15];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void AppendDouble(double value, std::string& out) {
  if (!std::isfinite(value)) {  // a broken precondition must not become an unreadable document
    out += "null";
    return;
  }
  char digits[40];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  const std::string_view text(digits, static_cast<size_t>(end - digits));
  out += text;
  if (text.find_first_of(".e") == std::string_view::npos) out += ".0";
}

class Writer {
 public:
  explicit Writer(bool indented) : indented_(indented) {}

  void Append(const Json& value) {
    switch (value.kind()) {
      case Json::Kind::kNull:
        out_ += "null";
        break;
      case Json::Kind::kBool:
        out_ += *value.AsBool() ? "true" : "false";
        break;
      case Json::Kind::kInteger:
        out_ += std::to_string(*value.AsInteger());
        break;
      case Json::Kind::kDouble:
        AppendDouble(*value.AsDouble(), out_);
        break;
      case Json::Kind::kString:
        AppendString(*value.AsString(), out_);
        break;
      case Json::Kind::kArray:
        AppendItems(value.items());
        break;
      case Json::Kind::kObject:
        AppendMembers(value.members());
        break;
    }
  }

  std::string Take() { return std::move(out_); }

 private:
  void AppendItems(const Json::Items& items) {
    Open('[');
    for (const Json& item : items) {
      NextElement();
      Append(item);
    }
    Close(']', items.empty());
  }

  void AppendMembers(const Json::Members& members) {
    Open('{');
    for (const Json::Member& member : members) {
      NextElement();
      AppendString(member.name, out_);
      out_ += indented_ ? ": " : ":";
      Append(member.value);
    }
    Close('}', members.empty());
  }

  void Open(char bracket) {
    out_ += bracket;
    ++level_;
    first_ = true;
  }

  void NextElement() {
    if (!first_) out_ += ',';
    first_ = false;
    BreakLine();
  }

  void Close(char bracket, bool empty) {
    --level_;
    if (!empty) BreakLine();
    out_ += bracket;
    first_ = false;
  }

  void BreakLine() {
    if (!indented_) return;
    out_ += '\n';
    out_.append(2 * level_, ' ');
  }

  const bool indented_;
  bool first_ = true;
  size_t level_ = 0;
  std::string out_;
};

}  // namespace

std::string WriteJson(const Json& value) {
  Writer writer(/*indented=*/false);
  writer.Append(value);
  return writer.Take();
}

std::string WriteIndentedJson(const Json& value) {
  Writer writer(/*indented=*/true);
  writer.Append(value);
  return writer.Take();
}

}  // namespace bonafide::certs
