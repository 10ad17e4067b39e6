#include "merkle/checkpoint.h"

#include <array>
#include <charconv>

#include "certs/base64.h"
#include "certs/reason.h"
#include "merkle/hash.h"

namespace bonafide::merkle {
namespace {

constexpr std::string_view kSyntax = "a checkpoint is three lines: origin, size and root";

absl::StatusOr<TreeSize> ParseSize(std::string_view line) {
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
  const bool whole = error == std::errc() && end == line.data() + line.size();
  const bool canonical = line == "0" || !line.starts_with('0');
  if (!whole || !canonical || value > kMaxCheckpointSize) {
    return Malformed("checkpoint_size",
                     "the second line must be the tree size: a decimal number without leading "
                     "zeros, below 2^63");
  }
  return TreeSize{value};
}

absl::StatusOr<Digest> ParseRoot(std::string_view line, TreeSize size) {
  const absl::StatusOr<std::string> raw = certs::Base64Decode(line);
  if (!raw.ok() || raw->size() != Digest::kSizeBytes) {
    return Malformed("checkpoint_root", "the third line must be the root: 32 bytes in base64");
  }
  const Digest root = *Digest::FromBytes(*raw);
  if (size.value == 0 && root != EmptyRoot()) {
    return Malformed("checkpoint_root", "the root of an empty tree is the hash of nothing");
  }
  return root;
}

}  // namespace

std::string FormatCheckpoint(const Checkpoint& checkpoint) {
  std::string text = checkpoint.origin;
  text += '\n';
  text += std::to_string(checkpoint.size.value);
  text += '\n';
  text += certs::Base64Encode(checkpoint.root.view());
  text += '\n';
  return text;
}

absl::StatusOr<Checkpoint> ParseCheckpoint(std::string_view text) {
  if (text.find('\r') != std::string_view::npos) {
    return Malformed("checkpoint_syntax",
                     "lines end with a newline alone, without carriage return");
  }
  std::array<std::string_view, 3> lines;
  for (std::string_view& line : lines) {
    const size_t end = text.find('\n');
    if (end == std::string_view::npos) return Malformed("checkpoint_syntax", kSyntax);
    line = text.substr(0, end);
    text.remove_prefix(end + 1);
  }
  if (!certs::IsNoteKeyName(lines[0])) {
    return Malformed("checkpoint_origin",
                     "the first line must be the log's origin: 1 to 255 bytes without spaces or +");
  }
  Checkpoint checkpoint;
  checkpoint.origin = lines[0];
  const absl::StatusOr<TreeSize> size = ParseSize(lines[1]);
  if (!size.ok()) return size.status();
  checkpoint.size = *size;
  const absl::StatusOr<Digest> root = ParseRoot(lines[2], *size);
  if (!root.ok()) return root.status();
  checkpoint.root = *root;
  if (!text.empty()) {
    return Malformed("checkpoint_extension", "a checkpoint has no lines beyond the third here");
  }
  return checkpoint;
}

absl::StatusOr<std::string> SignCheckpoint(const Checkpoint& checkpoint,
                                           const certs::NoteSigner& log) {
  if (log.verifier().type() != certs::NoteKeyType::kEd25519 ||
      log.verifier().name() != checkpoint.origin) {
    return Malformed("checkpoint_origin",
                     "a checkpoint is signed by the log's own key, of type 0x01, whose name is the "
                     "origin");
  }
  const std::string text = FormatCheckpoint(checkpoint);
  if (const auto parsed = ParseCheckpoint(text); !parsed.ok()) return parsed.status();
  return certs::SignNote(text, {log});
}

absl::StatusOr<OpenedCheckpoint> OpenCheckpoint(std::string_view note,
                                                const certs::NoteVerifier& log) {
  if (log.type() != certs::NoteKeyType::kEd25519) {
    return Malformed("checkpoint_origin", "the log's key must be of type 0x01");
  }
  absl::StatusOr<certs::Note> opened = certs::OpenNote(note, {log});
  if (!opened.ok()) return opened.status();
  absl::StatusOr<Checkpoint> checkpoint = ParseCheckpoint(opened->text);
  if (!checkpoint.ok()) return checkpoint.status();
  if (checkpoint->origin != log.name()) {
    return Malformed("checkpoint_origin", "the checkpoint is one of another log");
  }
  return OpenedCheckpoint{*std::move(checkpoint), *std::move(opened)};
}

}  // namespace bonafide::merkle
