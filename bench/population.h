// Makes registers of any size: real keys, real tokens, every signature and every rule checked on
// the way in. Only the waiting for the disk is left out.
#ifndef BONAFIDE_BENCH_POPULATION_H_
#define BONAFIDE_BENCH_POPULATION_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "certs/key.h"
#include "registry/event_schema.h"
#include "registry/evidence.h"
#include "registry/question.h"
#include "server/data_directory.h"
#include "storage/register/register.h"

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

// The key of organisation `which`: it follows from the seed, so that a register made earlier can be
// used again.
std::shared_ptr<certs::PrivateKey> KeyOf(uint64_t seed, uint64_t which);

// The data directory of a population as a server opens it: without limits on
// rates, with one thread for HTTP, all places for whoever comes.
absl::StatusOr<server::DataDirectoryOptions> DataOf(const std::string& directory);

// A data directory like that of a server, opened. Five events a practitioner: registration by a
// clinic, affiliation, training and insurance signed by their issuers, and the confirmation of the
// affiliation by the registrar.
class Population {
 public:
  // Makes it, or opens the one that was made there before with the same size and seed.
  static absl::StatusOr<std::unique_ptr<Population>> Open(const std::string& directory,
                                                          const PopulationSize& size);

  storage::Register& store() { return data_->reg(); }
  const registry::TrustAnchors& anchors() const { return *anchors_; }
  const PopulationSize& size() const { return size_; }
  // The subject of practitioner `i` of `size().practitioners`.
  SubjectNumber Practitioner(uint64_t i) const;
  // A question about practitioner `i`; the answer is YES.
  registry::Question QuestionAbout(uint64_t i) const;
  // A new event of practitioner `i`, signed and framed: an insurance certificate. Thread-safe.
  absl::StatusOr<std::string> NewEvent(uint64_t i, certs::Random& random) const;
  double open_seconds() const { return open_seconds_; }
  // Lets go of the directory; what needs the register may not be called any more.
  void Close() { data_.reset(); }

 private:
  Population(std::string directory, const PopulationSize& size)
      : directory_(std::move(directory)), size_(size) {}
  absl::Status OpenData(bool sync);
  absl::StatusOr<Issuer> ReadIssuer(SubjectNumber number, uint64_t key) const;
  absl::Status ReadIssuers();

  // In populate.cc.
  absl::Status Populate();
  absl::Status FoundClinics();
  absl::Status PopulateRange(uint64_t first, uint64_t last);
  absl::StatusOr<Issuer> Found(registry::OrganisationKind kind, const std::string& name,
                               std::shared_ptr<certs::PrivateKey> key);
  absl::Status Grant(const Issuer& to, registry::Power power, std::vector<std::string> scope);

  absl::StatusOr<registry::SignedEvent> Sign(const Issuer& by, registry::EventBody body,
                                             const Issuer* about, certs::Random& random,
                                             std::vector<registry::OpenedSlot> personal = {}) const;

  const std::string directory_;
  const PopulationSize size_;
  std::unique_ptr<server::DataDirectory> data_;
  std::optional<registry::TrustAnchors> anchors_;
  Issuer regulator_, registrar_, awarding_body_, insurer_, scheme_;
  std::vector<Issuer> clinics_;
  uint64_t first_practitioner_ = 0;
  double open_seconds_ = 0;
};

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_POPULATION_H_
