#include "server/http/message_json.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <array>
#include <charconv>
#include <string_view>
#include <vector>

#include "certs/base64.h"
#include "certs/reason.h"

namespace bonafide::server::http {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

void AppendText(std::string_view text, std::string& out) {
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += kHexDigits[byte >> 4];
      out += kHexDigits[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

template <typename Integer>
void AppendInteger(Integer value, std::string& out) {
  std::array<char, 24> digits;
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out.append(digits.data(), end);
}

// Of 64 bits: more than a double of JavaScript can hold.
template <typename Integer>
void AppendQuoted(Integer value, std::string& out) {
  out += '"';
  AppendInteger(value, out);
  out += '"';
}

bool AppendMessage(const Message& message, std::string& out);

// One value of `field`, the one at `i` where it is repeated. False: of a type that the API has not.
bool AppendValue(const Message& message, const FieldDescriptor& field, int i, std::string& out) {
  const Reflection& reflection = *message.GetReflection();
  const bool is_one = i < 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string scratch;
      const std::string& value =
          is_one ? reflection.GetStringReference(message, &field, &scratch)
                 : reflection.GetRepeatedStringReference(message, &field, i, &scratch);
      const bool is_bytes = field.type() == FieldDescriptor::TYPE_BYTES;
      AppendText(is_bytes ? certs::Base64Encode(value) : value, out);
      return true;
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      out += (is_one ? reflection.GetBool(message, &field)
                     : reflection.GetRepeatedBool(message, &field, i))
                 ? "true"
                 : "false";
      return true;
    case FieldDescriptor::CPPTYPE_UINT32:
      AppendInteger(is_one ? reflection.GetUInt32(message, &field)
                           : reflection.GetRepeatedUInt32(message, &field, i),
                    out);
      return true;
    case FieldDescriptor::CPPTYPE_UINT64:
      AppendQuoted(is_one ? reflection.GetUInt64(message, &field)
                          : reflection.GetRepeatedUInt64(message, &field, i),
                   out);
      return true;
    case FieldDescriptor::CPPTYPE_INT64:
      AppendQuoted(is_one ? reflection.GetInt64(message, &field)
                          : reflection.GetRepeatedInt64(message, &field, i),
                   out);
      return true;
    case FieldDescriptor::CPPTYPE_ENUM:
      AppendText((is_one ? reflection.GetEnum(message, &field)
                         : reflection.GetRepeatedEnum(message, &field, i))
                     ->name(),
                 out);
      return true;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return AppendMessage(is_one ? reflection.GetMessage(message, &field)
                                  : reflection.GetRepeatedMessage(message, &field, i),
                           out);
    default:
      return false;
  }
}

bool AppendField(const Message& message, const FieldDescriptor& field, std::string& out) {
  if (!field.is_repeated()) return AppendValue(message, field, -1, out);
  const int count = message.GetReflection()->FieldSize(message, &field);
  out += '[';
  for (int i = 0; i < count; ++i) {
    if (i > 0) out += ',';
    if (!AppendValue(message, field, i, out)) return false;
  }
  out += ']';
  return true;
}

bool AppendMessage(const Message& message, std::string& out) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);  // those that are set, by their numbers
  out += '{';
  bool first = true;
  for (const FieldDescriptor* field : fields) {
    if (!first) out += ',';
    first = false;
    AppendText(field->json_name(), out);
    out += ':';
    if (!AppendField(message, *field, out)) return false;
  }
  out += '}';
  return true;
}

}  // namespace

absl::StatusOr<std::string> ToJson(const Message& message) {
  std::string json;
  if (AppendMessage(message, json)) return json;
  return Refusal(absl::StatusCode::kInternal, "message_json",
                 message.GetTypeName() + " cannot be written as JSON");
}

}  // namespace bonafide::server::http
