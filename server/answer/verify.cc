#include "server/answer/verify.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "certs/reason.h"
#include "proto/evidence_codec.h"
#include "proto/field.h"
#include "proto/question_codec.h"
#include "proto/verdict_codec.h"
#include "proto/verify_wire.h"

namespace bonafide::server::answer {
namespace {

template <typename Request>
absl::StatusOr<std::vector<storage::KnownSubject>> KnownOf(const Request& request) {
  std::vector<storage::KnownSubject> have;
  if (request.have_size() == 0) return have;
  if (request.have_size() > kMaxKnownSubjects) {
    return proto::MalformedField("have", "have", "more than 256 subjects");
  }
  if (request.want_verdict()) {
    return proto::MalformedField("have", "have", "the server judges only complete evidence");
  }
  have.reserve(static_cast<size_t>(request.have_size()));
  for (const v1::KnownSubject& known : request.have()) {
    have.push_back({storage::SubjectNumber{known.subject()}, known.entries()});
  }
  const auto number = [](const storage::KnownSubject& known) { return known.subject; };
  std::ranges::sort(have, {}, number);
  if (std::ranges::adjacent_find(have, {}, number) != have.end()) {
    return proto::MalformedField("have", "have", "a subject twice");
  }
  return have;
}

v1::Evidence ToProto(const registry::EvidenceParts& parts) {
  v1::Evidence message = proto::EvidenceToProto(parts.Joined());
  for (size_t i = 0; i < parts.subjects.size(); ++i) {
    message.mutable_subjects(static_cast<int>(i))
        ->set_known_entries(parts.subjects[i].known_entries);
  }
  return message;
}

}  // namespace

absl::Status Verify(const Dependencies& dependencies, const storage::Audience& audience,
                    const v1::VerifyRequest& request, const AnswerRoom& room) {
  const auto question = proto::QuestionFromProto(request.question());
  if (!question.ok()) return proto::InField("question", question.status());
  const auto have = KnownOf(request);
  if (!have.ok()) return have.status();
  const auto view = dependencies.ViewOf(request.head());
  if (!view.ok()) return view.status();
  const auto assembled = (*view)->AssembleEvidence(*question, *have, audience);
  if (!assembled.ok()) return assembled.status();
  const registry::EvidenceParts& parts = (*assembled)->parts();
  std::string verdict;
  if (request.want_verdict()) {
    const auto judged = (*view)->Judge(*question, audience);
    if (!judged.ok()) return judged.status();
    verdict = proto::VerdictToProto(*judged).SerializeAsString();
  }
  const proto::VerifyResponseWire wire(parts, verdict);
  wire.Write(room(wire.size_bytes()));
  return absl::OkStatus();
}

absl::Status VerifyMany(const Dependencies& dependencies, const storage::Audience& audience,
                        const v1::VerifyManyRequest& request, v1::VerifyManyResponse* response) {
  if (request.questions_size() < 1 || request.questions_size() > kMaxQuestions) {
    return proto::MalformedField("questions", "questions_count", "has to be 1 to 100");
  }
  std::vector<registry::Question> questions;
  for (int i = 0; i < request.questions_size(); ++i) {
    auto question = proto::QuestionFromProto(request.questions(i));
    if (!question.ok()) {
      return proto::InField("questions[" + std::to_string(i) + "]", question.status());
    }
    questions.push_back(*std::move(question));
  }
  const auto have = KnownOf(request);
  if (!have.ok()) return have.status();
  const auto view = dependencies.ViewOf(request.head());
  if (!view.ok()) return view.status();
  std::vector<std::vector<storage::SubjectNumber>> needed;
  const auto assembled = (*view)->AssembleEvidenceForAll(questions, *have, audience, &needed);
  if (!assembled.ok()) return assembled.status();

  *response->mutable_evidence() = ToProto((*assembled)->parts());
  for (size_t i = 0; i < questions.size(); ++i) {
    v1::VerifyManyAnswer* answer = response->add_answers();
    for (const storage::SubjectNumber number : needed[i]) answer->add_subjects(number.value);
    if (!request.want_verdict()) continue;
    const auto judged = (*view)->Judge(questions[i], audience);
    if (!judged.ok()) return judged.status();
    *answer->mutable_verdict() = proto::VerdictToProto(*judged);
  }
  return absl::OkStatus();
}

absl::StatusOr<proto::EvidenceFile> GetEvidence(const Dependencies& dependencies,
                                                const storage::Audience& audience,
                                                const v1::GetEvidenceRequest& request) {
  auto question = proto::QuestionFromProto(request.question());
  if (!question.ok()) return proto::InField("question", question.status());
  const auto view = dependencies.ViewOf(request.head());
  if (!view.ok()) return view.status();
  const auto assembled = (*view)->AssembleEvidence(*question, {}, audience);
  if (!assembled.ok()) return assembled.status();
  return proto::EvidenceFile{*std::move(question), (*assembled)->parts().Joined()};
}

absl::StatusOr<v1::Verdict> GetVerdict(const Dependencies& dependencies,
                                       const v1::VerifyRequest& request) {
  const auto question = proto::QuestionFromProto(request.question());
  if (!question.ok()) return proto::InField("question", question.status());
  const auto view = dependencies.ViewOf(request.head());
  if (!view.ok()) return view.status();
  const auto judged = (*view)->Judge(*question, storage::Audience());
  if (!judged.ok()) return judged.status();
  return proto::VerdictToProto(*judged);
}

}  // namespace bonafide::server::answer
