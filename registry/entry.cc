#include "registry/entry.h"

#include "certs/reason.h"
#include "merkle/big_endian.h"

namespace bonafide::registry {
namespace {

using merkle::AppendU64;
using merkle::ReadU64;

constexpr uint8_t kEventKind = 1;
constexpr uint8_t kStateKind = 2;
constexpr size_t kHeadBytes = 17;  // kind, index, time
constexpr size_t kNumberBytes = 8;
constexpr uint64_t kMaxTimeMs = uint64_t{1} << 53;

std::string Head(uint8_t kind, LogIndex index, int64_t time_ms, size_t body_size_bytes) {
  std::string out;
  out.reserve(kHeadBytes + body_size_bytes);
  out += static_cast<char>(kind);
  AppendU64(out, index.value);
  AppendU64(out, static_cast<uint64_t>(time_ms));
  return out;
}

uint8_t KindOf(std::string_view bytes) { return static_cast<uint8_t>(bytes[0]); }

// Checks what both kinds share.
absl::Status CheckHead(std::string_view bytes) {
  if (bytes.size() < kHeadBytes || bytes.size() > kMaxEntryBytes) {
    return Malformed("entry_size", "an entry of " + std::to_string(bytes.size()) + " bytes");
  }
  if (KindOf(bytes) != kEventKind && KindOf(bytes) != kStateKind) {
    return Malformed("entry_kind", "an entry of kind " + std::to_string(KindOf(bytes)) +
                                       ", where only 1 and 2 are known");
  }
  if (ReadU64(bytes.substr(9)) > kMaxTimeMs) {
    return Malformed("entry_time", "an entry with a time above 2^53 ms");
  }
  return absl::OkStatus();
}

LogIndex IndexOf(std::string_view bytes) { return {ReadU64(bytes.substr(1))}; }
int64_t TimeOf(std::string_view bytes) { return static_cast<int64_t>(ReadU64(bytes.substr(9))); }

absl::Status WrongKind() {
  return Malformed("entry_kind", "an entry of the other kind: events are 1, states 2");
}

absl::StatusOr<EventEntry> ReadEvent(std::string_view bytes) {
  EventEntry entry{IndexOf(bytes), TimeOf(bytes), {}, {}};
  std::string_view body = bytes.substr(kHeadBytes);
  const size_t count = body.empty() ? 0 : static_cast<uint8_t>(body[0]);
  if (count != 1 && count != 2) {
    return Malformed("entry_subjects", "an event entry names one or two subjects");
  }
  body.remove_prefix(1);
  if (body.size() <= count * kNumberBytes) {
    return Malformed("entry_size", "an event entry without a token");
  }
  entry.subjects.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    entry.subjects.push_back({ReadU64(body)});
    body.remove_prefix(kNumberBytes);
  }
  if (count == 2 && entry.subjects[0] == entry.subjects[1]) {
    return Malformed("entry_subjects", "an event entry that names one subject twice");
  }
  entry.token = body;
  return entry;
}

absl::StatusOr<StateEntry> ReadState(std::string_view bytes) {
  if (bytes.size() != kStateEntryBytes) {
    return Malformed("entry_size", "a state entry of " + std::to_string(bytes.size()) +
                                       " bytes, it has exactly 57");
  }
  const std::string_view body = bytes.substr(kHeadBytes);
  return StateEntry{IndexOf(bytes), TimeOf(bytes), ReadU64(body),
                    *Digest::FromBytes(body.substr(kNumberBytes))};
}

}  // namespace

std::string EncodeEntry(const EventEntry& entry) {
  std::string out = Head(kEventKind, entry.index, entry.time_ms,
                         1 + entry.subjects.size() * kNumberBytes + entry.token.size());
  out += static_cast<char>(entry.subjects.size());
  for (SubjectNumber subject : entry.subjects) AppendU64(out, subject.value);
  out += entry.token;
  return out;
}

std::string EncodeEntry(const StateEntry& entry) {
  std::string out = Head(kStateKind, entry.index, entry.time_ms, kStateEntryBytes - kHeadBytes);
  AppendU64(out, entry.subjects);
  out += entry.state_root.view();
  return out;
}

absl::StatusOr<Entry> ParseEntry(std::string_view bytes) {
  if (absl::Status status = CheckHead(bytes); !status.ok()) return status;
  if (KindOf(bytes) == kStateKind) return ReadState(bytes);
  return ReadEvent(bytes);
}

absl::StatusOr<EventEntry> ParseEventEntry(std::string_view bytes) {
  if (absl::Status status = CheckHead(bytes); !status.ok()) return status;
  return KindOf(bytes) == kEventKind ? ReadEvent(bytes) : WrongKind();
}

absl::StatusOr<StateEntry> ParseStateEntry(std::string_view bytes) {
  if (absl::Status status = CheckHead(bytes); !status.ok()) return status;
  return KindOf(bytes) == kStateKind ? ReadState(bytes) : WrongKind();
}

}  // namespace bonafide::registry
