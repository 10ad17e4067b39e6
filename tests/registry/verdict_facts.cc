#include "tests/registry/verdict_facts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "registry/vocabulary.h"
#include "tests/registry/verdict_papers.h"

namespace bonafide::registry {
namespace {

using Filing = VerdictRegister::Filing;
using Filer = std::function<void(VerdictRegister&, const VerdictLine&, Day)>;

std::string LabelOr(const VerdictLine& line, const std::string& usual) {
  return line.label.empty() ? usual : line.label;
}

// The phrase of `line` that begins with `key`, without it.
std::optional<std::string> Said(const VerdictLine& line, const std::string& key) {
  for (const std::string& phrase : line.phrases) {
    if (phrase.starts_with(key + " ")) return phrase.substr(key.size() + 1);
  }
  return std::nullopt;
}

// When a line is filed: as it says; else when its paper was looked at; else when it begins.
Day FiledOn(const VerdictLine& line) {
  static const std::map<std::string, std::string> kUsual = {
      {"scheme", "2019-01-01"},  {"rules", "2019-06-01"},    {"registration", "2020-01-05"},
      {"numbers", "2020-01-06"}, {"training", "2020-02-01"}, {"insurance", "2025-01-01"}};
  if (const auto filed = Said(line, "filed")) return DayIn(*filed);
  for (const char* key : {"confirmed by", "seen by"}) {
    if (const auto looked = Said(line, key)) return DayIn(SplitText(*looked, " on ").back());
  }
  const auto from = Said(line, "from");
  if (from && line.verb != "rules") return DayIn(*from);
  if (const auto usual = kUsual.find(line.verb); usual != kUsual.end()) return DayIn(usual->second);
  ADD_FAILURE() << line.verb << " " << line.rest << ": says no day";
  return Day();
}

PhraseTable::value_type FiledPhrase() {
  return {"filed", [](const std::string&) {}};
}

void FileScheme(VerdictRegister& world, const VerdictLine&, Day on) {
  SchemeCreated scheme;
  scheme.treatment = kTreatment;
  scheme.territory = kTerritory;
  world.Create({on, "the regulator", "the scheme", ""}, scheme);
}

void FileRules(VerdictRegister& world, const VerdictLine& line, Day on) {
  world.Log({on, "the regulator", "the scheme", LabelOr(line, "R")}, RulesOf(line));
}

void FileRegistration(VerdictRegister& world, const VerdictLine& line, Day on) {
  std::string by = "the north clinic";
  DoPhrases(line.phrases, {FiledPhrase(), {"by", [&](const std::string& who) { by = who; }}});
  const LoggedEvent& event = world.Create({on, by, "Ada", "Ada"}, PractitionerRegistered{});
  world.names.held.emplace_back(event.event().id, "Ada Example");
}

void FileNumbers(VerdictRegister& world, const VerdictLine&, Day on) {
  for (const char* name : {"the second number", "the third number"}) {
    world.Create({on, "the south clinic", name, name}, PractitionerRegistered{});
  }
}

void FileTraining(VerdictRegister& world, const VerdictLine& line, Day on) {
  const PaperFiled paper = TrainingOf(line, world);
  const LoggedEvent& event = world.Log({on, paper.by, "Ada", LabelOr(line, "T")}, paper.body);
  world.names.on_paper.emplace_back(event.event().id, paper.name_on_paper);
}

void FileInsurance(VerdictRegister& world, const VerdictLine& line, Day on) {
  const PaperFiled paper = InsuranceOf(line, world);
  const LoggedEvent& event = world.Log({on, paper.by, "Ada", LabelOr(line, "P")}, paper.body);
  world.names.on_paper.emplace_back(event.event().id, paper.name_on_paper);
}

void FileWithdrawal(VerdictRegister& world, const VerdictLine& line, Day on) {
  Withdrawal withdrawal;
  std::string target;
  std::string by = "the regulator";
  DoPhrases(line.phrases, {FiledPhrase(),
                           {"of", [&](const std::string& label) { target = label; }},
                           {"by", [&](const std::string& who) { by = who; }},
                           {"from", [&](const std::string& day) { withdrawal.from = DayIn(day); }},
                           {"because", [&](const std::string& why) {
                              withdrawal.reason = ValueNamed<WithdrawalReason>(why).value_or(
                                  WithdrawalReason::kOther);
                              EXPECT_EQ(WordOf(withdrawal.reason), why);
                            }}});
  withdrawal.target = world.Labelled(target).event().id;
  world.Log({on, by, world.SubjectOf(target), line.label}, withdrawal);
}

void FileSanction(VerdictRegister& world, const VerdictLine& line, Day on) {
  Sanction sanction;
  sanction.from = on;
  std::string about = "Ada";
  const auto kind = [&sanction](SanctionKind value) {
    return [&sanction, value](const std::string&) { sanction.kind = value; };
  };
  DoPhrases(line.phrases,
            {FiledPhrase(),
             {"suspension", kind(SanctionKind::kSuspension)},
             {"removal", kind(SanctionKind::kRemoval)},
             {"conditions", kind(SanctionKind::kConditions)},
             {"on", [&](const std::string& who) { about = who; }},
             {"from", [&](const std::string& day) { sanction.from = DayIn(day); }},
             {"until", [&](const std::string& day) { sanction.until = DayIn(day); }},
             {"barring", [&](const std::string& what) { sanction.barred.push_back(what); }}});
  world.Log({on, "the regulator", about, LabelOr(line, "S")}, sanction);
}

void FileLink(VerdictRegister& world, const VerdictLine& line, Day on) {
  SamePerson same;
  std::string one = "Ada";
  DoPhrases(line.phrases, {FiledPhrase(),
                           {"of", [&](const std::string& who) { one = who; }},
                           {"with", [&](const std::string& who) {
                              same.other = world.Number(who);
                              same.other_anchor = world.set().Find(same.other)->anchor();
                            }}});
  world.Log({on, "the registrar", one, LabelOr(line, "L")}, same);
}

void FileDispute(VerdictRegister& world, const VerdictLine& line, Day on) {
  std::string target;
  DoPhrases(line.phrases,
            {FiledPhrase(), {"of", [&](const std::string& label) { target = label; }}});
  world.Log({on, "the registrar", world.SubjectOf(target), LabelOr(line, "D")},
            Dispute{world.Labelled(target).event().id});
}

void FileErasure(VerdictRegister& world, const VerdictLine& line, Day on) {
  Erasure erasure;
  DoPhrases(line.phrases, {FiledPhrase(),
                           {"of everything", [](const std::string&) {}},
                           {"of", [&](const std::string& label) {
                              erasure.target = world.Labelled(label).event().id;
                            }}});
  const auto erased = [&erasure](const auto& name) {
    return !erasure.target || name.first == *erasure.target;
  };
  std::erase_if(world.names.held, erased);
  std::erase_if(world.names.on_paper, erased);
  world.Log({on, "the regulator", "Ada", line.label}, erasure);
}

void FileAmendment(VerdictRegister& world, const VerdictLine& line, Day on) {
  PractitionerAmended amended{on};
  std::string name;
  DoPhrases(line.phrases, {FiledPhrase(),
                           {"from", [&](const std::string& day) { amended.from = DayIn(day); }},
                           {"named", [&](const std::string& new_name) { name = new_name; }}});
  const LoggedEvent& event = world.Log({on, "the registrar", "Ada", line.label}, amended);
  world.names.held.emplace_back(event.event().id, name);
}

void FileAffiliation(VerdictRegister& world, const VerdictLine& line, Day on) {
  Affiliation affiliation{{}, on, std::nullopt};
  std::string clinic;
  DoPhrases(line.phrases,
            {FiledPhrase(),
             {"with", [&](const std::string& who) { clinic = who; }},
             {"from", [&](const std::string& day) { affiliation.from = DayIn(day); }},
             {"until", [&](const std::string& day) { affiliation.until = DayIn(day); }}});
  affiliation.clinic = world.Number(clinic);
  world.Log({on, clinic, "Ada", LabelOr(line, "W")}, affiliation);
}

void FileConfirmation(VerdictRegister& world, const VerdictLine& line, Day on) {
  std::string target;
  DoPhrases(line.phrases,
            {FiledPhrase(), {"of", [&](const std::string& label) { target = label; }}});
  world.Log({on, "the registrar", "Ada", line.label},
            AffiliationConfirmed{world.Labelled(target).event().id});
}

void FileEnd(VerdictRegister& world, const VerdictLine& line, Day on) {
  AccreditationEnded ended;
  std::string grant;
  DoPhrases(
      line.phrases,
      {FiledPhrase(),
       {"accreditation of", [&](const std::string& who) { grant = "accreditation of " + who; }},
       {"last day", [&](const std::string& day) { ended.last_day = DayIn(day); }}});
  ended.target = world.Labelled(grant).event().id;
  world.Log({on, "the regulator", world.SubjectOf(grant), ""}, ended);
}

void FileStolenKey(VerdictRegister& world, const VerdictLine& line, Day on) {
  std::optional<KeyRevoked> revoked;
  std::string organisation;
  DoPhrases(line.phrases,
            {FiledPhrase(),
             {"key of", [&](const std::string& who) { organisation = who; }},
             {"cut at", [&](const std::string& label) {
                const LoggedEvent& first = world.Labelled(label);
                revoked = {first.event().key, first.index, RevocationReason::kCompromised};
              }}});
  world.Log({on, "the regulator", organisation, ""}, *revoked);
}

void FileUnknown(VerdictRegister& world, const VerdictLine& line, Day on) {
  std::string about = "Ada";
  DoPhrases(line.phrases,
            {FiledPhrase(), {"event on", [&](const std::string& who) { about = who; }}});
  world.Log({on, "the regulator", about, line.label}, UnknownEvent{});
}

const std::map<std::string, Filer>& Filers() {
  static const auto* filers = new std::map<std::string, Filer>{
      {"scheme", FileScheme},
      {"rules", FileRules},
      {"registration", FileRegistration},
      {"numbers", FileNumbers},
      {"training", FileTraining},
      {"insurance", FileInsurance},
      {"withdrawal", FileWithdrawal},
      {"sanction", FileSanction},
      {"link", FileLink},
      {"dispute", FileDispute},
      {"erasure", FileErasure},
      {"amendment", FileAmendment},
      {"affiliation", FileAffiliation},
      {"confirmation", FileConfirmation},
      {"ended", FileEnd},
      {"stolen", FileStolenKey},
      {"unknown", FileUnknown},
  };
  return *filers;
}

}  // namespace

std::unique_ptr<VerdictRegister> FileFacts(const std::vector<VerdictLine>& lines) {
  std::vector<VerdictLine> facts;
  for (const char* usual :
       {"scheme", "rules", "registration", "numbers", "training", "insurance"}) {
    const bool replaced = std::ranges::any_of(lines, [usual](const VerdictLine& line) {
      return line.verb == usual || (line.verb == "no" && line.rest == usual);
    });
    if (!replaced) facts.push_back({usual, "", "", {}});
  }
  std::ranges::copy_if(lines, std::back_inserter(facts),
                       [](const VerdictLine& line) { return line.verb != "no"; });
  std::ranges::stable_sort(facts, {}, FiledOn);

  auto world = std::make_unique<VerdictRegister>();
  for (const VerdictLine& fact : facts) {
    SCOPED_TRACE(fact.verb + " " + fact.rest);
    const auto filer = Filers().find(fact.verb);
    if (filer == Filers().end()) {
      ADD_FAILURE() << "no fact is called \"" << fact.verb << '"';
      continue;
    }
    filer->second(*world, fact, FiledOn(fact));
  }
  return world;
}

}  // namespace bonafide::registry
