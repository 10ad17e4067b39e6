// A subject as its events make it, and the world of subjects that rules look into.
#ifndef BONAFIDE_REGISTRY_SUBJECT_H_
#define BONAFIDE_REGISTRY_SUBJECT_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "registry/logged_event.h"

namespace bonafide::registry {

enum class SubjectKind : uint8_t { kOrganisation, kScheme, kPractitioner, kUnknown };

SubjectKind KindOf(const Event& creation);

// How a subject came to be: all that most rules ask of it.
struct Founding {
  EventId anchor;
  SubjectKind kind = SubjectKind::kUnknown;
  SubjectNumber founder;  // who signed its creation
};

// All admitted events of one subject in log order, with what admission and effect ask for often
// kept beside them. Not thread-safe while appending; safe to share once built.
class Subject {
 public:
  explicit Subject(SubjectNumber number) : number_(number) {}

  // Adds the next event. Preconditions: it was admitted (registry/admission.h) against a world that
  // held this subject as it is now, and it names this subject.
  void Append(LoggedEventPtr event);

  SubjectNumber number() const { return number_; }
  const std::vector<LoggedEventPtr>& events() const { return events_; }
  // Precondition: not empty.
  const LoggedEvent& creation() const { return *events_.front(); }
  EventId anchor() const { return creation().event().id; }
  SubjectKind kind() const;
  // The kind of an organisation (a genesis is a regulator); nothing for other subjects.
  std::optional<OrganisationKind> organisation_kind() const;
  // Legal name of an organisation or name of a scheme; "" for a practitioner, whose name is
  // personal.
  std::string_view name() const;
  // The public code of an organisation, if it gave one.
  std::optional<std::string_view> recognition() const;

  // The event of this subject with identity `id`, or nullptr.
  const LoggedEvent* Find(const EventId& id) const;

  // A key of an organisation, with the events that registered and revoked it.
  struct Key {
    certs::PublicKey key;
    const LoggedEvent* registered;
    std::vector<const LoggedEvent*> revoked;  // in log order; empty while the key stands
    bool stands() const { return revoked.empty(); }
  };
  const std::vector<Key>& keys() const { return keys_; }
  const Key* FindKey(const certs::KeyId& id) const;

  // Grants on an organisation, and what ended them, in log order.
  struct Grant {
    const LoggedEvent* granted;
    std::vector<const LoggedEvent*> ended;
  };
  const std::vector<Grant>& grants() const { return grants_; }

 private:
  SubjectNumber number_;
  std::vector<LoggedEventPtr> events_;
  std::vector<Key> keys_;
  std::vector<Grant> grants_;
};

// The subjects a rule may look at. An implementation decides where they come from: a piece of
// evidence, the store, an auditor's replay.
class World {
 public:
  virtual ~World() = default;

  // How many subjects exist; numbers are dense from 0.
  virtual uint64_t subject_count() const = 0;
  // The subject as admitted so far, or nullptr when it is not here. A pointer stays valid until the
  // world next changes.
  virtual const Subject* Find(SubjectNumber number) const = 0;
  // Of a subject with events, as admitted so far; nothing when it is not here. For rules that need
  // no more, so that a world which would have to read the events first need not. The default asks
  // Find.
  virtual std::optional<Founding> FindFounding(SubjectNumber number) const;
};

// The scheme that subject 0 lists for (treatment, territory); nothing when there is none. Looks at
// schemes logged with time_ms <= `known_at_ms`.
std::optional<SubjectNumber> SchemeFor(const Subject& genesis, std::string_view treatment,
                                       std::string_view territory, int64_t known_at_ms);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_SUBJECT_H_
