#include "client/connection.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <ctime>
#include <optional>
#include <utility>

#include "bonafide/v1/log.grpc.pb.h"
#include "bonafide/v1/lookup.grpc.pb.h"
#include "bonafide/v1/submission.grpc.pb.h"
#include "certs/digest_stream.h"
#include "certs/reason.h"
#include "client/call_error.h"
#include "proto/evidence_codec.h"
#include "proto/question_codec.h"
#include "registry/text_rules.h"

namespace bonafide::client {
namespace {

constexpr int kTransferFactor = 100;
constexpr size_t kChunkBytes = 256 * 1024;
constexpr int kMaxMessageBytes = 64 << 20;  // above registry::kMaxEvidenceBytes
// HTTP/2 keeps small windows unless told that memory does not matter.
constexpr int kStreamWindowBytes = 4 << 20;

constexpr size_t kMaxNameLength = 200;
constexpr size_t kMaxTownLength = 100;

// Hints are not proven, so they might hold anything: nothing may steer a terminal.
std::string Shown(const std::string& text, size_t max_code_points) {
  return registry::IsText(text, max_code_points) ? text : std::string();
}

v1::Head ToProto(Head head) {
  switch (head) {
    case Head::kNewest:
      break;
    case Head::kCosigned:
      return v1::HEAD_COSIGNED;
    case Head::kToCosign:
      return v1::HEAD_TO_COSIGN;
  }
  return v1::HEAD_NEWEST;
}

}  // namespace

struct Connection::Stubs {
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<v1::LookupService::Stub> lookup;
  std::unique_ptr<v1::SubmissionService::Stub> submission;
  std::unique_ptr<v1::LogService::Stub> log;
  std::optional<Identity> identity;
  int64_t deadline_ms = 0;

  // Makes `context` ready for one call of `method`.
  void Prepare(grpc::ClientContext& context, int factor = 1) const {
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::milliseconds(deadline_ms * factor));
  }
  // The same for a method that may be told who asks.
  absl::Status PrepareAs(grpc::ClientContext& context, std::string_view method,
                         const std::optional<Digest>& paper = std::nullopt, int factor = 1) const {
    Prepare(context, factor);
    if (!identity) return absl::OkStatus();
    const auto token = identity->RequestToken(method, paper, std::time(nullptr));
    if (!token.ok()) return token.status();
    context.AddMetadata("authorization", "Bearer " + *token);
    return absl::OkStatus();
  }
};

Connection::Connection(std::unique_ptr<Stubs> stubs) : stubs_(std::move(stubs)) {}
Connection::~Connection() = default;

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const ConnectionSettings& settings) {
  const size_t colon = settings.address.rfind(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == settings.address.size()) {
    return Malformed("server_address", "\"" + settings.address + "\" is not host:port");
  }
  if (!settings.ca_pem.empty() &&
      settings.ca_pem.find("-----BEGIN CERTIFICATE-----") == std::string::npos) {
    return Malformed("ca_file", "the file of authorities holds no PEM certificate");
  }
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, kStreamWindowBytes);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = settings.ca_pem;
  auto stubs = std::make_unique<Stubs>();
  stubs->channel =
      grpc::CreateCustomChannel(settings.address, grpc::SslCredentials(tls), arguments);
  stubs->lookup = v1::LookupService::NewStub(stubs->channel);
  stubs->submission = v1::SubmissionService::NewStub(stubs->channel);
  stubs->log = v1::LogService::NewStub(stubs->channel);
  stubs->deadline_ms = settings.deadline_ms;
  return std::unique_ptr<Connection>(new Connection(std::move(stubs)));
}

void Connection::Act(Identity identity) { stubs_->identity = std::move(identity); }

absl::StatusOr<std::string> Connection::Checkpoint(Head head) {
  grpc::ClientContext context;
  stubs_->Prepare(context);
  v1::GetCheckpointRequest request;
  request.set_head(ToProto(head));
  v1::GetCheckpointResponse response;
  const grpc::Status status = stubs_->log->GetCheckpoint(&context, request, &response);
  if (!status.ok()) return FromGrpcStatus(status);
  return response.checkpoint();
}

absl::StatusOr<merkle::Proof> Connection::InclusionProof(merkle::LogIndex index,
                                                         merkle::TreeSize size) {
  grpc::ClientContext context;
  stubs_->Prepare(context);
  v1::GetInclusionProofRequest request;
  request.set_index(index.value);
  request.set_tree_size(size.value);
  v1::GetInclusionProofResponse response;
  const grpc::Status status = stubs_->log->GetInclusionProof(&context, request, &response);
  if (!status.ok()) return FromGrpcStatus(status);
  return merkle::ParseProof(response.proof());
}

absl::StatusOr<merkle::Proof> Connection::ConsistencyProof(merkle::TreeSize first,
                                                           merkle::TreeSize second) {
  grpc::ClientContext context;
  stubs_->Prepare(context);
  v1::GetConsistencyProofRequest request;
  request.set_first_size(first.value);
  request.set_second_size(second.value);
  v1::GetConsistencyProofResponse response;
  const grpc::Status status = stubs_->log->GetConsistencyProof(&context, request, &response);
  if (!status.ok()) return FromGrpcStatus(status);
  return merkle::ParseProof(response.proof());
}

