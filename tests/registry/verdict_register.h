// A small register that exists only as events: the cast of the table of verdicts.
#ifndef BONAFIDE_TESTS_REGISTRY_VERDICT_REGISTER_H_
#define BONAFIDE_TESTS_REGISTRY_VERDICT_REGISTER_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "registry/subject_set.h"
#include "registry/verdict.h"

namespace bonafide::registry {

inline constexpr char kTreatment[] = "scalp_pigmentation";
inline constexpr char kTerritory[] = "exampleland";
inline constexpr uint64_t kCastSize = 14;

// Events are logged without tokens, but every one passes admission, so that the table shows nothing
// that could not happen. A mistake in a case fails the running test.
class VerdictRegister {
 public:
  // Regulator, registrar, three awarding bodies, two insurers, a coverholder and two clinics, with
  // their powers. The scheme and the three practitioners of the cast are still to be created.
  VerdictRegister();

  // All that was filed.
  const SubjectSet& set() const { return set_; }

  // The number of somebody the table names ("the insurer", "Ada").
  SubjectNumber Number(const std::string& name) const;

  struct Filing {
    Day on;
    std::string by;     // an organisation of the cast
    std::string about;  // the subject
    std::string label;  // by which later facts name the event; may be empty
  };
  // Logs at noon of the day. Precondition: days never decrease.
  const LoggedEvent& Log(const Filing& filing, EventBody body);
  // Logs the creation of a new subject called `filing.about`.
  const LoggedEvent& Create(const Filing& filing, EventBody body);

  const LoggedEvent& Labelled(const std::string& label) const;
  // Which subject the labelled event stands under.
  std::string SubjectOf(const std::string& label) const;

  // What the disclosures prove about names.
  ProvenNames names;

 private:
  const LoggedEvent& Append(const Filing& filing, std::optional<SubjectNumber> subject,
                            EventBody body);
  void Admitted(const std::string& name, OrganisationKind kind,
                std::optional<std::string> recognition);
  void Granted(const std::string& name, Power power, const std::string& scope,
               const std::string& insurer = {});

  SubjectSet set_;
  std::map<std::string, SubjectNumber> numbers_;
  std::map<std::string, std::pair<std::string, const LoggedEvent*>> labels_;
  uint64_t next_index_ = 0;
};

}  // namespace bonafide::registry

#endif  // BONAFIDE_TESTS_REGISTRY_VERDICT_REGISTER_H_
