#include <map>
#include <memory>
#include <string>

#include "client/cli/argument_value.h"
#include "client/cli/commands.h"
#include "client/cli/exit_code.h"
#include "client/event_claims.h"
#include "client/wording.h"
#include "registry/registration_number.h"
#include "registry/vocabulary.h"

namespace bonafide::client::cli {
namespace {

using certs::Json;
using registry::LoggedEvent;

struct Options {
  std::string number;
  bool history = false;
};

std::string SlotText(const Json& value) {
  if (value.AsString() != nullptr) return *value.AsString();
  if (const std::string* sha256 = value.FindString("sha256")) return *sha256;
  std::string text;
  for (const Json& item : value.items()) text += (text.empty() ? "" : ", ") + SlotText(item);
  return text;
}

// What was disclosed to this reader, by event and slot.
using Disclosed = std::map<std::pair<registry::EventId, std::string>, Json>;

Disclosed DisclosedIn(const registry::Proven& proven) {
  Disclosed disclosed;
  for (const registry::ProvenSlot& slot : proven.slots) {
    disclosed.insert_or_assign({slot.event, slot.slot}, slot.value);
  }
  return disclosed;
}

std::string SubjectTitle(const registry::Subject& subject, const registry::Proven& proven) {
  const std::string number = registry::RegistrationNumber(subject.number());
  switch (subject.kind()) {
    case registry::SubjectKind::kOrganisation:
      return std::string(subject.name()) + ", " +
             CodeWords(registry::WordOf(*subject.organisation_kind())) + ", " + number;
    case registry::SubjectKind::kScheme:
      return "Scheme \"" + std::string(subject.name()) + "\", " + number;
    case registry::SubjectKind::kPractitioner:
      return ProvenName(proven, subject.number()).value_or("(name withheld)") + ", practitioner, " +
             number;
    case registry::SubjectKind::kUnknown:
      break;
  }
  return "Something newer than this program, " + number;
}

// Whether an event belongs to the short form: what is known now, not how it came about.
bool IsCurrent(const LoggedEvent& event) {
  return event.As<registry::Withdrawal>() == nullptr && event.As<registry::KeyAdded>() == nullptr &&
         event.As<registry::KeyRevoked>() == nullptr;
}

std::map<registry::EventId, std::string> WithdrawalsOf(const registry::Subject& subject,
                                                       const registry::World& world) {
  std::map<registry::EventId, std::string> withdrawn;
  for (const registry::LoggedEventPtr& event : subject.events()) {
    if (const auto* withdrawal = event->As<registry::Withdrawal>()) {
      withdrawn[withdrawal->target] = EventWords(*event, world);
    }
  }
  return withdrawn;
}

Json EventJson(const LoggedEvent& event, const registry::Proven& proven,
               const Disclosed& disclosed) {
  Json::Members slots;
  for (const registry::Slot& slot : event.event().slots) {
    const auto found = disclosed.find({event.event().id, slot.name});
    slots.push_back({slot.name, found == disclosed.end() ? Json::Null() : found->second});
  }
  Json::Items subjects;
  for (merkle::SubjectNumber number : event.subjects) {
    subjects.push_back(Json::String(registry::RegistrationNumber(number)));
  }
  return Json::Object({
      {"event", Json::String(event.event().id.ToString())},
      {"type", Json::String(registry::EventTypeOf(event.event().body))},
      {"index", Json::Integer(static_cast<int64_t>(event.index.value))},
      {"time_ms", Json::Integer(event.time_ms)},
      {"signer", Json::String(registry::RegistrationNumber(event.event().issuer))},
      {"subjects", Json::Array(std::move(subjects))},
      {"text", Json::String(EventWords(event, *proven.world))},
      {"claims", WriteEventClaims(event.event().body)},
      {"personal", Json::Object(std::move(slots))},
  });
}

void PrintEvent(Output& out, const LoggedEvent& event, const registry::Proven& proven,
                const Disclosed& disclosed, const std::string& withdrawn, bool history) {
  out.Line("- " + EventWords(event, *proven.world) + (withdrawn.empty() ? "" : " -- " + withdrawn));
  for (const registry::Slot& slot : event.event().slots) {
    const auto found = disclosed.find({event.event().id, slot.name});
    out.Line("    " + CodeWords(slot.name) + ": " +
             (found == disclosed.end() ? "(withheld)" : SlotText(found->second)));
  }
  if (!history) return;
  out.Line("    signed by " + NameWords(*proven.world, event.event().issuer) + ", logged " +
               TimeWords(event.time_ms) + " as entry " + std::to_string(event.index.value),
           Colour::kDim);
  out.Line("    identity " + event.event().id.ToString(), Colour::kDim);
}

int Show(const Options& options, Session& session) {
  session.Begin();
  Output& out = session.out();
  const auto number = ParseNumber("number", options.number);
  if (!number.ok()) return out.Usage(number.status());
  if (absl::Status status = session.ActWhereGiven(); !status.ok()) {
    return out.CouldNotCheck(status);
  }
  const auto lookup = session.lookup();
  if (!lookup.ok()) return out.CouldNotCheck(lookup.status());
  const auto answer = (*lookup)->Show(*number, session.head());
  if (absl::IsNotFound(answer.status())) return out.Failed(answer.status());
  if (!answer.ok()) return out.CouldNotCheck(answer.status());

  const registry::Proven& proven = answer->proven;
  const registry::Subject& subject = *proven.world->Find(*number);
  const Disclosed disclosed = DisclosedIn(proven);
  const auto withdrawn = WithdrawalsOf(subject, *proven.world);
  out.Line(SubjectTitle(subject, proven), Colour::kBold);
  Json::Items events;
  for (const registry::LoggedEventPtr& event : subject.events()) {
    events.push_back(EventJson(*event, proven, disclosed));
    if (!options.history && !IsCurrent(*event)) continue;
    const auto found = withdrawn.find(event->event().id);
    PrintEvent(out, *event, proven, disclosed, found == withdrawn.end() ? "" : found->second,
               options.history);
  }
  out.Line();
  out.Line("Everything filed for this number, proven under the signed head of " +
               std::to_string(proven.checkpoint.size.value) + " entries, " +
               TimeWords(proven.head_time_ms),
           Colour::kDim);
  out.Value(Json::Object({
      {"registration_number", Json::String(registry::RegistrationNumber(*number))},
      {"title", Json::String(SubjectTitle(subject, proven))},
      {"anchor", Json::String(subject.anchor().ToString())},
      {"events", Json::Array(std::move(events))},
      {"head_size", Json::Integer(static_cast<int64_t>(proven.checkpoint.size.value))},
      {"head_time_ms", Json::Integer(proven.head_time_ms)},
  }));
  return kYes;
}

}  // namespace

void AddShow(Arguments& program, Session& session) {
  auto options = std::make_shared<Options>();
  Arguments command = program.Command("show", "Show what is filed for a number, all of it proven");
  command.Option("number", options->number, "Registration number", Need::kRequired);
  command.Flag("--history", options->history,
               "Every event, with who signed it, when, and its identity");
  command.Run([options, &session] { return Show(*options, session); });
}

}  // namespace bonafide::client::cli