absl::Status Connection::StreamEntries(merkle::LogIndex first, uint64_t limit,
                                       const EntrySink& sink) {
  grpc::ClientContext context;
  stubs_->Prepare(context, kTransferFactor);
  v1::StreamEntriesRequest request;
  request.set_first_index(first.value);
  request.set_limit(limit);
  const auto reader = stubs_->log->StreamEntries(&context, request);
  v1::StreamEntriesResponse response;
  absl::Status taken = absl::OkStatus();
  while (taken.ok() && reader->Read(&response)) {
    taken = sink(merkle::LogIndex{response.first_index()}, response.entries());
  }
  if (!taken.ok()) context.TryCancel();
  const grpc::Status status = reader->Finish();
  return taken.ok() ? FromGrpcStatus(status) : taken;
}

absl::StatusOr<std::string> Connection::AddCosignature(const std::string& note) {
  grpc::ClientContext context;
  stubs_->Prepare(context);
  v1::AddCosignatureRequest request;
  request.set_checkpoint(note);
  v1::AddCosignatureResponse response;
  const grpc::Status status = stubs_->log->AddCosignature(&context, request, &response);
  if (!status.ok()) return FromGrpcStatus(status);
  return response.checkpoint();
}

absl::StatusOr<registry::Evidence> Connection::Verify(const registry::Question& question,
                                                      Head head) {
  grpc::ClientContext context;
  if (absl::Status status = stubs_->PrepareAs(context, "/bonafide.v1.LookupService/Verify");
      !status.ok()) {
    return status;
  }
  v1::VerifyRequest request;
  *request.mutable_question() = proto::QuestionToProto(question);
  request.set_head(ToProto(head));
  v1::VerifyResponse response;
  const grpc::Status status = stubs_->lookup->Verify(&context, request, &response);
  if (!status.ok()) return FromGrpcStatus(status);
  return proto::EvidenceFromProto(std::move(*response.mutable_evidence()));
}

absl::StatusOr<SearchPage> Connection::Search(const SearchQuery& query) {
  grpc::ClientContext context;
  stubs_->Prepare(context);
  v1::SearchByNameRequest request;
  request.set_name(query.name);
  request.set_town(query.town);
  request.set_page_size(query.page_size);
  request.set_page_token(query.page_token);
  v1::SearchByNameResponse response;
  const grpc::Status status = stubs_->lookup->SearchByName(&context, request, &response);
  if (!status.ok()) return FromGrpcStatus(status);
  SearchPage page;
  for (const v1::NameMatch& match : response.matches()) {
    NameMatch found{merkle::SubjectNumber{match.number()}, {}, Shown(match.town(), kMaxTownLength)};
    for (const std::string& name : match.names()) {
      found.names.push_back(Shown(name, kMaxNameLength));
    }
    page.matches.push_back(std::move(found));
  }
  page.capped = response.capped();
  page.next_page_token = response.next_page_token();
  return page;
}

absl::StatusOr<Receipt> Connection::Submit(const std::string& sd_jwt) {
  grpc::ClientContext context;
  stubs_->Prepare(context);
  v1::SubmitEventRequest request;
  request.set_sd_jwt(sd_jwt);
  v1::SubmitEventResponse response;
  const grpc::Status status = stubs_->submission->SubmitEvent(&context, request, &response);
  if (!status.ok()) return FromGrpcStatus(status);
  const v1::Receipt& receipt = response.receipt();
  return Receipt{receipt.entry(), receipt.index(), receipt.inclusion(), receipt.checkpoint()};
}

absl::StatusOr<StoredPaper> Connection::UploadPaper(std::string_view bytes) {
  const Digest digest = Sha256(bytes);
  grpc::ClientContext context;
  if (absl::Status status = stubs_->PrepareAs(context, "/bonafide.v1.SubmissionService/UploadPaper",
                                              digest, kTransferFactor);
      !status.ok()) {
    return status;
  }
  v1::UploadPaperResponse response;
  const auto writer = stubs_->submission->UploadPaper(&context, &response);
  v1::UploadPaperRequest request;
  for (size_t at = 0; at < bytes.size(); at += kChunkBytes) {
    request.set_chunk(std::string(bytes.substr(at, kChunkBytes)));
    if (!writer->Write(request)) break;  // Finish says why
  }
  writer->WritesDone();
  const grpc::Status status = writer->Finish();
  if (!status.ok()) return FromGrpcStatus(status);
  if (response.sha256() != digest.Hex()) {
    return Damaged("paper_digest", "the register confirmed another paper than was sent");
  }
  return StoredPaper{response.sha256(), response.type(), response.size_bytes()};
}

absl::StatusOr<StoredPaper> Connection::FetchPaper(
    const Digest& digest, const std::function<absl::Status(std::string_view)>& sink) {
  grpc::ClientContext context;
  if (absl::Status status = stubs_->PrepareAs(context, "/bonafide.v1.SubmissionService/FetchPaper",
                                              digest, kTransferFactor);
      !status.ok()) {
    return status;
  }
  v1::FetchPaperRequest request;
  request.set_sha256(digest.Hex());
  const auto reader = stubs_->submission->FetchPaper(&context, request);
  v1::FetchPaperResponse response;
  StoredPaper paper{digest.Hex(), "", 0};
  DigestStream seen;
  absl::Status taken = absl::OkStatus();
  while (taken.ok() && reader->Read(&response)) {
    if (paper.type.empty()) paper.type = response.type();
    seen.Add(response.chunk());
    paper.size_bytes += response.chunk().size();
    taken = sink(response.chunk());
  }
  if (!taken.ok()) context.TryCancel();
  const grpc::Status status = reader->Finish();
  if (!taken.ok()) return taken;
  if (!status.ok()) return FromGrpcStatus(status);
  if (seen.Finish() != digest) {
    return Damaged("paper_digest", "the register sent another paper than was asked for");
  }
  return paper;
}

}  // namespace bonafide::client
