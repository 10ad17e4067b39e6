#include "registry/admission_rule.h"

#include <algorithm>
#include <string>
#include <variant>

#include "certs/reason.h"
#include "registry/admission.h"
#include "registry/power.h"
#include "registry/vocabulary.h"

namespace bonafide::registry {
namespace {

std::string Organisation(SubjectNumber number) {
  return "organisation " + std::to_string(number.value);
}

absl::Status NeedKind(const Subject& signer, std::initializer_list<OrganisationKind> kinds) {
  const auto kind = signer.organisation_kind();
  if (kind && std::find(kinds.begin(), kinds.end(), *kind) != kinds.end()) return absl::OkStatus();
  std::string wanted;
  for (OrganisationKind one : kinds) {
    wanted += (wanted.empty() ? "" : " or ") + std::string(WordOf(one));
  }
  return NotAdmitted("kind", Organisation(signer.number()) + " is no " + wanted);
}

absl::Status NeedRegistrarOrRegulator(const Subject& signer) {
  return NeedKind(signer, {OrganisationKind::kRegistrar, OrganisationKind::kRegulator});
}

// One rule a type of event; the variant's visitor keeps the list complete at compile time.
class Rule {
 public:
  Rule(const LoggedEvent& event, const Subject& signer, const World& world)
      : event_(event), signer_(signer), world_(world), own_(event.subjects.front()) {}

  absl::Status operator()(const Genesis&) const { return absl::OkStatus(); }

  absl::Status operator()(const OrganisationCreated& created) const {
    const auto rank = RankOf(world_, signer_.number());
    if (!rank || *rank >= kMaxRank) {
      return NotAdmitted("rank", Organisation(signer_.number()) +
                                     " stands too far below the first regulator to admit others");
    }
    return NewKeys(created.keys);
  }

  absl::Status operator()(const Accreditation& grant) const {
    const auto own_rank = RankOf(world_, own_);
    const auto signer_rank = RankOf(world_, signer_.number());
    const Subject* holder = world_.Find(own_);
    if (!own_rank || !signer_rank) {
      return NotAdmitted("kind", "only an organisation can be accredited");
    }
    if (*signer_rank >= *own_rank) {
      return NotAdmitted("rank", Organisation(signer_.number()) +
                                     " does not stand above the organisation it would accredit");
    }
    const bool coverholder = holder->organisation_kind() == OrganisationKind::kCoverholder;
    const bool for_insurer = coverholder && grant.power == Power::kIssueInsurance;
    if (for_insurer != grant.insurer.has_value()) {
      return NotAdmitted("kind",
                         "`insurer` is named exactly when a coverholder is to issue insurance");
    }
    if (grant.insurer) return NeedOrganisation(*grant.insurer, OrganisationKind::kInsurer);
    return absl::OkStatus();
  }

  absl::Status operator()(const AccreditationEnded& ended) const {
    const LoggedEvent* target = Own().Find(ended.target);
    if (target == nullptr || target->As<Accreditation>() == nullptr) {
      return NotAdmitted("target", "`target` is no accreditation of this organisation");
    }
    if (signer_.number() == own_) {
      if (ended.cut || ended.last_day < Day::OfTime(event_.time_ms)) {
        return NotAdmitted("cut", "an organisation can end its own accreditation only from now on");
      }
      return absl::OkStatus();
    }
    if (target->event().issuer != signer_.number() && !Above()) return NotAbove();
    return CutInThePast(ended.cut);
  }

  absl::Status operator()(const KeyAdded& added) const {
    if (absl::Status status = SelfOrAbove(); !status.ok()) return status;
    // A thief who adds keys must leave room for those of an ancestor.
    const size_t most = signer_.number() == own_ ? kMaxOwnKeys : kMaxKeys;
    if (Own().keys().size() >= most) {
      return NotAdmitted("already",
                         "the organisation has had " + std::to_string(most) + " keys already");
    }
    return NewKeys({added.key});
  }

  absl::Status operator()(const KeyRevoked& revoked) const {
    if (absl::Status status = SelfOrAbove(); !status.ok()) return status;
    const Subject::Key* key = Own().FindKey(revoked.key);
    if (key == nullptr) return NotAdmitted("target", "`key` is no key of this organisation");
    // Whoever stole a key may revoke it first; those above can still cut what it signed.
    if (!key->stands() && !(signer_.number() != own_ && revoked.cut)) {
      return NotAdmitted("already", "the key is revoked already");
    }
    if (signer_.number() == own_ && revoked.cut) {
      return NotAdmitted("cut", "an organisation can revoke its own key only from now on");
    }
    if (own_ == SubjectNumber{0} && Standing(Own()) <= 1) {
      return NotAdmitted("last_key", "the last standing key of the first regulator stays");
    }
    return CutInThePast(revoked.cut);
  }

