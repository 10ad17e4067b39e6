// Makes registers of any size: real keys, real tokens, every signature and every rule checked on
// the way in. Only the waiting for the disk may be left out.
#ifndef BONAFIDE_BENCH_POPULATION_H_
#define BONAFIDE_BENCH_POPULATION_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "certs/key.h"
#include "certs/note.h"
#include "registry/event_schema.h"
#include "registry/question.h"
#include "storage/register.h"

namespace bonafide::bench {

using merkle::SubjectNumber;

struct PopulationSize {
  uint64_t practitioners = 1000;
  uint64_t clinics = 50;
  uint64_t seed = 1;
};

// An organisation that can sign.
struct Issuer {
  SubjectNumber number;
  registry::EventId anchor;
  std::shared_ptr<certs::PrivateKey> key;
};

// A register in `directory`, opened. Five events a practitioner: registration by a clinic,
// affiliation, its confirmation by the registrar, training and insurance signed by their issuers.
class Population {
 public:
  // Makes it, or opens the one that was made there before with the same size and seed.
  static absl::StatusOr<std::unique_ptr<Population>> Open(const std::string& directory,
                                                          const PopulationSize& size);

  storage::Register& store() { return *register_; }
  const std::string& origin() const { return origin_; }
  const certs::NoteVerifier& log_key() const { return log_signer_->verifier(); }
  const PopulationSize& size() const { return size_; }
  // A question about the practitioner `i` of `size().practitioners`; the answer is YES.
  registry::Question QuestionAbout(uint64_t i) const;
  // A new event of practitioner `i`, signed and framed: an insurance certificate. Thread-safe.
  absl::StatusOr<std::string> NewEvent(uint64_t i, certs::Random& random) const;
  Digest genesis() const { return genesis_; }
  double open_seconds() const { return open_seconds_; }

 private:
  Population() = default;
  absl::Status OpenStore(const std::string& directory, bool sync);
  absl::Status Populate();
  absl::Status PopulateRange(uint64_t first, uint64_t last);
  absl::StatusOr<registry::SignedEvent> Sign(const Issuer& by, registry::EventBody body,
                                             const Issuer* about, certs::Random& random,
                                             std::vector<registry::OpenedSlot> personal = {}) const;
  absl::StatusOr<Issuer> Found(registry::OrganisationKind kind, const std::string& name,
                               std::shared_ptr<certs::PrivateKey> key);
  absl::Status Grant(const Issuer& to, registry::Power power, std::vector<std::string> scope);

  std::string origin_ = "register.example/bench";
  PopulationSize size_;
  std::shared_ptr<const certs::NoteSigner> log_signer_;
  std::unique_ptr<storage::Register> register_;
  Issuer regulator_, registrar_, awarding_body_, insurer_, scheme_;
  std::vector<Issuer> clinics_;
  uint64_t first_practitioner_ = 0;
  Digest genesis_;
  double open_seconds_ = 0;
};

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_POPULATION_H_
