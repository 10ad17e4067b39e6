#include "registry/admission.h"

#include <algorithm>
#include <string>
#include <utility>

#include "certs/reason.h"
#include "registry/admission_rule.h"
#include "registry/power.h"
#include "registry/vocabulary.h"

namespace bonafide::registry {
namespace {

absl::Status CheckSubjects(const LoggedEvent& event, const World& world) {
  const Event& said = event.event();
  const auto wrong = [](const std::string& what) { return NotAdmitted("entry_subjects", what); };
  if (event.subjects.empty()) return wrong("an entry names at least one subject");
  const SubjectNumber own = event.subjects.front();
  std::optional<SubjectNumber> second;
  if (said.As<SchemeCreated>() != nullptr) second = SubjectNumber{0};
  if (const auto* same = said.As<SamePerson>()) second = same->other;
  const bool unknown = said.As<UnknownEvent>() != nullptr;
  // A later version may log its events under two; neither comes to be by being the second.
  if (unknown && event.subjects.size() == 2 && event.subjects[1].value >= world.subject_count()) {
    return NotAdmitted("subject_unknown",
                       "there is no subject " + std::to_string(event.subjects[1].value));
  }
  if (!unknown &&
      (event.subjects.size() != (second ? 2u : 1u) || (second && event.subjects[1] != *second))) {
    return wrong("the entry is not logged under exactly the subjects its token names");
  }
  const auto founding = world.FindFounding(own);
  if (said.IsCreation()) {
    if (founding) return wrong("a creation stands under a subject that exists already");
    return absl::OkStatus();
  }
  if (own != *said.subject) return wrong("the entry's subject is not the token's `sub`");
  if (!founding) {
    return NotAdmitted("subject_unknown",
                       "there is no subject " + std::to_string(own.value) + " (`sub`)");
  }
  if (founding->anchor != *said.anchor) {
    return NotAdmitted("anchor_wrong", "`anchor` is not the first event of subject " +
                                           std::to_string(own.value) +
                                           ": the token was made for another register or person");
  }
  return absl::OkStatus();
}

absl::Status CheckSignature(const LoggedEvent& event, const certs::PublicKey& key,
                            SignatureCheck signature) {
  if (signature == SignatureCheck::kAlreadyVerified) return absl::OkStatus();
  return certs::VerifyJws(event.token.jws, key, kEventTyp);
}

absl::Status CheckIssuedAt(const LoggedEvent& event) {
  const int64_t issued_at_s = event.event().issued_at_s;
  // Divided rather than multiplied: `iat` may be any int64.
  if (issued_at_s > (event.time_ms + kIssuedAtFutureMs) / 1000) {
    return NotAdmitted("issued_at", "`iat` lies more than 5 minutes after the register's clock");
  }
  if (issued_at_s < (event.time_ms - kIssuedAtPastMs + 999) / 1000) {
    return NotAdmitted("issued_at",
                       "`iat` lies more than 7 days before the register's clock: sign anew");
  }
  return absl::OkStatus();
}

absl::Status CheckPowers(const LoggedEvent& event, const World& world) {
  const Day day = Day::OfTime(event.time_ms);
  for (const PowerNeed& need : NeedsOf(event, world)) {
    if (!Holds(world, event.event().issuer, need, event.index, day, GrantFilter::All())) {
      return NotAdmitted("power_missing",
                         "organisation " + std::to_string(event.event().issuer.value) +
                             " is not accredited for " + std::string(WordOf(need.power)) + " " +
                             need.item + (need.delegably ? ", to be passed on," : "") + " on " +
                             day.ToString());
    }
  }
  return absl::OkStatus();
}

absl::Status AdmitGenesis(const LoggedEvent& event, SignatureCheck signature) {
  const auto* genesis = event.As<Genesis>();
  if (genesis == nullptr || event.subjects.size() != 1 || event.subjects[0] != SubjectNumber{0} ||
      event.event().issuer != SubjectNumber{0}) {
    return NotAdmitted("genesis", "entry 0 must be the genesis of subject 0");
  }
  for (const certs::PublicKey& key : genesis->keys) {
    if (key.id() == event.event().key) {
      if (absl::Status status = CheckIssuedAt(event); !status.ok()) return status;
      return CheckSignature(event, key, signature);
    }
  }
  return NotAdmitted("key_unknown", "the genesis is not signed by one of its own keys");
}

}  // namespace

absl::Status Admit(const LoggedEvent& event, const World& world, SignatureCheck signature) {
  if (event.index == LogIndex{0}) return AdmitGenesis(event, signature);
  if (event.As<Genesis>() != nullptr) {
    return NotAdmitted("genesis", "a genesis stands only at index 0");
  }
  if (absl::Status status = CheckSubjects(event, world); !status.ok()) return status;

  const Event& said = event.event();
  const Subject* signer = world.Find(said.issuer);
  if (signer == nullptr || signer->kind() != SubjectKind::kOrganisation) {
    return NotAdmitted("issuer_unknown", "`iss` names no organisation of this register: " +
                                             std::to_string(said.issuer.value));
  }
  const Subject::Key* key = signer->FindKey(said.key);
  if (key == nullptr) {
    return NotAdmitted("key_unknown",
                       "`kid` is no key of organisation " + std::to_string(said.issuer.value));
  }
  if (!key->stands()) {
    return NotAdmitted("key_revoked", "the key was revoked at index " +
                                          std::to_string(key->revoked.front()->index.value));
  }
  if (absl::Status status = CheckIssuedAt(event); !status.ok()) return status;
  if (absl::Status status = CheckRule(event, *signer, world); !status.ok()) return status;
  if (absl::Status status = CheckPowers(event, world); !status.ok()) return status;
  // The dearest check last: nothing that is refused above costs a signature verification.
  return CheckSignature(event, key->key, signature);
}

}  // namespace bonafide::registry
