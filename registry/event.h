// Events as values: what a token says once it has been parsed (docs/protocol.md, section 3).
//
// Plain data without invariants of their own; ParseToken (registry/event_schema.h) is the one place
// that makes them, and it makes only what the closed schemas allow. Nothing here tells whether an
// event was admitted (registry/admission.h) or still has effect (registry/effect.h).
#ifndef BONAFIDE_REGISTRY_EVENT_H_
#define BONAFIDE_REGISTRY_EVENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "certs/digest.h"
#include "certs/key.h"
#include "merkle/index.h"
#include "registry/day.h"
#include "registry/event_id.h"

namespace bonafide::registry {

using merkle::LogIndex;
using merkle::SubjectNumber;

enum class OrganisationKind : uint8_t {
  kRegulator,
  kRegistrar,
  kAwardingBody,
  kInsurer,
  kCoverholder,
  kClinic,
};

enum class Power : uint8_t {
  kAdmit,
  kSetScheme,
  kRegister,
  kAttest,
  kIssueTraining,
  kIssueInsurance,
  kSanction,
  kErase,
};

// How a fact is known, lowest first; compared with <.
enum class Grade : uint8_t { kSelfDeclared, kDocumentSeen, kIssuerConfirmed, kIssuerSigned };

enum class Basis : uint8_t { kOccurrence, kClaimsMade };
enum class SanctionKind : uint8_t { kSuspension, kRemoval, kConditions };
enum class ConfirmedHow : uint8_t { kEmail, kTelephone, kPortal, kLetter, kApi };
enum class RevocationReason : uint8_t { kRetired, kLost, kCompromised };
enum class WithdrawalReason : uint8_t {
  kFalse,
  kError,
  kCancelled,
  kUnpaid,
  kSuperseded,
  kFraud,
  kOther,
};

// --- 3.1 organisations

struct Genesis {
  std::string name;
  std::vector<certs::PublicKey> keys;
  std::string origin;
  std::string log_key;  // vkey
  int64_t max_head_gap_s = 0;
};

struct OrganisationCreated {
  OrganisationKind kind = OrganisationKind::kClinic;
  std::string name;
  std::optional<std::string> recognition;
  std::vector<certs::PublicKey> keys;
};

struct Accreditation {
  Power power = Power::kAttest;
  std::vector<std::string> scope;  // {"*"} alone is everything
  std::optional<SubjectNumber> insurer;
  bool delegable = false;
  Day from;
  std::optional<Day> until;
};

struct AccreditationEnded {
  EventId target;
  Day last_day;
  std::optional<LogIndex> cut;
};

struct KeyAdded {
  certs::PublicKey key;
};

struct KeyRevoked {
  certs::KeyId key;
  std::optional<LogIndex> cut;
  RevocationReason reason = RevocationReason::kRetired;
};

// --- 3.2 schemes

struct SchemeCreated {
  std::string treatment;
  std::string territory;
  std::string name;
};

struct Qualification {
  std::string number;
  std::string title;
  std::string framework;
  int level = 0;
  std::string owner;  // recognition of the awarding body
  std::optional<Day> operational_start;
  std::optional<Day> certification_end;
  std::optional<Day> awarded_from;
  std::optional<Day> awarded_to;
  std::optional<Day> accepted_until;
  std::optional<int> valid_for_months;
  std::vector<std::string> refreshers;  // qualification numbers
};

struct TrainingGroup {
  std::string name;
  std::vector<Qualification> any_of;
};

struct CoverRequirement {
  std::string section;
  std::string currency;
  int64_t per_claim_minor = 0;
  std::optional<int64_t> aggregate_minor;
};

struct SchemeVersion {
  int64_t rules = 1;  // when not 1, only `rules` itself is known
  Day from;
  std::string zone;
  std::vector<TrainingGroup> training;
  Grade training_grade = Grade::kIssuerConfirmed;
  std::optional<int> training_max_age_days;
  std::vector<CoverRequirement> insurance;
  Grade insurance_grade = Grade::kIssuerConfirmed;
  std::optional<int> insurance_max_age_days;
  bool own_clinic_may_attest = false;
  int spent_after_days = 0;
};

// --- 3.3 practitioners

struct PractitionerRegistered {};

struct PractitionerAmended {
  Day from;
};

struct Affiliation {
  SubjectNumber clinic;
  Day from;
  std::optional<Day> until;
};

struct AffiliationConfirmed {
  EventId target;
};

struct IssuerName {
  std::string name;
  std::optional<std::string> recognition;
  std::optional<SubjectNumber> number;
};

struct Confirmation {
  std::string with;
  Day on;
  ConfirmedHow how = ConfirmedHow::kEmail;
};

// How a record came to be known; shared by training and insurance.
struct Provenance {
  Grade grade = Grade::kSelfDeclared;
  std::optional<Day> seen_on;             // exactly with kDocumentSeen
  std::optional<Confirmation> confirmed;  // exactly with kIssuerConfirmed
};

struct Training {
  std::string framework;
  int level = 0;
  std::string qualification;
  std::string title;
  IssuerName issuer;
  Day awarded_on;
  Provenance provenance;
  std::optional<EventId> replaces;
};

struct CoverSection {
  std::string section;
  std::string currency;
  std::optional<int64_t> per_claim_minor;
  std::optional<int64_t> aggregate_minor;
  std::optional<int64_t> excess_minor;
};

struct CoveredTreatment {
  std::string treatment;
  bool excludes_under_18 = false;
  bool excludes_no_patch_test = false;
  bool excludes_no_consent = false;
};

// From which treatments a claims-made policy answers: since a day, since ever, or not said.
struct Retroactive {
  bool unlimited = false;
  Day since;  // meaningful unless unlimited
};

struct Insurance {
  IssuerName issuer;
  std::optional<std::string> intermediary;
  Basis basis = Basis::kOccurrence;
  Day from;
  Day until;
  std::optional<Retroactive> retroactive;
  std::optional<Day> extended_until;
  std::vector<std::string> territories;
  std::vector<CoverSection> sections;
  std::vector<CoveredTreatment> treatments;
  std::vector<std::string> not_covered;
  std::optional<SubjectNumber> policyholder;
  std::optional<SubjectNumber> only_while_working_for;
  Provenance provenance;
  std::optional<EventId> replaces;
};

struct Withdrawal {
  EventId target;
  std::optional<Day> from;  // absent: from the start
  WithdrawalReason reason = WithdrawalReason::kOther;
};

struct Sanction {
  SanctionKind kind = SanctionKind::kSuspension;
  Day from;
  std::optional<Day> until;
  std::vector<std::string> barred;  // treatments
};

struct SamePerson {
  SubjectNumber other;
  EventId other_anchor;
};

struct Dispute {
  EventId target;
};

struct Erasure {
  std::optional<EventId> target;  // absent: everything personal of the subject
};

// A well-formed `vct` this version does not know.
struct UnknownEvent {};

using EventBody =
    std::variant<Genesis, OrganisationCreated, Accreditation, AccreditationEnded, KeyAdded,
                 KeyRevoked, SchemeCreated, SchemeVersion, PractitionerRegistered,
                 PractitionerAmended, Affiliation, AffiliationConfirmed, Training, Insurance,
                 Withdrawal, Sanction, SamePerson, Dispute, Erasure, UnknownEvent>;

// A personal slot: its name and the digest of the one disclosure that opens it.
struct Slot {
  std::string name;
  Digest digest;
};

struct Event {
  EventId id;
  certs::KeyId key;      // `kid`
  SubjectNumber issuer;  // the number in `iss`
  std::string vct;
  std::string jti;
  int64_t issued_at_s = 0;
  std::optional<SubjectNumber> subject;  // `sub`; absent in a creation
  std::optional<EventId> anchor;         // present exactly when `subject` is
  std::vector<Slot> slots;               // in the order of the token
  EventBody body;

  template <typename Body>
  const Body* As() const {
    return std::get_if<Body>(&body);
  }
  bool IsCreation() const { return !subject.has_value(); }
};

// The issuer a training or insurance names by number; nothing for other events.
std::optional<SubjectNumber> NamedIssuer(const Event& event);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_EVENT_H_
