#include "server/config.h"

#include <charconv>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>

#include "certs/reason.h"
#include "server/config_settings.h"

namespace bonafide::server {
namespace {

constexpr size_t kMaxFileBytes = 64 * 1024;

using Value = std::variant<std::string, int64_t, bool>;

std::string_view Trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool IsKey(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

// Reads the quoted string at the beginning of `text`, and takes it away.
std::optional<std::string> TakeString(std::string_view& text) {
  std::string value;
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return value;
    }
    if (text[i] == '\\' && (++i == text.size() || (text[i] != '"' && text[i] != '\\'))) break;
    if (static_cast<unsigned char>(text[i]) < 0x20) break;
    value += text[i];
  }
  return std::nullopt;
}

// Reads the value that is all of `text`, but for a comment.
std::optional<Value> ReadValue(std::string_view text) {
  if (text.starts_with('"')) {
    auto value = TakeString(text);
    text = Trimmed(text);
    if (!value || (!text.empty() && text.front() != '#')) return std::nullopt;
    return Value(*std::move(value));
  }
  text = Trimmed(text.substr(0, text.find('#')));
  if (text == "true") return Value(true);
  if (text == "false") return Value(false);
  int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || error != std::errc() || stop != end) return std::nullopt;
  return Value(number);
}

const Setting* FindSetting(std::string_view key) {
  for (const Setting& setting : Settings()) {
    if (setting.key == key) return &setting;
  }
  return nullptr;
}

// Sets what `setting` means to `value`; otherwise says what was expected.
std::optional<std::string> Set(const Setting& setting, const Value& value, Config& config) {
  if (const auto* text = std::get_if<TextSetting>(&setting.value)) {
    const auto* given = std::get_if<std::string>(&value);
    if (given == nullptr) return "a quoted string";
    if (!HasForm(text->form, *given)) return FormText(text->form);
    config.*text->member = *given;
  } else if (const auto* number = std::get_if<NumberSetting>(&setting.value)) {
    const auto* given = std::get_if<int64_t>(&value);
    if (given == nullptr || *given < number->least || *given > number->most) {
      return "a number from " + std::to_string(number->least) + " to " +
             std::to_string(number->most);
    }
    config.*number->member = *given;
  } else {
    const auto* given = std::get_if<bool>(&value);
    if (given == nullptr) return "true or false";
    config.*std::get<SwitchSetting>(setting.value).member = *given;
  }
  return std::nullopt;
}

std::string ValueText(const Setting& setting, const Config& config) {
  if (const auto* text = std::get_if<TextSetting>(&setting.value)) {
    std::string quoted = "\"";
    for (char c : config.*text->member) {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
    return quoted + "\"";
  }
  if (const auto* number = std::get_if<NumberSetting>(&setting.value)) {
    return std::to_string(config.*number->member);
  }
  return config.*std::get<SwitchSetting>(setting.value).member ? "true" : "false";
}

// `text` with `mark` before each of its lines.
std::string Comment(std::string_view mark, std::string_view text) {
  std::string out(mark);
  for (char c : text) {
    out += c;
    if (c == '\n') out += mark;
  }
  return out + "\n";
}

}  // namespace

absl::StatusOr<Config> ParseConfig(std::string_view text, std::string_view name) {
  Config config;
  std::set<std::string, std::less<>> seen;
  size_t number = 0;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    std::string_view line = Trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++number;
    if (line.empty() || line.front() == '#') continue;

    const std::string place = std::string(name) + ":" + std::to_string(number) + ": ";
    const size_t equals = line.find('=');
    const std::string key(Trimmed(line.substr(0, equals)));
    if (equals == std::string_view::npos || !IsKey(key)) {
      return Malformed("config_syntax", place + "expected `key = value`");
    }
    const Setting* setting = FindSetting(key);
    if (setting == nullptr) return Malformed("config_key", place + "no setting is named " + key);
    if (!seen.insert(key).second) {
      return Malformed("config_twice", place + key + " was set above already");
    }
    const auto value = ReadValue(Trimmed(line.substr(equals + 1)));
    if (!value) {
      return Malformed("config_syntax",
                       place + "the value is no number, true, false or \"quoted string\"");
    }
    if (const auto expected = Set(*setting, *value, config)) {
      return Malformed("config_value", place + key + " has to be " + *expected);
    }
  }
  return config;
}

absl::StatusOr<Config> ReadConfigFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text(kMaxFileBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<size_t>(in.gcount()));
  if (!in.eof() || text.size() > kMaxFileBytes) {
    return Malformed("config_file", path + ": " +
                                        (text.size() > kMaxFileBytes
                                             ? "larger than a configuration may be"
                                             : "cannot be read; `bonafided init` writes one"));
  }
  return ParseConfig(text, path);
}

std::string ConfigText(const Config& config) {
  std::string text =
      "# The configuration of bonafided. A key that is not here has its default; an unknown one "
      "is\n"
      "# refused. Paths are relative to the data directory.\n";
  const Config defaults;
  for (const Setting& setting : Settings()) {
    if (setting.group[0] != '\0') text += "\n" + Comment("### ", setting.group);
    text += "\n" + Comment("# ", setting.meaning);
    if (const auto* number = std::get_if<NumberSetting>(&setting.value)) {
      text += "# Default " + ValueText(setting, defaults) + ", from " +
              std::to_string(number->least) + " to " + std::to_string(number->most) + ".\n";
    } else {
      text += "# Default " + ValueText(setting, defaults) + ".\n";
    }
    text += std::string(setting.key) + " = " + ValueText(setting, config) + "\n";
  }
  return text;
}

}  // namespace bonafide::server
