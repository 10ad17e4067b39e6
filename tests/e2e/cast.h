// Organisations, rules and a practitioner to play with, filed through the API of a served register.
// All names are invented.
#ifndef BONAFIDE_TESTS_E2E_CAST_H_
#define BONAFIDE_TESTS_E2E_CAST_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "certs/key.h"
#include "client/connection.h"
#include "client/filing.h"
#include "client/lookup.h"
#include "client/memory.h"
#include "client/trust.h"
#include "registry/question.h"
#include "tests/e2e/served_register.h"

namespace bonafide::e2e {

// A subject, and the key that signs for it where it is an organisation.
struct Party {
  client::About about;
  std::shared_ptr<const certs::PrivateKey> key;
};

// A client of the register with its own connection and memory. Not thread-safe.
class Visitor {
 public:
  // Aborts the test program when it cannot even connect or keep its state.
  Visitor(const ServedRegister& served, const std::string& state_directory);

  client::Remote& remote() const { return *connection_; }
  // Says from now on who asks. Precondition: `party` is an organisation.
  void Act(const Party& party);
  const client::Trust& trust() const { return trust_; }
  absl::StatusOr<client::Answer> Ask(const registry::Question& question) const;
  // Signs for `by` without sending.
  absl::StatusOr<registry::SignedEvent> Sign(const Party& by, registry::EventBody body,
                                             std::optional<client::About> about,
                                             std::vector<registry::OpenedSlot> personal = {}) const;
  absl::StatusOr<client::Filed> File(const Party& by, registry::EventBody body,
                                     std::optional<client::About> about,
                                     std::vector<registry::OpenedSlot> personal = {}) const;

 private:
  client::Filing For(const Party& by) const;

  client::Trust trust_;
  std::unique_ptr<client::Connection> connection_;
  std::optional<client::Memory> memory_;
};

// What most tests need before they begin. Its constructor files all of it, and aborts the test
// program where the register refuses.
struct Cast {
  static constexpr char kTreatment[] = "scalp_micropigmentation";
  static constexpr char kTerritory[] = "gb-eng";
  static constexpr char kQualification[] = "999/3315/9";

  Cast(const ServedRegister& served, const Visitor& visitor);

  // A practitioner of the clinic, with a certificate and a policy signed by their issuers.
  Party Practitioner(const Visitor& visitor, const std::string& name) const;
  // Whether `practitioner` may do the treatment on 1 June 2026.
  registry::Question Ask(const Party& practitioner) const;

  registry::Training TrainingOf(registry::Grade grade) const;
  registry::Insurance Policy() const;

  Party regulator, awarding_body, insurer, clinic, scheme;
};

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_CAST_H_
