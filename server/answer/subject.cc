#include "server/answer/subject.h"

#include <string>

#include "proto/evidence_codec.h"
#include "proto/field.h"
#include "registry/registration_number.h"

namespace bonafide::server::answer {
namespace {

constexpr uint32_t kDefaultSubjectPage = 100;
constexpr uint32_t kMaxSubjectPage = 250;

absl::StatusOr<storage::SubjectNumber> SubjectOf(const v1::GetSubjectRequest& request) {
  switch (request.subject_case()) {
    case v1::GetSubjectRequest::kNumber:
      return storage::SubjectNumber{request.number()};
    case v1::GetSubjectRequest::kRegistrationNumber: {
      const auto number = registry::ParseRegistrationNumber(request.registration_number());
      if (!number.ok()) return proto::InField("registration_number", number.status());
      return *number;
    }
    default:
      return proto::MalformedField("number", "subject_missing",
                                   "give a number or a registration number");
  }
}

}  // namespace

absl::Status GetSubject(const Dependencies& dependencies, const storage::Audience& audience,
                        const v1::GetSubjectRequest& request, v1::GetSubjectResponse* response) {
  const auto number = SubjectOf(request);
  if (!number.ok()) return number.status();
  if (request.page_size() > kMaxSubjectPage) {
    return proto::MalformedField("page_size", "page_size", "at most 250");
  }
  const uint64_t page_size = request.page_size() == 0 ? kDefaultSubjectPage : request.page_size();
  const std::string list = "subject " + std::to_string(number->value);
  const auto position = dependencies.page_tokens.Open(list, request.page_token());
  if (!position.ok()) return position.status();
  const uint64_t first = position->empty() ? 0 : std::stoull(*position);
  const auto view = dependencies.ViewOf(request.head());
  if (!view.ok()) return view.status();
  const auto page = (*view)->ReadSubject(*number, first, page_size, audience);
  if (!page.ok()) return page.status();

  response->set_registration_number(registry::RegistrationNumber(*number));
  response->set_entry_count(page->entry_count);
  *response->mutable_evidence() = proto::EvidenceToProto(page->evidence);
  response->mutable_evidence()->mutable_subjects(0)->set_known_entries(first);
  if (const uint64_t next = first + page_size; next < page->entry_count) {
    response->set_next_page_token(dependencies.page_tokens.Seal(list, std::to_string(next)));
  }
  return absl::OkStatus();
}

}  // namespace bonafide::server::answer
