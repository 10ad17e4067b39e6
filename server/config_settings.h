// The table of settings behind Config: keys, ranges and what each of them means.
#ifndef BONAFIDE_SERVER_CONFIG_SETTINGS_H_
#define BONAFIDE_SERVER_CONFIG_SETTINGS_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "server/config.h"

namespace bonafide::server {

// What a string setting has to look like.
enum class TextForm {
  kAny,
  kOrigin,           // of a register, or nothing
  kAddress,          // host:port
  kOptionalAddress,  // the same with an IP address, or nothing
  kWebAddress,       // https://host/path/, or nothing
  kLoopbackAddress,  // the same, where the host is 127.0.0.0/8 or ::1
  kPath,             // not empty
  kLogLevel,
  kAddresses,  // IP addresses with commas between them, or nothing
};

struct TextSetting {
  std::string Config::*member;
  TextForm form;
};
struct NumberSetting {
  int64_t Config::*member;
  int64_t least;
  int64_t most;
};
struct SwitchSetting {
  bool Config::*member;
};

struct Setting {
  const char* group;  // heads the group in the file; "" inside it
  const char* key;
  std::variant<TextSetting, NumberSetting, SwitchSetting> value;
  const char* meaning;
};

std::span<const Setting> Settings();

// Whether `text` has that form; for the message, FormText says what the form is.
bool HasForm(TextForm form, std::string_view text);
const char* FormText(TextForm form);

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_CONFIG_SETTINGS_H_
