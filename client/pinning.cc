#include "client/pinning.h"

#include <utility>

#include "certs/reason.h"
#include "merkle/checkpoint.h"
#include "merkle/frame.h"
#include "merkle/hash.h"
#include "registry/admission.h"
#include "registry/subject_set.h"

namespace bonafide::client {
namespace {

using merkle::LogIndex;

absl::Status NoGenesis(const std::string& what) {
  return Malformed("pin_genesis", "the register does not begin with a genesis: " + what);
}

absl::StatusOr<std::string> FirstEntry(Remote& remote) {
  std::string first;
  const absl::Status status =
      remote.StreamEntries(LogIndex{0}, 1, [&first](LogIndex, std::string_view frames) {
        const auto entries = merkle::ParseFrames(frames, 1);
        if (!entries.ok()) return entries.status();
        if (!entries->empty()) first = std::string(entries->front());
        return absl::OkStatus();
      });
  if (!status.ok()) return status;
  if (first.empty()) return NoGenesis("its log is empty");
  return first;
}

// The origin stands in the token that is to be read for this origin; the schema makes sure of it.
absl::StatusOr<std::string> OriginIn(const std::string& token) {
  const auto jws = certs::ParseJws(token);
  if (!jws.ok()) return jws.status();
  const auto payload = certs::ParseJson(jws->payload);
  if (!payload.ok()) return payload.status();
  const std::string* origin = payload->FindString("aud");
  if (origin == nullptr) return NoGenesis("it names no origin");
  return *origin;
}

}  // namespace

absl::StatusOr<Pinned> Pin(Remote& remote, const std::string& policy_text, int64_t max_age_s) {
  const auto first = FirstEntry(remote);
  if (!first.ok()) return first.status();
  auto entry = registry::ParseEventEntry(*first);
  if (!entry.ok()) return NoGenesis(std::string(entry.status().message()));
  const auto origin = OriginIn(entry->token);
  if (!origin.ok()) return origin.status();
  auto token = registry::ParseToken(entry->token, *origin);
  if (!token.ok()) return NoGenesis(std::string(token.status().message()));
  const registry::LoggedEvent event{entry->index, entry->time_ms, entry->subjects,
                                    *std::move(token)};
  const auto* genesis = event.As<registry::Genesis>();
  if (genesis == nullptr || event.index != LogIndex{0}) return NoGenesis("it is another event");
  if (absl::Status status = registry::Admit(event, registry::SubjectSet(0)); !status.ok()) {
    return NoGenesis(std::string(status.message()));
  }
  auto trust =
      MakeTrust(*origin, genesis->log_key, merkle::LeafHash(*first).Hex(), policy_text, max_age_s);
  if (!trust.ok()) return trust.status();

  const auto note = remote.Checkpoint(Head::kNewest);
  if (!note.ok()) return note.status();
  const auto head = merkle::OpenCheckpoint(*note, trust->anchors.log_key);
  if (!head.ok()) return head.status();
  const auto proof = remote.InclusionProof(LogIndex{0}, head->checkpoint.size);
  if (!proof.ok()) return proof.status();
  if (absl::Status status =
          merkle::VerifyInclusion(LogIndex{0}, head->checkpoint.size, merkle::LeafHash(*first),
                                  *proof, head->checkpoint.root);
      !status.ok()) {
    return Within("entry 0", status);
  }
  Pinned pinned{*std::move(trust), genesis->name, {}, head->checkpoint.size.value};
  for (const certs::PublicKey& key : genesis->keys) pinned.keys.push_back(key.id().ToString());
  return pinned;
}

}  // namespace bonafide::client