  absl::Status operator()(const SchemeCreated& scheme) const {
    const Subject* genesis = world_.Find(SubjectNumber{0});
    const auto known = SchemeFor(*genesis, scheme.treatment, scheme.territory, event_.time_ms);
    if (known) {
      return NotAdmitted("already", "scheme " + std::to_string(known->value) +
                                        " stands for this treatment and territory: publish a new "
                                        "version of it");
    }
    return absl::OkStatus();
  }

  absl::Status operator()(const SchemeVersion&) const { return NeedSubject(SubjectKind::kScheme); }

  absl::Status operator()(const PractitionerRegistered&) const { return absl::OkStatus(); }

  absl::Status operator()(const PractitionerAmended&) const {
    if (absl::Status status = NeedPractitioner(); !status.ok()) return status;
    if (world_.FindFounding(own_)->founder == signer_.number()) return absl::OkStatus();
    return NeedRegistrarOrRegulator(signer_);
  }

  absl::Status operator()(const Affiliation& affiliation) const {
    if (absl::Status status = NeedPractitioner(); !status.ok()) return status;
    if (affiliation.clinic != signer_.number()) {
      return NotAdmitted("kind", "a clinic speaks only for itself (`clinic` is not `iss`)");
    }
    return NeedKind(signer_, {OrganisationKind::kClinic});
  }

  absl::Status operator()(const AffiliationConfirmed& confirmed) const {
    if (absl::Status status = NeedTarget<Affiliation>(confirmed.target); !status.ok()) {
      return status;
    }
    return NeedRegistrarOrRegulator(signer_);
  }

  absl::Status operator()(const Training& training) const {
    if (absl::Status status = NeedPractitioner(); !status.ok()) return status;
    if (absl::Status status =
            IssuerStands(training.issuer, training.provenance, OrganisationKind::kAwardingBody);
        !status.ok()) {
      return status;
    }
    if (!training.replaces) return absl::OkStatus();
    const LoggedEvent* original = Own().Find(*training.replaces);
    const auto* was = original != nullptr ? original->As<Training>() : nullptr;
    if (was == nullptr) return NotAdmitted("target", "`replaces` names no training of this person");
    if (was->awarded_on != training.awarded_on || was->qualification != training.qualification) {
      return NotAdmitted("replacement",
                         "a replacement keeps `awarded_on` and `qualification` of its original");
    }
    return absl::OkStatus();
  }

  absl::Status operator()(const Insurance& insurance) const {
    if (absl::Status status = NeedPractitioner(); !status.ok()) return status;
    if (absl::Status status =
            IssuerStands(insurance.issuer, insurance.provenance, OrganisationKind::kInsurer);
        !status.ok()) {
      return status;
    }
    if (!insurance.replaces) return absl::OkStatus();
    const LoggedEvent* original = Own().Find(*insurance.replaces);
    const auto* was = original != nullptr ? original->As<Insurance>() : nullptr;
    if (was == nullptr) {
      return NotAdmitted("target", "`replaces` names no insurance of this person");
    }
    if (was->issuer.name != insurance.issuer.name ||
        was->issuer.number != insurance.issuer.number ||
        was->issuer.recognition != insurance.issuer.recognition) {
      return NotAdmitted("replacement", "a replacement keeps the `issuer` of its original");
    }
    return absl::OkStatus();
  }

  absl::Status operator()(const Withdrawal& withdrawal) const {
    const LoggedEvent* target = Own().Find(withdrawal.target);
    const bool can_be =
        target != nullptr &&
        (target->As<PractitionerAmended>() || target->As<Affiliation>() || target->As<Training>() ||
         target->As<Insurance>() || target->As<Sanction>() || target->As<SamePerson>() ||
         target->As<Dispute>() || target->As<SchemeVersion>());
    if (!can_be) {
      return NotAdmitted("target", "`target` names nothing of this subject that can be withdrawn");
    }
    if (target->As<SamePerson>() != nullptr && withdrawal.from) {
      return NotAdmitted("target", "a link between two numbers is withdrawn from the start");
    }
    for (const LoggedEventPtr& earlier : Own().events()) {
      const auto* same = earlier->As<Withdrawal>();
      if (same != nullptr && same->target == withdrawal.target && same->from == withdrawal.from &&
          earlier->event().key == event_.event().key) {
        return NotAdmitted("already", "this key has withdrawn it already, from the same day");
      }
    }
    return WithdrawnByWhom(*target);
  }

  absl::Status operator()(const Sanction&) const { return NeedPractitioner(); }

  absl::Status operator()(const SamePerson& same) const {
    if (absl::Status status = NeedPractitioner(); !status.ok()) return status;
    const auto other = world_.FindFounding(same.other);
    if (!other || other->kind != SubjectKind::kPractitioner || same.other == own_) {
      return NotAdmitted("same_person", "`other` is not another practitioner of this register");
    }
    if (other->anchor != same.other_anchor) {
      return NotAdmitted("anchor_wrong", "`other_anchor` is not the first event of `other`");
    }
    return NeedRegistrarOrRegulator(signer_);
  }

