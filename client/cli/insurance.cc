#include <charconv>
#include <memory>
#include <string>
#include <vector>

#include "certs/reason.h"
#include "client/cli/argument_value.h"
#include "client/cli/commands.h"
#include "client/cli/file_event.h"
#include "client/cli/record_options.h"

namespace bonafide::client::cli {
namespace {

using certs::Json;

struct Options {
  RecordOptions record;
  std::string intermediary, basis, from, until, retroactive, extended_until, policy_number;
  std::string policyholder, only_while_working_for;
  std::vector<std::string> territories, sections, treatments, not_covered;
};

// `treatment_risk:GBP:100000000:200000000:25000`: code, currency, then in minor units per claim, in
// aggregate and excess, each of which may be empty or left out.
absl::StatusOr<Json> SectionOf(const std::string& text) {
  static constexpr const char* kLimits[] = {"per_claim_minor", "aggregate_minor", "excess_minor"};
  const auto wrong = [&text] {
    return Malformed("section", "--section " + text +
                                    ": not SECTION:CURRENCY[:PER_CLAIM[:AGGREGATE[:EXCESS]]] with "
                                    "amounts in minor units");
  };
  const std::vector<std::string> parts = SplitText(text, ':');
  if (parts.size() < 2 || parts.size() > 5) return wrong();
  Json::Members section = {{"section", Json::String(parts[0])},
                           {"currency", Json::String(parts[1])}};
  for (size_t i = 2; i < parts.size(); ++i) {
    if (parts[i].empty()) continue;
    int64_t amount = 0;
    const char* end = parts[i].data() + parts[i].size();
    const auto [stop, error] = std::from_chars(parts[i].data(), end, amount);
    if (error != std::errc() || stop != end) return wrong();
    section.push_back({kLimits[i - 2], Json::Integer(amount)});
  }
  return Json::Object(std::move(section));
}

// `scalp_micropigmentation` or `scalp_micropigmentation:under_18,no_patch_test`.
Json TreatmentOf(const std::string& text) {
  const size_t colon = text.find(':');
  Json::Members treatment = {{"treatment", Json::String(text.substr(0, colon))}};
  if (colon != text.npos) {
    treatment.push_back({"excludes", Json::Strings(SplitText(text.substr(colon + 1), ','))});
  }
  return Json::Object(std::move(treatment));
}

absl::Status Fill(const Options& options, Session& session, Claims& claims) {
  if (absl::Status status = options.record.Fill(session, claims); !status.ok()) return status;
  claims.SetText("intermediary", options.intermediary);
  claims.SetText("basis", options.basis);
  claims.SetText("from", options.from);
  claims.SetText("until", options.until);
  claims.SetText("retroactive", options.retroactive);
  claims.SetText("extended_until", options.extended_until);
  claims.SetTexts("territories", options.territories);
  claims.SetTexts("not_covered", options.not_covered);
  claims.SetText("personal.policy_number", options.policy_number);
  Json::Items sections, treatments;
  for (const std::string& text : options.sections) {
    auto section = SectionOf(text);
    if (!section.ok()) return section.status();
    sections.push_back(*std::move(section));
  }
  for (const std::string& text : options.treatments) treatments.push_back(TreatmentOf(text));
  if (!sections.empty()) claims.Set("sections", Json::Array(std::move(sections)));
  if (!treatments.empty()) claims.Set("treatments", Json::Array(std::move(treatments)));
  absl::Status status = claims.SetNumber("policyholder", "--policyholder", options.policyholder);
  if (!status.ok()) return status;
  return claims.SetNumber("only_while_working_for", "--only-while-working-for",
                          options.only_while_working_for);
}

int Insurance(const Options& options, Session& session) {
  session.Begin();
  Claims claims;
  if (absl::Status status = Fill(options, session, claims); !status.ok()) {
    return session.out().Failed(status);
  }
  return FileEvent(session, "insurance", claims, options.record.number);
}

}  // namespace

void AddInsurance(Arguments& program, Session& session) {
  auto options = std::make_shared<Options>();
  Arguments command = program.Command("insurance", "File a certificate of insurance");
  options->record.AddTo(command);
  command.Option("--basis", options->basis, "occurrence or claims_made");
  command.Option("--from", options->from, "First day of cover");
  command.Option("--until", options->until, "Last day of cover");
  command.Option("--retroactive", options->retroactive,
                 "Claims-made: since when treatments count, a day or `unlimited`");
  command.Option("--extended-until", options->extended_until,
                 "Claims-made: last day of extended reporting");
  command.Option("--territory", options->territories, "Code; may be repeated");
  command.Option("--section", options->sections,
                 "SECTION:CURRENCY[:PER_CLAIM[:AGGREGATE[:EXCESS]]], minor units; may be repeated");
  command.Option("--treatment", options->treatments,
                 "CODE[:under_18,no_patch_test,no_consent] covered; may be repeated");
  command.Option("--not-covered", options->not_covered, "Code excluded; may be repeated");
  command.Option("--policy-number", options->policy_number, "As on the paper");
  command.Option("--intermediary", options->intermediary, "Broker or agent");
  command.Option("--policyholder", options->policyholder,
                 "Registration number, for group policies");
  command.Option("--only-while-working-for", options->only_while_working_for,
                 "Registration number of the clinic");
  command.Run([options, &session] { return Insurance(*options, session); });
}

}  // namespace bonafide::client::cli
