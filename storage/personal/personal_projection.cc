#include "storage/personal/personal_projection.h"

#include <algorithm>
#include <string_view>

#include "certs/reason.h"

namespace bonafide::storage {
namespace {

using registry::OpenedSlot;

const std::string* TextIn(const std::vector<OpenedSlot>& opened, SlotKind slot) {
  for (const OpenedSlot& one : opened) {
    if (one.name == NameOf(slot)) return one.value.AsString();
  }
  return nullptr;
}

bool NamesPapers(SlotKind slot) {
  return slot == SlotKind::kPhoto || slot == SlotKind::kPapers || slot == SlotKind::kPublicPapers ||
         slot == SlotKind::kCasePapers;
}

}  // namespace

std::vector<NamedPaper> PapersIn(const std::vector<OpenedSlot>& opened) {
  std::vector<NamedPaper> papers;
  for (const OpenedSlot& one : opened) {
    const std::optional<SlotKind> slot = SlotNamed(one.name);
    if (!slot || !NamesPapers(*slot)) continue;
    // A photograph is one paper, the other slots are arrays of them.
    const std::vector<certs::Json> values =
        one.value.IsArray() ? one.value.items() : std::vector<certs::Json>{one.value};
    uint8_t position = 0;
    for (const certs::Json& value : values) {
      const std::string* hex = value.FindString("sha256");
      const std::string* media_type = value.FindString("type");
      const auto digest = Digest::FromHex(hex == nullptr ? std::string_view() : *hex);
      // The schema has let nothing else through.
      if (!digest.ok() || media_type == nullptr) continue;
      papers.push_back({*slot, position++, *digest, *media_type});
    }
  }
  return papers;
}

NamesOfEvent NamesIn(LoggedAt event, const std::vector<OpenedSlot>& opened) {
  NamesOfEvent names{event, std::nullopt, std::nullopt};
  if (const std::string* name = TextIn(opened, SlotKind::kName)) names.name = *name;
  if (const std::string* town = TextIn(opened, SlotKind::kTown)) names.town = *town;
  return names;
}

std::optional<NumberedPaper> NumberIn(const registry::Event& event,
                                      const std::vector<OpenedSlot>& opened) {
  const std::string* certificate = TextIn(opened, SlotKind::kCertificateNumber);
  const std::string* policy = TextIn(opened, SlotKind::kPolicyNumber);
  if (const auto* training = event.As<registry::Training>(); training && certificate) {
    return NumberedPaper{NumberKind::kCertificate, training->issuer, *certificate};
  }
  if (const auto* insurance = event.As<registry::Insurance>(); insurance && policy) {
    return NumberedPaper{NumberKind::kPolicy, insurance->issuer, *policy};
  }
  return std::nullopt;
}

PersonalProjection::PersonalProjection(const PaperStore& papers, const NameIndex& names,
                                       const DuplicateHints& hints, Eraser& eraser,
                                       std::function<void(const absl::Status&)> failed)
    : papers_(&papers),
      names_(&names),
      hints_(&hints),
      eraser_(&eraser),
      failed_(std::move(failed)) {}

absl::Status PersonalProjection::CheckIntake(const registry::Event&,
                                             const std::vector<OpenedSlot>& opened) const {
  for (const NamedPaper& paper : PapersIn(opened)) {
    const absl::Status status = papers_->CheckNamed(paper.digest, paper.media_type);
    if (!status.ok()) return Within(NameOf(paper.slot), status);
  }
  return absl::OkStatus();
}

absl::Status PersonalProjection::Apply(std::span<const PlannedEvent> events, WriteBatch& batch) {
  absl::Status status = FileNames(events, batch);
  for (const PlannedEvent& planned : events) {
    if (!status.ok()) break;
    status = ApplyOne(*planned.event, planned.opened, batch);
  }
  return status;
}

absl::Status PersonalProjection::ApplyOne(const registry::LoggedEvent& event,
                                          const std::vector<OpenedSlot>& opened,
                                          WriteBatch& batch) {
  const LoggedAt at{event.subjects.front(), event.index};
  for (const NamedPaper& paper : PapersIn(opened)) {
    AddReference({at, paper.slot, paper.position, paper.digest}, batch);
  }
  if (const auto number = NumberIn(event.event(), opened)) {
    if (absl::Status status = hints_->Add(at, *number, batch); !status.ok()) return status;
  }

  if (const auto* erasure = event.As<registry::Erasure>()) {
    Eraser::Order(at.index, at.subject, erasure->target, batch);
    ordered_ = true;
    return absl::OkStatus();
  }
  // An older copy of the register is being filled again with an event that was erased since.
  const bool erased = std::ranges::any_of(event.event().slots, [this](const registry::Slot& slot) {
    return eraser_->ledger().Contains(slot.digest);
  });
  if (erased) {
    Eraser::Order(at.index, at.subject, event.event().id, batch);
    ordered_ = true;
  }
  return absl::OkStatus();
}

absl::Status PersonalProjection::FileNames(std::span<const PlannedEvent> events,
                                           WriteBatch& batch) const {
  const auto state = names_->State();
  if (!state.ok()) return state.status();
  if (*state != NameIndexState::kReady) {
    // It lacks these events from now on, even if the secret that made it comes back.
    NameIndex::MarkStale(batch);
    return absl::OkStatus();
  }
  for (const PlannedEvent& planned : events) {
    const LoggedAt at{planned.event->subjects.front(), planned.event->index};
    if (absl::Status status = names_->Add(NamesIn(at, planned.opened), batch); !status.ok()) {
      return status;
    }
  }
  names_->SetLogSize(events.back().event->index.value + 1, batch);
  return absl::OkStatus();
}

void PersonalProjection::Committed() {
  if (!ordered_) return;
  const absl::Status status = eraser_->RemoveOrdered();
  ordered_ = !status.ok();
  if (!status.ok() && failed_) failed_(status);
}

void PersonalProjection::Dropped() {
  // Whether the orders have committed is not known; looking costs one short scan.
  ordered_ = true;
}

}  // namespace bonafide::storage
