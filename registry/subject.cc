#include "registry/subject.h"

#include <algorithm>
#include <utility>

namespace bonafide::registry {

void Subject::Append(LoggedEventPtr event) {
  const LoggedEvent* logged = event.get();
  events_.push_back(std::move(event));
  if (const auto* genesis = logged->As<Genesis>()) {
    for (const certs::PublicKey& key : genesis->keys) keys_.push_back({key, logged, {}});
  } else if (const auto* created = logged->As<OrganisationCreated>()) {
    for (const certs::PublicKey& key : created->keys) keys_.push_back({key, logged, {}});
  } else if (const auto* added = logged->As<KeyAdded>()) {
    keys_.push_back({added->key, logged, {}});
  } else if (const auto* revoked = logged->As<KeyRevoked>()) {
    for (Key& key : keys_) {
      if (key.key.id() == revoked->key) key.revoked.push_back(logged);
    }
  } else if (logged->As<Accreditation>() != nullptr) {
    grants_.push_back({logged, {}});
  } else if (const auto* ended = logged->As<AccreditationEnded>()) {
    for (Grant& grant : grants_) {
      if (grant.granted->event().id == ended->target) grant.ended.push_back(logged);
    }
  }
}

SubjectKind KindOf(const Event& creation) {
  if (creation.As<Genesis>() != nullptr || creation.As<OrganisationCreated>() != nullptr) {
    return SubjectKind::kOrganisation;
  }
  if (creation.As<SchemeCreated>() != nullptr) return SubjectKind::kScheme;
  if (creation.As<PractitionerRegistered>() != nullptr) return SubjectKind::kPractitioner;
  return SubjectKind::kUnknown;
}

std::optional<Founding> World::FindFounding(SubjectNumber number) const {
  const Subject* subject = Find(number);
  if (subject == nullptr || subject->events().empty()) return std::nullopt;
  const Event& creation = subject->creation().event();
  return Founding{creation.id, KindOf(creation), creation.issuer};
}

SubjectKind Subject::kind() const {
  return events_.empty() ? SubjectKind::kUnknown : KindOf(creation().event());
}

std::optional<OrganisationKind> Subject::organisation_kind() const {
  if (events_.empty()) return std::nullopt;
  if (creation().As<Genesis>() != nullptr) return OrganisationKind::kRegulator;
  if (const auto* created = creation().As<OrganisationCreated>()) return created->kind;
  return std::nullopt;
}

std::string_view Subject::name() const {
  if (events_.empty()) return {};
  if (const auto* genesis = creation().As<Genesis>()) return genesis->name;
  if (const auto* created = creation().As<OrganisationCreated>()) return created->name;
  if (const auto* scheme = creation().As<SchemeCreated>()) return scheme->name;
  return {};
}

std::optional<std::string_view> Subject::recognition() const {
  if (events_.empty()) return std::nullopt;
  const auto* created = creation().As<OrganisationCreated>();
  if (created == nullptr || !created->recognition) return std::nullopt;
  return *created->recognition;
}

const LoggedEvent* Subject::Find(const EventId& id) const {
  for (const LoggedEventPtr& event : events_) {
    if (event->event().id == id) return event.get();
  }
  return nullptr;
}

const Subject::Key* Subject::FindKey(const certs::KeyId& id) const {
  for (const Key& key : keys_) {
    if (key.key.id() == id) return &key;
  }
  return nullptr;
}

std::optional<SubjectNumber> SchemeFor(const Subject& genesis, std::string_view treatment,
                                       std::string_view territory, int64_t known_at_ms) {
  for (const LoggedEventPtr& event : genesis.events()) {
    const auto* scheme = event->As<SchemeCreated>();
    if (scheme != nullptr && scheme->treatment == treatment && scheme->territory == territory &&
        event->time_ms <= known_at_ms) {
      return event->subjects.front();
    }
  }
  return std::nullopt;
}

}  // namespace bonafide::registry
