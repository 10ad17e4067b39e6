#include "tests/e2e/writers.h"

#include <chrono>

#include "certs/reason.h"
#include "registry/entry.h"

namespace bonafide::e2e {
namespace {

// What a register that is being killed, or stopped, or is busy may answer.
bool SaysNothing(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kResourceExhausted:
      return true;
    default:
      return false;
  }
}

}  // namespace

Writers::Writers(const Cast& cast, Oracle& oracle, size_t count)
    : cast_(cast), oracle_(oracle), writers_(count) {}

void Writers::Start(const ServedRegister& served, const std::string& state_directory) {
  stop_ = false;
  visitors_.clear();
  for (size_t i = 0; i <= writers_.size(); ++i) {
    visitors_.push_back(std::make_unique<Visitor>(served, state_directory));
  }
  for (size_t i = 0; i < writers_.size(); ++i) {
    threads_.emplace_back([this, i] { Write(writers_[i], *visitors_[i]); });
  }
  threads_.emplace_back([this] { Watch(*visitors_.back()); });
}

void Writers::Join() {
  stop_ = true;
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  visitors_.clear();  // a server waits for idle connections when it is asked to stop
}

void Writers::Write(Writer& writer, const Visitor& visitor) {
  while (!stop_) {
    if (writer.unsettled.empty()) {
      writer.registers = !writer.person;
      const auto event =
          writer.registers
              ? visitor.Sign(cast_.clinic, registry::PractitionerRegistered{}, std::nullopt,
                             {{"name", certs::Json::String("Example Person")}})
              : visitor.Sign(cast_.clinic, cast_.TrainingOf(registry::Grade::kDocumentSeen),
                             writer.person->about);
      if (!event.ok()) return Fault(std::string(event.status().message()));
      writer.unsettled = event->Framed();
    }
    if (!Send(writer, visitor)) return;
  }
}

// Whether the register answered.
bool Writers::Send(Writer& writer, const Visitor& visitor) {
  const std::string jwt = writer.unsettled.substr(0, writer.unsettled.find('~'));
  const auto receipt = visitor.remote().Submit(writer.unsettled);
  if (!receipt.ok()) {
    if (!SaysNothing(receipt.status())) {
      Fault(ReasonOf(receipt.status()) + ": " + std::string(receipt.status().message()));
    }
    return false;
  }
  if (absl::Status status = oracle_.Acknowledged(*receipt, jwt); !status.ok()) {
    Fault("acknowledged: " + std::string(status.message()));
    return false;
  }
  writer.unsettled.clear();
  writer.person.reset();
  if (!writer.registers) return true;
  const auto entry = registry::ParseEventEntry(receipt->entry);
  const auto id = registry::EventId{Sha256(jwt.substr(0, jwt.rfind('.')))};
  if (entry.ok()) writer.person = Party{{entry->subjects.front(), id}, nullptr};
  return true;
}

void Writers::Watch(const Visitor& visitor) {
  while (!stop_) {
    const auto head = visitor.remote().Checkpoint(client::Head::kNewest);
    if (!head.ok()) {
      if (!SaysNothing(head.status())) Fault(std::string(head.status().message()));
      return;
    }
    if (absl::Status status = oracle_.Saw(*head); !status.ok()) {
      return Fault("seen: " + std::string(status.message()));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

size_t Writers::unsettled_count() const {
  size_t count = 0;
  for (const Writer& writer : writers_) count += writer.unsettled.empty() ? 0 : 1;
  return count;
}

void Writers::Fault(const std::string& what) {
  const std::lock_guard lock(mutex_);
  faults_.push_back(what);
}

std::vector<std::string> Writers::faults() const {
  const std::lock_guard lock(mutex_);
  return faults_;
}

}  // namespace bonafide::e2e
