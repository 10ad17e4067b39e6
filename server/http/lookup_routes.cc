#include "server/http/lookup_routes.h"

#include <memory>
#include <utility>

#include "bonafide/v1/lookup.pb.h"
#include "certs/reason.h"
#include "proto/field.h"
#include "registry/registration_number.h"
#include "server/answer/paper.h"
#include "server/answer/search.h"
#include "server/answer/subject.h"
#include "server/answer/verify.h"
#include "server/http/caching.h"
#include "server/http/message_json.h"

namespace bonafide::server::http {
namespace {

using answer::Dependencies;

constexpr std::string_view kHead = "Which signed head to answer from.";
constexpr Parameter kQuestion[] = {
    {"treatment", "question.treatment", true, "Code of the treatment.", kCodePattern},
    {"territory", "question.territory", true, "Code of the territory whose rules apply.",
     kCodePattern},
    {"on", "question.on", true, "The day of the treatment, YYYY-MM-DD.", kDayPattern},
    {"claim_on", "question.claim_on", false, "A day on or after it: would a claim find cover?",
     kDayPattern},
    {"at", "question.at", false, "The number of the clinic where the treatment takes place.", "",
     kMostNumber},
    {"under_18", "question.under_18", false, "Whether the patient is under 18."},
    {"known_at_ms", "question.known_at_ms", false,
     "Answer with what the register said by then, in milliseconds since 1970 UTC.", "",
     kMostNumber},
    {"head", "head", false, kHead},
};
constexpr Parameter kSubjectPage[] = {
    {"head", "head", false, kHead},
    {"page_size", "page_size", false, "How many entries at most; 100 without it, at most 250.", "",
     250},
    {"page_token", "page_token", false, "`nextPageToken` of the page before."},
};
constexpr Parameter kNames[] = {
    {"name", "name", true, "Words of the name, in any order."},
    {"town", "town", false, "Only people of this town."},
    {"page_size", "page_size", false, "How many at most; 10 without it, at most 20.", "", 20},
    {"page_token", "page_token", false, "`nextPageToken` of the page before."},
};

absl::Status SetPractitioner(const std::string& text, v1::Question& question) {
  const auto number = registry::ParseRegistrationNumber(text);
  if (!number.ok()) return proto::InField("registration_number", number.status());
  question.set_practitioner(number->value);
  return absl::OkStatus();
}

Response JsonAnswer(std::string body, std::string etag) {
  Response response;
  response.content_type = "application/json";
  response.body = std::move(body);
  response.etag = std::move(etag);
  response.cache_control = response.etag.empty() ? kNotKept : kUntilNextHead;
  response.compressible = true;
  return response;
}

// Reads the question, answers 304 where the reader has the answer of this head, and else what
// `answer` gives as JSON.
template <typename Message, typename Answer>
absl::StatusOr<Response> AnswerQuestion(const Dependencies& dependencies, const Request& request,
                                        const PathValues& path, Answer&& answer) {
  Message message;
  absl::Status status = SetPractitioner(path[0], *message.mutable_question());
  if (status.ok()) status = FillFromQuery(request.target, kQuestion, message);
  if (!status.ok()) return status;
  const auto view = dependencies.ViewOf(message.head());
  if (!view.ok()) return view.status();
  const std::string etag = EtagOf(**view, request.target);
  if (auto unchanged = Unchanged(request, etag, kUntilNextHead)) return *std::move(unchanged);
  absl::StatusOr<std::string> json = answer(message);
  if (!json.ok()) return json.status();
  return JsonAnswer(*std::move(json), etag);
}

absl::StatusOr<Response> AnswerVerdict(const Dependencies& dependencies, const Request& request,
                                       const PathValues& path) {
  return AnswerQuestion<v1::VerifyRequest>(
      dependencies, request, path,
      [&](const v1::VerifyRequest& message) -> absl::StatusOr<std::string> {
        auto verdict = answer::GetVerdict(dependencies, message);
        if (!verdict.ok()) return verdict.status();
        return ToJson(*verdict);
      });
}

absl::StatusOr<Response> AnswerEvidence(const Dependencies& dependencies, const Request& request,
                                        const PathValues& path) {
  return AnswerQuestion<v1::GetEvidenceRequest>(
      dependencies, request, path,
      [&](const v1::GetEvidenceRequest& message) -> absl::StatusOr<std::string> {
        const auto file = answer::GetEvidence(dependencies, storage::Audience(), message);
        if (!file.ok()) return file.status();
        return proto::WriteEvidenceFile(*file);
      });
}

absl::StatusOr<Response> AnswerSubject(const Dependencies& dependencies, const Request& request,
                                       const PathValues& path) {
  v1::GetSubjectRequest message;
  message.set_registration_number(path[0]);
  absl::Status status = FillFromQuery(request.target, kSubjectPage, message);
  if (!status.ok()) return status;
  const auto view = dependencies.ViewOf(message.head());
  if (!view.ok()) return view.status();
  const std::string etag = EtagOf(**view, request.target);
  if (auto unchanged = Unchanged(request, etag, kUntilNextHead)) return *std::move(unchanged);
  v1::GetSubjectResponse answer;
  status = answer::GetSubject(dependencies, storage::Audience(), message, &answer);
  if (!status.ok()) return status;
  auto json = ToJson(answer);
  if (!json.ok()) return json.status();
  return JsonAnswer(*std::move(json), etag);
}

// Whom somebody looks for is nobody else's business: no cache keeps it.
absl::StatusOr<Response> AnswerNames(const Dependencies& dependencies, const Request& request,
                                     const PathValues&) {
  v1::SearchByNameRequest message;
  absl::Status status = FillFromQuery(request.target, kNames, message);
  if (!status.ok()) return status;
  v1::SearchByNameResponse answer;
  status = answer::SearchByName(dependencies, message, &answer);
  if (!status.ok()) return status;
  auto json = ToJson(answer);
  if (!json.ok()) return json.status();
  return JsonAnswer(*std::move(json), "");
}

absl::StatusOr<Response> AnswerPaper(const Dependencies& dependencies, const Request& request,
                                     const PathValues& path) {
  if (absl::Status status = RefuseQuery(request.target); !status.ok()) return status;
  const auto digest = Digest::FromHex(path[0]);
  if (!digest.ok()) return proto::InField("sha256", digest.status());
  auto opened = answer::OpenPaper(dependencies, *digest, Caller());
  if (!opened.ok()) return opened.status();
  // Whether the reader may have it was decided first.
  const std::string etag = "W/\"" + digest->Hex() + "\"";
  if (auto unchanged = Unchanged(request, etag, kUntilNextHead)) return *std::move(unchanged);
  const auto reader = std::make_shared<storage::PaperReader>(*std::move(opened));
  Response response;
  response.content_type = storage::MediaType(reader->paper().type);
  response.source_bytes = reader->paper().size_bytes;
  response.source = [reader] { return reader->Next(); };
  response.etag = etag;
  // It may be erased, or no longer shown.
  response.cache_control = kUntilNextHead;
  return response;
}

constexpr Route kRoutes[] = {
    {.pattern = "/v1/practitioners/{registration_number}/verdict",
     .method = "/bonafide.v1.LookupService/Verify",
     .answer = AnswerVerdict,
     .on_pool = true,
     .parameters = kQuestion,
     .request = "bonafide.v1.VerifyRequest",
     .summary = "The register's own answer. It proves nothing: check the evidence.",
     .content = "bonafide.v1.Verdict"},
    {.pattern = "/v1/practitioners/{registration_number}/evidence",
     .method = "/bonafide.v1.LookupService/GetEvidence",
     .answer = AnswerEvidence,
     .on_pool = true,
     .parameters = kQuestion,
     .request = "bonafide.v1.GetEvidenceRequest",
     .summary = "What proves the answer, as a file to keep.",
     .content = "bonafide.v1.EvidenceFile"},
    {.pattern = "/v1/subjects/{registration_number}",
     .method = "/bonafide.v1.LookupService/GetSubject",
     .answer = AnswerSubject,
     .on_pool = true,
     .parameters = kSubjectPage,
     .request = "bonafide.v1.GetSubjectRequest",
     .summary = "Everything filed for one subject, page by page.",
     .content = "bonafide.v1.GetSubjectResponse"},
    {.pattern = "/v1/names",
     .method = "/bonafide.v1.LookupService/SearchByName",
     .answer = AnswerNames,
     .on_pool = true,
     .parameters = kNames,
     .request = "bonafide.v1.SearchByNameRequest",
     .summary = "Practitioners by name: hints, nothing proven.",
     .content = "bonafide.v1.SearchByNameResponse"},
    {.pattern = "/v1/papers/{sha256}",
     .method = "/bonafide.v1.SubmissionService/FetchPaper",
     .answer = AnswerPaper,
     .on_pool = true,
     .summary = "A paper that everybody may see.",
     .content = "application/pdf, image/png, image/jpeg"},
};

}  // namespace

std::span<const Route> LookupRoutes() { return kRoutes; }

}  // namespace bonafide::server::http
