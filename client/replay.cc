#include "client/replay.h"

#include <string>
#include <utility>

#include "certs/reason.h"
#include "merkle/hash.h"
#include "merkle/overlay.h"
#include "merkle/state_tree.h"
#include "registry/admission.h"

namespace bonafide::client {
namespace {

using merkle::LogIndex;
using merkle::SubjectNumber;
using registry::LoggedEvent;

std::string Entry(LogIndex index) { return "entry " + std::to_string(index.value); }

absl::Status Wrong(std::string_view reason, LogIndex index, std::string_view what) {
  return Damaged(reason, Entry(index) + ": " + std::string(what));
}

std::vector<certs::PublicKey> KeysIn(const registry::Event& event) {
  if (const auto* genesis = event.As<registry::Genesis>()) return genesis->keys;
  if (const auto* created = event.As<registry::OrganisationCreated>()) return created->keys;
  if (const auto* added = event.As<registry::KeyAdded>()) return {added->key};
  return {};
}

// The key that admission found under `kid`. Precondition: the event was admitted by `world`.
certs::PublicKey SigningKey(const LoggedEvent& event, const registry::World& world) {
  if (const auto* genesis = event.As<registry::Genesis>()) {
    for (const certs::PublicKey& key : genesis->keys) {
      if (key.id() == event.event().key) return key;
    }
  }
  return world.Find(event.event().issuer)->FindKey(event.event().key)->key;
}

}  // namespace

absl::StatusOr<ReadEntry> ReadLogEntry(std::string_view bytes, std::string_view origin) {
  auto entry = registry::ParseEntry(bytes);
  if (!entry.ok()) return entry.status();
  ReadEntry read{merkle::LeafHash(bytes), std::nullopt, std::nullopt};
  if (auto* state = std::get_if<registry::StateEntry>(&*entry)) {
    read.state = *state;
    return read;
  }
  auto& event = std::get<registry::EventEntry>(*entry);
  auto token = registry::ParseToken(event.token, origin);
  if (!token.ok()) return Within(Entry(event.index), token.status());
  read.event.emplace(
      LoggedEvent{event.index, event.time_ms, std::move(event.subjects), *std::move(token)});
  return read;
}

absl::Status SignatureToCheck::Check() const {
  return Within(Entry(index), certs::VerifyJws(jws, key, registry::kEventTyp));
}

Replay::Replay(const registry::TrustAnchors& anchors) : anchors_(anchors), world_(anchors.origin) {}

void Replay::Expect(const merkle::Checkpoint& head) { heads_.emplace(head.size.value, head.root); }

absl::Status Replay::CheckPlace(LogIndex index, int64_t time_ms) const {
  if (index.value != size().value) {
    return Damaged("audit_index", "position " + std::to_string(size().value) +
                                      " of the log holds " + Entry(index));
  }
  if (time_ms < time_ms_) return Wrong("audit_time", index, "the register's clock runs backwards");
  return absl::OkStatus();
}

absl::StatusOr<std::optional<SignatureToCheck>> Replay::Take(ReadEntry entry) {
  const LogIndex index = entry.state ? entry.state->index : entry.event->index;
  const int64_t time_ms = entry.state ? entry.state->time_ms : entry.event->time_ms;
  if (absl::Status status = CheckPlace(index, time_ms); !status.ok()) return status;
  if (index.value == 0 && entry.state) {
    return Wrong("audit_genesis", index, "the register does not begin with a genesis");
  }
  std::optional<SignatureToCheck> signature;
  last_was_state_ = entry.state.has_value();
  if (entry.state) {
    if (absl::Status status = TakeState(*entry.state); !status.ok()) return status;
  } else {
    auto taken = TakeEvent(*std::move(entry.event), entry.leaf_hash);
    if (!taken.ok()) return taken.status();
    signature = *std::move(taken);
  }
  time_ms_ = time_ms;
  log_.Append(entry.leaf_hash);
  if (absl::Status status = CheckHeads(); !status.ok()) return status;
  return signature;
}

absl::Status Replay::TakeState(const registry::StateEntry& state) {
  if (state.subjects != world_.subject_count()) {
    return Wrong("audit_subjects", state.index,
                 "states " + std::to_string(state.subjects) + " subjects where there are " +
                     std::to_string(world_.subject_count()));
  }
  merkle::Overlay plan = state_.Plan();
  for (uint64_t number : changed_) {  // ascending, so new subjects come in their order
    const merkle::Frontier& history = histories_[number];
    const Digest leaf =
        merkle::StateLeafHash(SubjectNumber{number}, history.size().value, history.root());
    if (number < plan.size().value) {
      if (absl::Status status = plan.Set(SubjectNumber{number}, leaf); !status.ok()) return status;
    } else {
      plan.Append(leaf);
    }
  }
  changed_.clear();
  if (plan.root() != state.state_root) {
    return Wrong("audit_state_root", state.index,
                 "states another root than its subjects have: what the register says of the "
                 "present is not what it logged");
  }
  head_time_ms_ = state.time_ms;
  ++states_;
  return state_.Install(std::move(plan)).status();
}

absl::StatusOr<SignatureToCheck> Replay::TakeEvent(LoggedEvent event, const Digest& leaf_hash) {
  if (absl::Status status = CheckGenesis(event, leaf_hash); !status.ok()) return status;
  if (absl::Status status = CheckUnique(event); !status.ok()) return status;
  if (absl::Status status = CheckNumbers(event); !status.ok()) return status;
  absl::Status admitted =
      registry::Admit(event, world_, registry::SignatureCheck::kAlreadyVerified);
  if (absl::Status read = world_.TakeStatus(); !read.ok()) return read;
  if (!admitted.ok()) return Within(Entry(event.index), admitted);
  if (absl::Status status = CheckThumbprints(event); !status.ok()) return status;
  const std::string entry = registry::EncodeEntry(
      registry::EventEntry{event.index, event.time_ms, event.subjects, event.token.jws.token});
  // The world keeps what the event says; the bytes it was read from go with the signature.
  SignatureToCheck signature{event.index, std::move(event.token.jws), SigningKey(event, world_)};
  event.token.jws = certs::Jws{};
  if (event.As<registry::UnknownEvent>() != nullptr) ++unknown_events_;
  ++events_;
  const auto logged = std::make_shared<const LoggedEvent>(std::move(event));
  if (absl::Status status = world_.Append(logged, entry); !status.ok()) return status;
  for (SubjectNumber number : logged->subjects) {
    if (number.value == histories_.size()) histories_.emplace_back();
    histories_[number.value].Append(leaf_hash);
    changed_.insert(number.value);
  }
  return signature;
}

absl::Status Replay::CheckGenesis(const LoggedEvent& event, const Digest& leaf_hash) const {
  if (event.index.value != 0) return absl::OkStatus();
  if (leaf_hash != anchors_.genesis) {
    return Wrong("audit_genesis", event.index, "is not the one your trust file pins");
  }
  const auto* genesis = event.As<registry::Genesis>();
  if (genesis != nullptr && genesis->log_key != anchors_.log_key.ToVkey()) {
    return Wrong("audit_genesis", event.index, "names another log key than your trust file");
  }
  return absl::OkStatus();
}

absl::Status Replay::CheckUnique(const LoggedEvent& event) {
  const registry::Event& said = event.event();
  const Digest jti = Sha256({std::to_string(said.issuer.value), " ", said.jti});
  if (!ids_.insert(said.id.digest).second || !jtis_.insert(jti).second) {
    return Wrong("audit_twice", event.index, "the same event, or its `jti`, is logged before");
  }
  return absl::OkStatus();
}

absl::Status Replay::CheckNumbers(const LoggedEvent& event) const {
  const uint64_t count = world_.subject_count();
  for (size_t i = 0; i < event.subjects.size(); ++i) {
    const uint64_t number = event.subjects[i].value;
    const bool created = i == 0 && event.event().IsCreation();
    if (created ? number != count : number >= count) {
      return Wrong("audit_number", event.index,
                   created ? "creates another number than the next one"
                           : "names a number that does not exist");
    }
  }
  return absl::OkStatus();
}

absl::Status Replay::CheckThumbprints(const LoggedEvent& event) {
  for (const certs::PublicKey& key : KeysIn(event.event())) {
    if (!thumbprints_.insert(key.id().digest()).second) {
      return Wrong("audit_thumbprint", event.index,
                   "registers key " + key.id().ToString() + ", which was registered before");
    }
  }
  return absl::OkStatus();
}

absl::Status Replay::CheckHeads() {
  const auto [begin, end] = heads_.equal_range(size().value);
  for (auto head = begin; head != end; ++head) {
    if (head->second != root()) {
      return Damaged("fork", "FORK: the head of size " + std::to_string(size().value) +
                                 " that the register signed has another root than the log it "
                                 "shows now");
    }
    ++heads_checked_;
  }
  return absl::OkStatus();
}

}  // namespace bonafide::client
