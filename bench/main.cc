// bonafide_bench: measures, and prints one table.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>

#include "bench/measures.h"
#include "bench/served_register.h"
#include "certs/reason.h"

namespace {

using bonafide::bench::MeasureOptions;
using bonafide::bench::Row;
using bonafide::bench::Rows;

struct Measure {
  const char* name;
  std::function<Rows(const MeasureOptions&)> run;
};

const Measure kMeasures[] = {
    {"evidence", bonafide::bench::MeasureEvidence}, {"submit", bonafide::bench::MeasureSubmit},
    {"verify", bonafide::bench::MeasureVerify},     {"audit", bonafide::bench::MeasureAudit},
    {"size", bonafide::bench::MeasureSize},         {"http", bonafide::bench::MeasureHttp},
    {"slow", bonafide::bench::MeasureSlowClients},  {"browser", bonafide::bench::MeasureBrowser},
};

int Usage() {
  std::fprintf(stderr,
               "usage: bonafide_bench --scratch DIR [--json FILE] [--seconds S] "
               "[--practitioners N] [--clinics N] [measure ...]\nmeasures:");
  for (const Measure& measure : kMeasures) std::fprintf(stderr, " %s", measure.name);
  std::fprintf(stderr, "\n");
  return 64;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string(argv[1]) == "--serve") return bonafide::bench::Serve(argv[2]);
  MeasureOptions options;
  std::string json;
  std::vector<std::string> wanted;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const bool has_value = i + 1 < argc;
    if (word == "--scratch" && has_value) {
      options.scratch = argv[++i];
    } else if (word == "--json" && has_value) {
      json = argv[++i];
    } else if (word == "--seconds" && has_value) {
      options.seconds = std::atof(argv[++i]);
    } else if (word == "--practitioners" && has_value) {
      options.practitioners = std::strtoull(argv[++i], nullptr, 10);
    } else if (word == "--clinics" && has_value) {
      options.clinics = std::strtoull(argv[++i], nullptr, 10);
    } else if (!word.starts_with("--")) {
      wanted.push_back(word);
    } else {
      return Usage();
    }
  }
  if (options.scratch.empty() || options.seconds <= 0 || options.practitioners == 0 ||
      options.clinics == 0) {
    return Usage();
  }
  std::signal(SIGPIPE, SIG_IGN);  // a server may close a connection while it is written to
  std::vector<Row> all;
  bool failed = false;
  for (const Measure& measure : kMeasures) {
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), measure.name) == wanted.end()) {
      continue;
    }
    std::fprintf(stderr, "measuring: %s\n", measure.name);
    const Rows rows = measure.run(options);
    if (!rows.ok()) {
      std::fprintf(stderr, "%s: %s\n", measure.name, std::string(rows.status().message()).c_str());
      failed = true;  // the others may have what they need
      continue;
    }
    all.insert(all.end(), rows->begin(), rows->end());
  }
  std::fputs(bonafide::bench::AsTable(all).c_str(), stdout);
  if (!json.empty()) std::ofstream(json) << bonafide::bench::AsJson(all);
  return failed ? 1 : 0;
}
