#include "tests/client/served_remote.h"

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <ctime>

#include "bonafide/v1/log.grpc.pb.h"
#include "bonafide/v1/lookup.grpc.pb.h"
#include "bonafide/v1/submission.grpc.pb.h"
#include "certs/reason.h"
#include "certs/tls.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "merkle/proof.h"
#include "proto/evidence_codec.h"
#include "proto/question_codec.h"

namespace bonafide::client {
namespace {

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  google::rpc::ErrorInfo info;
  info.set_reason(ReasonOf(status));
  info.set_domain("bonafide");
  google::rpc::Status details;
  details.add_details()->PackFrom(info);
  return {static_cast<grpc::StatusCode>(status.code()), std::string(status.message()),
          details.SerializeAsString()};
}

Head ToHead(v1::Head head) {
  if (head == v1::HEAD_COSIGNED) return Head::kCosigned;
  return head == v1::HEAD_TO_COSIGN ? Head::kToCosign : Head::kNewest;
}

struct Lookups final : v1::LookupService::Service {
  explicit Lookups(Remote& to) : remote(to) {}
  grpc::Status Verify(grpc::ServerContext*, const v1::VerifyRequest* request,
                      v1::VerifyResponse* response) override {
    const auto question = proto::QuestionFromProto(request->question());
    if (!question.ok()) return ToGrpc(question.status());
    const auto evidence = remote.Verify(*question, ToHead(request->head()));
    if (!evidence.ok()) return ToGrpc(evidence.status());
    *response->mutable_evidence() = proto::EvidenceToProto(*evidence);
    return grpc::Status::OK;
  }
  Remote& remote;
};

struct Submissions final : v1::SubmissionService::Service {
  explicit Submissions(Remote& to) : remote(to) {}
  grpc::Status SubmitEvent(grpc::ServerContext*, const v1::SubmitEventRequest* request,
                           v1::SubmitEventResponse* response) override {
    const auto receipt = remote.Submit(request->sd_jwt());
    if (!receipt.ok()) return ToGrpc(receipt.status());
    v1::Receipt& sent = *response->mutable_receipt();
    sent.set_entry(receipt->entry);
    sent.set_index(receipt->index);
    sent.set_inclusion(receipt->inclusion);
    sent.set_checkpoint(receipt->checkpoint);
    return grpc::Status::OK;
  }
  Remote& remote;
};

struct Logs final : v1::LogService::Service {
  explicit Logs(Remote& to) : remote(to) {}
  grpc::Status GetCheckpoint(grpc::ServerContext*, const v1::GetCheckpointRequest* request,
                             v1::GetCheckpointResponse* response) override {
    auto note = remote.Checkpoint(ToHead(request->head()));
    if (note.ok()) response->set_checkpoint(*std::move(note));
    return ToGrpc(note.status());
  }
  grpc::Status GetInclusionProof(grpc::ServerContext*, const v1::GetInclusionProofRequest* request,
                                 v1::GetInclusionProofResponse* response) override {
    const auto proof = remote.InclusionProof(merkle::LogIndex{request->index()},
                                             merkle::TreeSize{request->tree_size()});
    response->set_tree_size(request->tree_size());
    if (proof.ok()) response->set_proof(merkle::FlattenProof(*proof));
    return ToGrpc(proof.status());
  }
  grpc::Status GetConsistencyProof(grpc::ServerContext*,
                                   const v1::GetConsistencyProofRequest* request,
                                   v1::GetConsistencyProofResponse* response) override {
    const auto proof = remote.ConsistencyProof(merkle::TreeSize{request->first_size()},
                                               merkle::TreeSize{request->second_size()});
    response->set_second_size(request->second_size());
    if (proof.ok()) response->set_proof(merkle::FlattenProof(*proof));
    return ToGrpc(proof.status());
  }
  grpc::Status StreamEntries(grpc::ServerContext*, const v1::StreamEntriesRequest* request,
                             grpc::ServerWriter<v1::StreamEntriesResponse>* writer) override {
    return ToGrpc(remote.StreamEntries(merkle::LogIndex{request->first_index()}, request->limit(),
                                       [writer](merkle::LogIndex first, std::string_view frames) {
                                         v1::StreamEntriesResponse run;
                                         run.set_first_index(first.value);
                                         run.set_entries(std::string(frames));
                                         writer->Write(run);
                                         return absl::OkStatus();
                                       }));
  }
  grpc::Status AddCosignature(grpc::ServerContext*, const v1::AddCosignatureRequest* request,
                              v1::AddCosignatureResponse* response) override {
    auto note = remote.AddCosignature(request->checkpoint());
    if (note.ok()) response->set_checkpoint(*std::move(note));
    return ToGrpc(note.status());
  }
  Remote& remote;
};

}  // namespace

struct ServedRemote::Services {
  explicit Services(Remote& remote) : lookups(remote), submissions(remote), logs(remote) {}
  Lookups lookups;
  Submissions submissions;
  Logs logs;
  std::unique_ptr<grpc::Server> server;
};

ServedRemote::ServedRemote(Remote& remote) : services_(std::make_unique<Services>(remote)) {
  const int64_t now_s = std::time(nullptr);
  const certs::TlsValidity validity{now_s - 3600, now_s + 24 * 3600};
  const auto ca = certs::MakeDevelopmentCa("Example CA", validity).value();
  const auto own = certs::IssueTlsCertificate(ca, {.purpose = certs::TlsPurpose::kServer,
                                                   .common_name = "localhost",
                                                   .dns_names = {"localhost"},
                                                   .ip_addresses = {"127.0.0.1"},
                                                   .validity = validity})
                       .value();
  ca_pem_ = ca.certificate_pem;
  grpc::SslServerCredentialsOptions tls;
  tls.pem_key_cert_pairs.push_back({own.private_key_pem, own.certificate_pem});
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(tls), &port);
  builder.RegisterService(&services_->lookups);
  builder.RegisterService(&services_->submissions);
  builder.RegisterService(&services_->logs);
  services_->server = builder.BuildAndStart();
  address_ = "127.0.0.1:" + std::to_string(port);
}

ServedRemote::~ServedRemote() { services_->server->Shutdown(); }

}  // namespace bonafide::client
