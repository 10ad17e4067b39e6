#include "storage/names/name_row.h"

#include <algorithm>
#include <optional>

#include "certs/reason.h"
#include "merkle/big_endian.h"
#include "storage/database/schema.h"
#include "storage/names/name_distance.h"

namespace bonafide::storage {
namespace {

constexpr char kVersion = 1;

absl::Status Wrong() {
  return Damaged("data_damaged", "a stored row is not one of the index of names");
}

void AppendText(std::string& out, std::string_view text) {
  merkle::AppendU64(out, text.size());
  out += text;
}

std::optional<std::string> TakeText(std::string_view& bytes) {
  if (bytes.size() < 8) return std::nullopt;
  const uint64_t size = merkle::ReadU64(bytes);
  bytes.remove_prefix(8);
  if (size > bytes.size()) return std::nullopt;
  std::string text(bytes.substr(0, size));
  bytes.remove_prefix(size);
  return text;
}

}  // namespace

std::string NameToken(const IndexSecret& secret, NameTokenKind kind, std::string_view text) {
  std::string message(1, static_cast<char>(kind));
  message += text;
  return std::string(secret.Mac("names", message).view().substr(0, kNameTokenBytes));
}

std::string EncodeNameHeader(const NameIndexHeader& header) {
  std::string value(1, kVersion);
  value += header.secret_check;
  merkle::AppendU64(value, header.log_size);
  return value += header.folding;
}

absl::StatusOr<NameIndexHeader> ParseNameHeader(std::string_view value) {
  if (value.size() < 1 + kNameTokenBytes + 8 || value[0] != kVersion) return Wrong();
  return NameIndexHeader{std::string(value.substr(1, kNameTokenBytes)),
                         merkle::ReadU64(value.substr(1 + kNameTokenBytes)),
                         std::string(value.substr(1 + kNameTokenBytes + 8))};
}

std::string EncodeNameDocument(const NameDocument& document) {
  std::string value;
  AppendText(value, document.name);
  AppendText(value, document.town);
  for (const std::string& token : document.tokens) value += token;
  return value;
}

absl::StatusOr<NameDocument> ParseNameDocument(std::string_view value) {
  auto name = TakeText(value);
  auto town = TakeText(value);
  if (!name || !town || value.size() % kNameTokenBytes != 0) return Wrong();
  NameDocument document{*std::move(name), *std::move(town), {}};
  for (size_t at = 0; at < value.size(); at += kNameTokenBytes) {
    document.tokens.emplace_back(value.substr(at, kNameTokenBytes));
  }
  return document;
}

std::string DocumentKey(LoggedAt event) {
  return std::string(kDocumentPrefix) + LoggedAtKey(event);
}

std::string DocumentsPrefix(SubjectNumber subject) {
  return std::string(kDocumentPrefix) + SubjectPrefix(subject);
}

absl::StatusOr<LoggedAt> ParseDocumentKey(std::string_view key) {
  if (!key.starts_with(kDocumentPrefix)) return Wrong();
  return ParseLoggedAt(key.substr(kDocumentPrefix.size()));
}

std::string PostingsPrefix(std::string_view token) { return "p" + std::string(token); }

std::string PostingKey(std::string_view token, LoggedAt event) {
  return PostingsPrefix(token) + LoggedAtKey(event);
}

absl::StatusOr<LoggedAt> ParsePostingKey(std::string_view key) {
  return ParseLoggedAt(key.substr(std::min(key.size(), 1 + kNameTokenBytes)));
}

std::string WordKey(std::string_view token) { return "w" + std::string(token); }

std::string SpellingsPrefix(std::string_view spelling) { return "v" + std::string(spelling); }

std::string SpellingKey(std::string_view spelling, std::string_view token) {
  return SpellingsPrefix(spelling) + std::string(token);
}

std::string EncodeSpelledWord(const SpelledWord& spelled) {
  return U64Key(spelled.index.value) + spelled.word;
}

absl::StatusOr<SpelledWord> ParseSpelledWord(std::string_view value) {
  if (value.size() <= 8) return Wrong();
  return SpelledWord{{merkle::ReadU64(value)}, std::string(value.substr(8))};
}

std::vector<std::string> SpellingsOf(const IndexSecret& secret, std::string_view word) {
  std::vector<std::string> spellings;
  for (const std::string& variant : DeletionVariants(word)) {
    spellings.push_back(NameToken(secret, NameTokenKind::kSpelling, variant));
  }
  for (size_t letters = kLeastPrefixLetters; letters < word.size() && letters <= kMostPrefixLetters;
       ++letters) {
    spellings.push_back(NameToken(secret, NameTokenKind::kPrefix, word.substr(0, letters)));
  }
  return spellings;
}

}  // namespace bonafide::storage
