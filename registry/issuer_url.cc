#include "registry/issuer_url.h"

#include "certs/reason.h"

namespace bonafide::registry {
namespace {

constexpr std::string_view kScheme = "https://";
constexpr std::string_view kPath = "/o/";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLowerOrDigit(char c) { return IsDigit(c) || (c >= 'a' && c <= 'z'); }

bool IsHost(std::string_view text) {
  if (text.empty() || !IsLowerOrDigit(text.front()) || !IsLowerOrDigit(text.back())) return false;
  for (char c : text) {
    if (!IsLowerOrDigit(c) && c != '.' && c != '-') return false;
  }
  return true;
}

bool IsPort(std::string_view text) {
  if (text.empty() || text.size() > 5) return false;
  for (char c : text) {
    if (!IsDigit(c)) return false;
  }
  return true;
}

bool IsPathSegment(std::string_view text) {
  if (text.empty()) return false;
  for (char c : text) {
    if (!IsLowerOrDigit(c) && c != '.' && c != '_' && c != '~' && c != '-') return false;
  }
  return true;
}

absl::Status Foreign() {
  return Malformed("iss", "iss: not https://<origin>/o/<number> of this register");
}

}  // namespace

bool IsOrigin(std::string_view text) {
  if (text.size() > kMaxOriginBytes) return false;
  const size_t host_end = text.find_first_of(":/");
  if (!IsHost(text.substr(0, host_end))) return false;
  if (host_end == text.npos) return true;
  text.remove_prefix(host_end);
  if (text.front() == ':') {
    const size_t port_end = text.find('/');
    if (!IsPort(text.substr(1, port_end == text.npos ? port_end : port_end - 1))) return false;
    if (port_end == text.npos) return true;
    text.remove_prefix(port_end);
  }
  while (!text.empty()) {
    const size_t end = text.find('/', 1);
    if (!IsPathSegment(text.substr(1, end == text.npos ? end : end - 1))) return false;
    if (end == text.npos) return true;
    text.remove_prefix(end);
  }
  return true;
}

std::string IssuerUrl(std::string_view origin, merkle::SubjectNumber number) {
  std::string url(kScheme);
  url += origin;
  url += kPath;
  url += std::to_string(number.value);
  return url;
}

absl::StatusOr<merkle::SubjectNumber> ParseIssuerUrl(std::string_view url,
                                                     std::string_view origin) {
  const size_t before = kScheme.size() + origin.size() + kPath.size();
  if (url.size() <= before || !url.starts_with(kScheme) ||
      url.substr(kScheme.size(), origin.size()) != origin ||
      url.substr(before - kPath.size(), kPath.size()) != kPath) {
    return Foreign();
  }
  const std::string_view digits = url.substr(before);
  if (digits.size() > 16 || (digits.size() > 1 && digits[0] == '0')) return Foreign();
  uint64_t value = 0;
  for (char c : digits) {
    if (!IsDigit(c)) return Foreign();
    value = value * 10 + static_cast<uint64_t>(c - '0');
  }
  if (value > static_cast<uint64_t>(kMaxNumber)) return Foreign();
  return merkle::SubjectNumber{value};
}

}  // namespace bonafide::registry
