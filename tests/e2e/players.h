// The example organisations, admitted and accredited through the command line.
#ifndef BONAFIDE_TESTS_E2E_PLAYERS_H_
#define BONAFIDE_TESTS_E2E_PLAYERS_H_

#include <string>
#include <string_view>
#include <vector>

#include "certs/json.h"
#include "tests/e2e/program.h"
#include "tests/e2e/served_register.h"

namespace bonafide::e2e {

using Words = std::vector<std::string>;

// The text of a member; adds a failure to the test and is "" when there is none.
std::string Field(const certs::Json& json, std::string_view name);
// `words` with `more` behind them.
Words Plus(Words words, const Words& more);

// All names are invented, all days are past.
class Players {
 public:
  static constexpr char kTreatment[] = "scalp_micropigmentation";
  static constexpr char kDay[] = "2025-06-15";  // of the treatment, unless a test says otherwise

  struct Organisation {
    std::string number;
    std::string key_path;
    Program program;  // signs as it
  };

  // Files everything; `directory` is where keys, papers and what is remembered go.
  Players(const ServedRegister& served, const std::string& directory);

  // A new organisation without any powers.
  Organisation Admit(const std::string& kind, const std::string& name,
                     const std::string& recognition = "");
  // The grant's identity.
  std::string Grant(const Organisation& to, const std::string& power, const std::string& scope);

  // A practitioner of the clinic in the north; the number.
  std::string Person(const std::string& name) const;
  // The words of a command that files the right certificate and a policy for 2025, signed by their
  // issuers unless `more` says otherwise (an option given twice counts the last time).
  Words Training(const std::string& number) const;
  Words Insurance(const std::string& number) const;
  // Files both, so that the answer on kDay is YES.
  void Qualify(const std::string& number) const;

  // Asks about `number` on kDay, unless `more` says otherwise; the code of the answer.
  certs::Json Verify(int code, const std::string& number, const Words& more = {}) const;

  const std::string& directory() const { return directory_; }
  // A small PDF with `text` in it.
  std::string Paper(const std::string& text) const;

  const std::string directory_;
  const Program anyone;
  Organisation regulator, awards, insurer, registrar, north, south;
  std::string scheme;
};

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_PLAYERS_H_
