#include <memory>
#include <string>

#include "client/cli/argument_value.h"
#include "client/cli/commands.h"
#include "client/cli/exit_code.h"
#include "client/cli/file_event.h"

namespace bonafide::client::cli {
namespace {

struct Options {
  std::string number, name, town, birth_date, photo, from, until, target, text, other;
};

absl::Status SetDetails(const Options& options, Session& session, Claims& claims) {
  claims.SetText("personal.name", options.name);
  claims.SetText("personal.town", options.town);
  claims.SetText("personal.birth_date", options.birth_date);
  return AttachPaper(session, claims, "photo", options.photo);
}

int Register(const Options& options, Session& session) {
  session.Begin();
  Claims claims;
  if (absl::Status status = SetDetails(options, session, claims); !status.ok()) {
    return session.out().Failed(status);
  }
  return FileEvent(session, "practitioner", claims, "");
}

int Amend(const Options& options, Session& session) {
  session.Begin();
  Claims claims;
  claims.SetText("from", options.from.empty() ? session.UtcToday().ToString() : options.from);
  if (absl::Status status = SetDetails(options, session, claims); !status.ok()) {
    return session.out().Failed(status);
  }
  return FileEvent(session, "practitioner-amended", claims, options.number);
}

int Affiliate(const Options& options, Session& session) {
  session.Begin();
  const auto filing = session.filing();
  if (!filing.ok()) return session.out().Failed(filing.status());
  Claims claims;
  const uint64_t clinic = (*filing)->identity().number.value;
  claims.Set("clinic", certs::Json::Integer(static_cast<int64_t>(clinic)));
  claims.SetText("from", options.from.empty() ? session.UtcToday().ToString() : options.from);
  claims.SetText("until", options.until);
  return FileEvent(session, "affiliation", claims, options.number);
}

int Confirm(const Options& options, Session& session) {
  session.Begin();
  Claims claims;
  claims.SetText("target", options.target);
  return FileEvent(session, "affiliation-confirmed", claims, options.number);
}

int SamePerson(const Options& options, Session& session) {
  session.Begin();
  Output& out = session.out();
  const auto other = ParseNumber("other", options.other);
  if (!other.ok()) return out.Usage(other.status());
  if (const auto filing = session.filing(); !filing.ok()) return out.Failed(filing.status());
  const auto found = session.Find(*other);
  if (!found.ok()) return out.Failed(found.status());
  Claims claims;
  claims.Set("other", certs::Json::Integer(static_cast<int64_t>(other->value)));
  claims.SetText("other_anchor", found->anchor.ToString());
  return FileEvent(session, "same-person", claims, options.number);
}

int Dispute(const Options& options, Session& session) {
  session.Begin();
  Claims claims;
  claims.SetText("target", options.target);
  claims.SetText("personal.text", options.text);
  return FileEvent(session, "dispute", claims, options.number);
}

void AddDetails(Arguments& command, Options& options, Need name) {
  command.Option("--name", options.name, "Full name", name);
  command.Option("--town", options.town, "Town");
  command.Option("--birth-date", options.birth_date,
                 "YYYY-MM-DD; seen by registrars and regulators only");
  command.Option("--photo", options.photo, "PNG or JPEG file, shown to everyone");
}

}  // namespace

void AddPractitioner(Arguments& program, Session& session) {
  auto options = std::make_shared<Options>();
  Arguments practitioner = program.Command("practitioner", "Register people and their workplaces");
  const char* const kNumberHelp = "Registration number of the practitioner";

  Arguments enrol = practitioner.Command("register", "Give a person a number");
  AddDetails(enrol, *options, Need::kRequired);
  enrol.Run([options, &session] { return Register(*options, session); });

  Arguments amend = practitioner.Command("amend", "Change personal details");
  amend.Option("number", options->number, kNumberHelp, Need::kRequired);
  AddDetails(amend, *options, Need::kOptional);
  amend.Option("--from", options->from, "Since when (default: today)");
  amend.Run([options, &session] { return Amend(*options, session); });

  Arguments affiliate = practitioner.Command("affiliate", "Say that the person works at --as");
  affiliate.Option("number", options->number, kNumberHelp, Need::kRequired);
  affiliate.Option("--from", options->from, "First day (default: today)");
  affiliate.Option("--until", options->until, "Last day");
  affiliate.Run([options, &session] { return Affiliate(*options, session); });

  Arguments confirm = practitioner.Command("confirm", "Confirm what a clinic said about work");
  confirm.Option("number", options->number, kNumberHelp, Need::kRequired);
  confirm.Option("--target", options->target, "Identity of the affiliation", Need::kRequired);
  confirm.Run([options, &session] { return Confirm(*options, session); });

  Arguments same = practitioner.Command("same-person", "Say that two numbers are one person");
  same.Option("number", options->number, kNumberHelp, Need::kRequired);
  same.Option("other", options->other, "The other number", Need::kRequired);
  same.Run([options, &session] { return SamePerson(*options, session); });

  Arguments dispute = practitioner.Command("dispute", "Show the person's dissent beside a record");
  dispute.Option("number", options->number, kNumberHelp, Need::kRequired);
  dispute.Option("--target", options->target, "Identity of the record", Need::kRequired);
  dispute.Option("--text", options->text, "What the person says, at most 2000 characters",
                 Need::kRequired);
  dispute.Run([options, &session] { return Dispute(*options, session); });
}

}  // namespace bonafide::client::cli
