#include "bench/http_register.h"

#include <algorithm>
#include <cstdio>
#include <thread>

#include "bench/population.h"
#include "merkle/tile.h"
#include "registry/registration_number.h"

namespace bonafide::bench {
namespace {

constexpr PopulationSize kSize = {10'000, 500, 7};
// A path has three digits up to here.
constexpr uint64_t kMostTiles = 1000;

std::string QueryOf(const registry::Question& question) {
  return "?treatment=" + question.treatment + "&territory=" + question.territory +
         "&on=" + question.on.ToString();
}

// The view it looks at must not outlive the population's hold on its directory.
absl::StatusOr<uint64_t> SizeOf(Population& population) {
  const auto view = population.store().Newest();
  if (!view.ok()) return view.status();
  return (*view)->size().value;
}

std::string TilePath(uint64_t index) {
  char path[32];
  std::snprintf(path, sizeof path, "/tile/0/%03u", static_cast<unsigned>(index));
  return path;
}

}  // namespace

unsigned ClientCore() { return std::thread::hardware_concurrency() > 1 ? 1 : 0; }

absl::StatusOr<std::unique_ptr<HttpRegister>> HttpRegister::Start(const MeasureOptions& options) {
  std::unique_ptr<HttpRegister> made(new HttpRegister);
  made->directory_ = options.scratch + "/http";
  const auto population = Population::Open(made->directory_, kSize);
  if (!population.ok()) return population.status();
  for (uint64_t i = 0; i < kSize.practitioners; ++i) {
    const registry::Question question = (*population)->QuestionAbout(i);
    const std::string person =
        "/v1/practitioners/" + registry::RegistrationNumber(question.practitioner);
    made->verdicts_.push_back(person + "/verdict" + QueryOf(question));
    made->evidence_.push_back(person + "/evidence" + QueryOf(question));
  }
  const auto size = SizeOf(**population);
  if (!size.ok()) return size.status();
  const uint64_t tiles = std::min(*size / merkle::kTileWidth, kMostTiles);
  for (uint64_t i = 0; i < tiles; ++i) made->tiles_.push_back(TilePath(i));
  (*population)->Close();
  ReadFiles(made->directory_);
  auto served = ServedRegister::Start(made->directory_, kServerCore);
  if (!served.ok()) return served.status();
  made->served_ = *std::move(served);
  return made;
}

}  // namespace bonafide::bench
