#include "merkle/policy.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "certs/reason.h"
#include "merkle/checkpoint.h"

namespace bonafide::merkle {
namespace {

// The items of one line, separated by spaces and tabs.
std::vector<std::string_view> ItemsOf(std::string_view line) {
  constexpr std::string_view kBlank = " \t";
  std::vector<std::string_view> items;
  for (size_t begin = line.find_first_not_of(kBlank); begin != std::string_view::npos;) {
    const size_t end = std::min(line.find_first_of(kBlank, begin), line.size());
    items.push_back(line.substr(begin, end - begin));
    begin = line.find_first_not_of(kBlank, end);
  }
  return items;
}

bool IsAllowed(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet == '\t' || octet == '\n' || (octet >= 0x20 && octet != 0x7f);
}

absl::StatusOr<certs::NoteVerifier> ParseKey(std::string_view vkey, certs::NoteKeyType type) {
  absl::StatusOr<certs::NoteVerifier> verifier = certs::NoteVerifier::FromVkey(vkey);
  if (!verifier.ok()) return Malformed("policy_key", verifier.status().ToString());
  if (verifier->type() != type) {
    return Malformed("policy_key", "a log's key is of type 0x01, a witness's of type 0x04");
  }
  return verifier;
}

absl::Status WrongItems() { return Malformed("policy_syntax", "too few or too many items"); }

}  // namespace

// Reads line after line into the policy it builds; each handler gets the items of its line.
class PolicyParser {
 public:
  absl::StatusOr<Policy> Parse(std::string_view text) {
    if (text.size() > Policy::kMaxTextSizeBytes) {
      return Malformed("policy_limit", "the policy is larger than " +
                                           std::to_string(Policy::kMaxTextSizeBytes) + " bytes");
    }
    for (size_t number = 1; !text.empty(); ++number) {
      const size_t end = text.find('\n');
      if (end == std::string_view::npos) {
        return Malformed("policy_syntax", "the last line does not end with a newline");
      }
      absl::Status status = ParseLine(text.substr(0, end));
      if (!status.ok()) return Within("policy line " + std::to_string(number), status);
      text.remove_prefix(end + 1);
    }
    if (!has_quorum_) return Malformed("policy_quorum", "the policy has no quorum line");
    return std::move(policy_);
  }

 private:
  using Items = std::vector<std::string_view>;

  absl::Status ParseLine(std::string_view line) {
    if (!std::all_of(line.begin(), line.end(), IsAllowed)) {
      return Malformed("policy_syntax", "control characters other than tab may not stand here");
    }
    const Items items = ItemsOf(line);
    if (items.empty() || items[0].starts_with('#')) return absl::OkStatus();
    if (items[0] == "log") return ParseLog(items);
    if (items[0] == "witness") return ParseWitness(items);
    if (items[0] == "group") return ParseGroup(items);
    if (items[0] == "quorum") return ParseQuorum(items);
    return Malformed("policy_syntax", "a line begins with log, witness, group, quorum or #");
  }

  absl::Status ParseLog(const Items& items) {
    if (items.size() != 2 && items.size() != 3) return WrongItems();
    auto verifier = ParseKey(items[1], certs::NoteKeyType::kEd25519);
    if (!verifier.ok()) return verifier.status();
    if (policy_.logs_.size() == Policy::kMaxOfEach) return TooMany();
    for (const PolicyLog& log : policy_.logs_) {
      if (log.verifier.key() == verifier->key()) return DuplicateKey();
    }
    policy_.logs_.push_back({*std::move(verifier), std::string(items.size() == 3 ? items[2] : "")});
    return absl::OkStatus();
  }

  absl::Status ParseWitness(const Items& items) {
    if (items.size() != 3 && items.size() != 4) return WrongItems();
    auto verifier = ParseKey(items[2], certs::NoteKeyType::kCosignature);
    if (!verifier.ok()) return verifier.status();
    if (policy_.witnesses_.size() == Policy::kMaxOfEach) return TooMany();
    for (const PolicyWitness& witness : policy_.witnesses_) {
      if (witness.verifier.key() == verifier->key()) return DuplicateKey();
    }
    Policy::Party party;
    party.witness = policy_.witnesses_.size();
    policy_.witnesses_.push_back({std::string(items[1]), *std::move(verifier),
                                  std::string(items.size() == 4 ? items[3] : "")});
    return Define(items[1], std::move(party));
  }

