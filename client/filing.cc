#include "client/filing.h"

#include <chrono>
#include <thread>
#include <utility>

#include "certs/random.h"
#include "certs/reason.h"
#include "certs/sd_jwt.h"
#include "client/receipt_check.h"

namespace bonafide::client {
namespace {

constexpr auto kFirstPause = std::chrono::milliseconds(100);
constexpr auto kLongestPause = std::chrono::milliseconds(2000);

bool MayBeSentAgain(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kAborted:
      return true;
    case absl::StatusCode::kResourceExhausted:
      return ReasonOf(status) == "overloaded" || ReasonOf(status) == "queue_full" ||
             ReasonOf(status) == "rate_limited";
    default:
      return false;
  }
}

}  // namespace

absl::StatusOr<registry::SignedEvent> Filing::Sign(
    registry::EventBody body, std::optional<About> about,
    std::vector<registry::OpenedSlot> personal) const {
  registry::EventDraft draft;
  draft.issuer = identity_.number;
  draft.issued_at_s = clock_() / 1000;
  if (about) {
    draft.subject = about->number;
    draft.anchor = about->anchor;
  }
  draft.body = std::move(body);
  draft.personal = std::move(personal);
  return registry::SignEvent(draft, trust_.anchors.origin, *identity_.key, certs::SystemRandom());
}

absl::StatusOr<Receipt> Filing::SendUntilKnown(const std::string& sd_jwt) const {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience_ms_);
  auto pause = kFirstPause;
  while (true) {
    auto receipt = remote_.Submit(sd_jwt);
    if (receipt.ok() || !MayBeSentAgain(receipt.status()) ||
        std::chrono::steady_clock::now() + pause > end) {
      return receipt;
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, kLongestPause);
  }
}

absl::StatusOr<Filed> Filing::Send(const std::string& sd_jwt) const {
  const auto parts = certs::SplitSdJwt(sd_jwt);
  if (!parts.ok()) return parts.status();
  const auto token = registry::ParseToken(parts->jwt, trust_.anchors.origin);
  if (!token.ok()) return token.status();
  const auto receipt = SendUntilKnown(sd_jwt);
  if (!receipt.ok()) return receipt.status();
  const auto checked = CheckReceipt(trust_, *receipt, parts->jwt);
  if (!checked.ok()) {
    return Damaged(ReasonOf(checked.status()), "the register's confirmation proves nothing: " +
                                                   std::string(checked.status().message()));
  }
  if (const auto head = memory_.Compare(receipt->checkpoint, remote_); !head.ok()) {
    return head.status();
  }
  return Filed{token->event.id, checked->entry.subjects.front(), checked->entry.index,
               checked->entry.time_ms};
}

absl::StatusOr<Filed> Filing::File(registry::EventBody body, std::optional<About> about,
                                   std::vector<registry::OpenedSlot> personal) const {
  const auto event = Sign(std::move(body), about, std::move(personal));
  if (!event.ok()) return event.status();
  return Send(event->Framed());
}

}  // namespace bonafide::client
