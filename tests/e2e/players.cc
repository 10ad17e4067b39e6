#include "tests/e2e/players.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/e2e/file.h"

namespace bonafide::e2e {

std::string Field(const certs::Json& json, std::string_view name) {
  const std::string* text = json.FindString(name);
  if (text != nullptr) return *text;
  ADD_FAILURE() << "no member " << name << " in " << certs::WriteJson(json);
  return {};
}

Words Plus(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

Players::Players(const ServedRegister& served, const std::string& directory)
    : directory_(directory),
      anyone(served, directory + "/state"),
      regulator{"0000-0000-98", served.regulator_key_path(), anyone},
      awards(regulator),
      insurer(regulator),
      registrar(regulator),
      north(regulator),
      south(regulator) {
  regulator.program.Act(regulator.number, regulator.key_path);
  awards = Admit("awarding_body", "Example Awarding Body", "EX-RN-0001");
  insurer = Admit("insurer", "Example Insurer", "EX-INS-0001");
  registrar = Admit("registrar", "Example Registrar");
  north = Admit("clinic", "Example Clinic North");
  south = Admit("clinic", "Example Clinic South");
  Grant(awards, "issue_training", "999/3315/9,999/4987/8");
  Grant(insurer, "issue_insurance", "treatment_risk,public_liability");
  Grant(registrar, "register", "*");
  Grant(registrar, "attest", "issuer_confirmed");
  for (const Organisation& clinic : {north, south}) {
    Grant(clinic, "register", "*");
    Grant(clinic, "attest", "document_seen");
  }
  scheme = Field(regulator.program.Ask({"scheme", "create", "--treatment", kTreatment,
                                        "--territory", "gb-eng", "--name", "Example Scheme"}),
                 "registration_number");
  regulator.program.Ask(
      {"scheme", "version", scheme, BONAFIDE_SOURCE_DIR "/scripts/demo-data/scheme.json"});
}

Players::Organisation Players::Admit(const std::string& kind, const std::string& name,
                                     const std::string& recognition) {
  Organisation one{"", directory_ + "/" + name + ".key", anyone};
  const std::string public_key = Field(anyone.Ask({"keygen", one.key_path}), "public_file");
  Words words = {"org", "admit", "--kind", kind, "--name", name, "--public-key", public_key};
  if (!recognition.empty()) words = Plus(words, {"--recognition", recognition});
  one.number = Field(regulator.program.Ask(words), "registration_number");
  one.program.Act(one.number, one.key_path);
  return one;
}

std::string Players::Grant(const Organisation& to, const std::string& power,
                           const std::string& scope) {
  return Field(regulator.program.Ask({"org", "accredit", to.number, "--power", power, "--scope",
                                      scope, "--from", "2010-01-01"}),
               "event");
}

std::string Players::Person(const std::string& name) const {
  return Field(north.program.Ask({"practitioner", "register", "--name", name}),
               "registration_number");
}

Words Players::Training(const std::string& number) const {
  return {"training",
          number,
          "--framework",
          "rqf",
          "--level",
          "4",
          "--qualification",
          "999/3315/9",
          "--title",
          "Example Level 4 Certificate in Scalp Micropigmentation",
          "--issuer-name",
          "Example Awarding Body",
          "--issuer-recognition",
          "EX-RN-0001",
          "--awarded-on",
          "2024-03-15",
          "--certificate-number",
          "EX-CERT-0001"};
}

Words Players::Insurance(const std::string& number) const {
  return {"insurance",
          number,
          "--issuer-name",
          "Example Insurer",
          "--issuer-recognition",
          "EX-INS-0001",
          "--territory",
          "gb-eng",
          "--treatment",
          kTreatment,
          "--section",
          "treatment_risk:GBP:200000000",
          "--section",
          "public_liability:GBP:500000000",
          "--policy-number",
          "EX-POL-0001"};
}

void Players::Qualify(const std::string& number) const {
  awards.program.Ask(
      Plus(Training(number), {"--issuer-number", awards.number, "--grade", "issuer_signed"}));
  insurer.program.Ask(Plus(
      Insurance(number), {"--issuer-number", insurer.number, "--grade", "issuer_signed", "--basis",
                          "occurrence", "--from", "2025-01-01", "--until", "2025-12-31"}));
}

certs::Json Players::Verify(int code, const std::string& number, const Words& more) const {
  Words words = {"verify", number, kTreatment};
  if (std::find(more.begin(), more.end(), "--on") == more.end())
    words = Plus(words, {"--on", kDay});
  certs::Json json = anyone.Ask(Plus(words, more), code);
  static constexpr const char* kOutcomes[] = {"yes", "no", "cannot_say"};
  if (code <= 2) {
    EXPECT_EQ(Field(json, "outcome"), kOutcomes[code]) << certs::WriteJson(json);
  }
  return json;
}

std::string Players::Paper(const std::string& text) const {
  const std::string path = directory_ + "/" + text + ".pdf";
  WriteText(path, "%PDF-1.4\n% " + text + "\ntrailer\n<< >>\n%%EOF\n");
  return path;
}

}  // namespace bonafide::e2e