  absl::Status ParseGroup(const Items& items) {
    if (items.size() < 4) return WrongItems();
    if (++groups_ > Policy::kMaxOfEach) return TooMany();
    Policy::Party group;
    for (size_t i = 3; i < items.size(); ++i) {
      const auto member = names_.find(items[i]);
      if (member == names_.end()) return UnknownName(items[i]);
      if (is_member_[member->second]) {
        return Malformed("policy_member", "a name may be a member once: " + std::string(items[i]));
      }
      is_member_[member->second] = true;
      group.members.push_back(member->second);
    }
    const size_t members = group.members.size();
    if (items[2] == "all") {
      group.threshold = members;
    } else if (items[2] == "any") {
      group.threshold = 1;
    } else {
      const char* const end = items[2].data() + items[2].size();
      const auto read = std::from_chars(items[2].data(), end, group.threshold);
      if (read.ec != std::errc() || read.ptr != end || items[2][0] == '0' ||
          group.threshold > members) {
        return Malformed("policy_threshold",
                         "a group needs all, any, or a number from 1 to that "
                         "of its members");
      }
    }
    return Define(items[1], std::move(group));
  }

  absl::Status ParseQuorum(const Items& items) {
    if (items.size() != 2) return WrongItems();
    if (has_quorum_) return Malformed("policy_quorum", "there is a quorum line above already");
    has_quorum_ = true;
    if (items[1] == "none") return absl::OkStatus();
    const auto party = names_.find(items[1]);
    if (party == names_.end()) return UnknownName(items[1]);
    policy_.quorum_ = party->second;
    return absl::OkStatus();
  }

  absl::Status Define(std::string_view name, Policy::Party party) {
    if (name == "none") return Malformed("policy_name", "the name none is taken");
    if (!names_.emplace(name, policy_.parties_.size()).second) {
      return Malformed("policy_duplicate", "the name is defined above: " + std::string(name));
    }
    policy_.parties_.push_back(std::move(party));
    is_member_.push_back(false);
    return absl::OkStatus();
  }

  static absl::Status TooMany() {
    return Malformed("policy_limit", "more than " + std::to_string(Policy::kMaxOfEach) +
                                         " logs, witnesses or groups");
  }
  static absl::Status DuplicateKey() {
    return Malformed("policy_duplicate",
                     "the key stands in a line above, perhaps with another name");
  }
  static absl::Status UnknownName(std::string_view name) {
    return Malformed("policy_name", "no line above defines " + std::string(name));
  }

  Policy policy_;
  std::map<std::string, size_t, std::less<>> names_;
  std::vector<bool> is_member_;
  size_t groups_ = 0;
  bool has_quorum_ = false;
};

absl::StatusOr<Policy> Policy::Parse(std::string_view text) { return PolicyParser().Parse(text); }

bool Policy::QuorumOf(const std::vector<bool>& witness_cosigned) const {
  if (!quorum_.has_value()) return true;
  // Members stand before their group, so that one pass decides every party.
  std::vector<bool> holds;
  for (const Party& party : parties_) {
    if (party.witness.has_value()) {
      holds.push_back(witness_cosigned[*party.witness]);
      continue;
    }
    const auto held = std::count_if(party.members.begin(), party.members.end(),
                                    [&](size_t member) { return holds[member]; });
    holds.push_back(static_cast<size_t>(held) >= party.threshold);
  }
  return holds[*quorum_];
}

absl::StatusOr<PolicyResult> Policy::Evaluate(const certs::Note& note) const {
  const absl::StatusOr<Checkpoint> checkpoint = ParseCheckpoint(note.text);
  if (!checkpoint.ok()) return checkpoint.status();
  bool log_signed = logs_.empty();
  for (const PolicyLog& log : logs_) {
    if (log.verifier.name() != checkpoint->origin) continue;
    if (note.Find(log.verifier.name(), log.verifier.key_id()) == nullptr) continue;
    if (absl::Status status = certs::VerifyNote(note, {log.verifier}); !status.ok()) return status;
    log_signed = true;
  }

  struct Cosigned {
    CosignatureTime time;
    size_t witness;
  };
  std::vector<Cosigned> cosigned;
  for (size_t i = 0; i < witnesses_.size(); ++i) {
    const certs::NoteVerifier& verifier = witnesses_[i].verifier;
    if (note.Find(verifier.name(), verifier.key_id()) == nullptr) continue;
    const absl::StatusOr<CosignatureTime> time = VerifyCosignature(note, verifier);
    if (!time.ok()) return time.status();
    cosigned.push_back({*time, i});
  }
  std::stable_sort(cosigned.begin(), cosigned.end(),
                   [](const Cosigned& a, const Cosigned& b) { return a.time > b.time; });

  PolicyResult result;
  std::vector<bool> seen(witnesses_.size());
  bool quorum = QuorumOf(seen);
  for (const Cosigned& next : cosigned) {
    result.cosignatures.push_back({witnesses_[next.witness].name, next.time});
    seen[next.witness] = true;
    if (!quorum && QuorumOf(seen)) {
      quorum = true;
      result.quorum_time = next.time;
    }
  }
  result.satisfied = quorum && log_signed;
  if (!result.satisfied) result.quorum_time.reset();
  return result;
}

}  // namespace bonafide::merkle