  absl::Status operator()(const Dispute& dispute) const {
    const LoggedEvent* target = Own().Find(dispute.target);
    if (target == nullptr ||
        !(target->As<Training>() || target->As<Insurance>() || target->As<Sanction>())) {
      return NotAdmitted("target",
                         "`target` names no training, insurance or sanction of this person");
    }
    return NeedRegistrarOrRegulator(signer_);
  }

  absl::Status operator()(const Erasure& erasure) const {
    if (erasure.target) {
      const LoggedEvent* target = Own().Find(*erasure.target);
      if (target == nullptr || target->event().slots.empty()) {
        return NotAdmitted("target", "`target` names no event with personal details");
      }
    } else if (absl::Status status = NeedPractitioner(); !status.ok()) {
      return status;
    }
    return NeedKind(signer_, {OrganisationKind::kRegulator});
  }

  absl::Status operator()(const UnknownEvent&) const { return absl::OkStatus(); }

 private:
  const Subject& Own() const { return *world_.Find(own_); }

  bool Above() const { return IsAncestor(world_, signer_.number(), own_); }

  absl::Status NotAbove() const {
    return NotAdmitted("rank", Organisation(signer_.number()) + " did not admit " +
                                   Organisation(own_) + ", directly or through others");
  }

  absl::Status SelfOrAbove() const {
    if (Own().kind() != SubjectKind::kOrganisation) {
      return NotAdmitted("kind", "only an organisation has keys");
    }
    return signer_.number() == own_ || Above() ? absl::OkStatus() : NotAbove();
  }

  absl::Status CutInThePast(const std::optional<LogIndex>& cut) const {
    if (cut && *cut > event_.index) {
      return NotAdmitted("cut", "`cut` lies after the event itself");
    }
    return absl::OkStatus();
  }

  // Each thumbprint is new, as far as this world reaches; the register and auditors ask the whole
  // log.
  absl::Status NewKeys(const std::vector<certs::PublicKey>& keys) const {
    for (const certs::PublicKey& key : keys) {
      if (signer_.FindKey(key.id()) != nullptr ||
          (!event_.event().IsCreation() && Own().FindKey(key.id()) != nullptr)) {
        return NotAdmitted("already", "key " + key.id().ToString() + " was registered before");
      }
    }
    return absl::OkStatus();
  }

  static int Standing(const Subject& organisation) {
    return static_cast<int>(std::count_if(organisation.keys().begin(), organisation.keys().end(),
                                          [](const Subject::Key& key) { return key.stands(); }));
  }

  absl::Status NeedSubject(SubjectKind kind) const {
    const auto founding = world_.FindFounding(own_);
    if (founding && founding->kind == kind) return absl::OkStatus();
    return NotAdmitted("kind", "subject " + std::to_string(own_.value) +
                                   " is not of the kind this event is about");
  }
  absl::Status NeedPractitioner() const { return NeedSubject(SubjectKind::kPractitioner); }

  template <typename Body>
  absl::Status NeedTarget(const EventId& id) const {
    const LoggedEvent* target = Own().Find(id);
    if (target != nullptr && target->As<Body>() != nullptr) return absl::OkStatus();
    return NotAdmitted("target", "`target` names no such event of this subject");
  }

  absl::Status NeedOrganisation(SubjectNumber number, OrganisationKind kind) const {
    const Subject* organisation = world_.Find(number);
    if (organisation == nullptr) {
      return NotAdmitted("subject_unknown", "there is no " + Organisation(number));
    }
    if (organisation->organisation_kind() == kind) return absl::OkStatus();
    return NotAdmitted("kind", Organisation(number) + " is no " + std::string(WordOf(kind)));
  }

  // An issuer that is named by number is of the right kind; one that signed names itself, or the
  // insurer it acts for (whether it may is a matter of power).
  absl::Status IssuerStands(const IssuerName& issuer, const Provenance& provenance,
                            OrganisationKind kind) const {
    if (issuer.number) {
      if (absl::Status status = NeedOrganisation(*issuer.number, kind); !status.ok()) return status;
    }
    if (provenance.grade != Grade::kIssuerSigned) return absl::OkStatus();
    const bool for_another = kind == OrganisationKind::kInsurer && issuer.number &&
                             signer_.organisation_kind() == OrganisationKind::kCoverholder;
    if (for_another || issuer.number == signer_.number()) return absl::OkStatus();
    return NotAdmitted("kind", "what is signed by its issuer names that issuer in `issuer.number`");
  }

  absl::Status WithdrawnByWhom(const LoggedEvent& target) const {
    const SubjectNumber by = signer_.number();
    if (target.event().issuer == by || NamedIssuer(target.event()) == by) return absl::OkStatus();
    if (target.As<SchemeVersion>() != nullptr) return absl::OkStatus();  // by power alone
    return NeedKind(signer_, {OrganisationKind::kRegulator});
  }

  const LoggedEvent& event_;
  const Subject& signer_;
  const World& world_;
  SubjectNumber own_;
};

}  // namespace

absl::Status CheckRule(const LoggedEvent& event, const Subject& signer, const World& world) {
  return std::visit(Rule(event, signer, world), event.event().body);
}

}  // namespace bonafide::registry
