#include "server/rpc/lookup_service.h"

#include <grpcpp/support/byte_buffer.h>

#include <string>

#include "bonafide/v1/lookup.grpc.pb.h"
#include "certs/reason.h"
#include "proto/evidence_codec.h"
#include "proto/question_codec.h"
#include "server/answer/search.h"
#include "server/answer/subject.h"
#include "server/answer/verify.h"
#include "server/rpc/method.h"

namespace bonafide::server::rpc {
namespace {

using answer::Dependencies;
using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

// Reads a message of one piece in place, and one of several after joining them.
bool Parse(const grpc::ByteBuffer& bytes, google::protobuf::MessageLite& message) {
  grpc::Slice slice;
  if (!bytes.TrySingleSlice(&slice).ok() && !bytes.DumpToSingleSlice(&slice).ok()) return false;
  return message.ParseFromArray(slice.begin(), static_cast<int>(slice.size()));
}

// Verify works on bytes: its answer is written straight into what gRPC sends.
using Base = v1::LookupService::WithRawCallbackMethod_Verify<
    v1::LookupService::WithCallbackMethod_VerifyMany<
        v1::LookupService::WithCallbackMethod_GetSubject<
            v1::LookupService::WithCallbackMethod_SearchByName<
                v1::LookupService::WithCallbackMethod_GetEvidence<v1::LookupService::Service>>>>>;

class LookupService final : public Base {
 public:
  explicit LookupService(const Dependencies& dependencies) : dependencies_(dependencies) {}

  ServerUnaryReactor* Verify(CallbackServerContext* context, const grpc::ByteBuffer* request,
                             grpc::ByteBuffer* response) override {
    constexpr std::string_view kName = "/bonafide.v1.LookupService/Verify";
    thread_local v1::VerifyRequest message;  // keeps the memory of its fields
    const bool parsed = Parse(*request, message);
    if (parsed && message.want_verdict()) {
      return AnswerOnPool(
          gate(), dependencies_.pool, context, kName,
          [this, response, copy = message](Call& call) { return Answer(call, copy, response); });
    }
    return AnswerInline(gate(), context, kName, [&](Call& call) {
      if (!parsed) return Malformed("request_syntax", "not a VerifyRequest");
      return Answer(call, message, response);
    });
  }

  ServerUnaryReactor* VerifyMany(CallbackServerContext* context,
                                 const v1::VerifyManyRequest* request,
                                 v1::VerifyManyResponse* response) override {
    return AnswerOnPool(
        gate(), dependencies_.pool, context, "/bonafide.v1.LookupService/VerifyMany",
        [this, request, response](Call& call) {
          return answer::VerifyMany(dependencies_, call.caller().audience(), *request, response);
        });
  }

  ServerUnaryReactor* GetSubject(CallbackServerContext* context,
                                 const v1::GetSubjectRequest* request,
                                 v1::GetSubjectResponse* response) override {
    return AnswerInline(gate(), context, "/bonafide.v1.LookupService/GetSubject", [&](Call& call) {
      return answer::GetSubject(dependencies_, call.caller().audience(), *request, response);
    });
  }

  ServerUnaryReactor* SearchByName(CallbackServerContext* context,
                                   const v1::SearchByNameRequest* request,
                                   v1::SearchByNameResponse* response) override {
    return AnswerOnPool(gate(), dependencies_.pool, context,
                        "/bonafide.v1.LookupService/SearchByName",
                        [this, request, response](Call&) {
                          return answer::SearchByName(dependencies_, *request, response);
                        });
  }

  ServerUnaryReactor* GetEvidence(CallbackServerContext* context,
                                  const v1::GetEvidenceRequest* request,
                                  v1::GetEvidenceResponse* response) override {
    return AnswerInline(
        gate(), context, "/bonafide.v1.LookupService/GetEvidence", [&](Call& call) -> absl::Status {
          const auto file = answer::GetEvidence(dependencies_, call.caller().audience(), *request);
          if (!file.ok()) return file.status();
          *response->mutable_file()->mutable_question() = proto::QuestionToProto(file->question);
          *response->mutable_file()->mutable_evidence() = proto::EvidenceToProto(file->evidence);
          return absl::OkStatus();
        });
  }

 private:
  Gate& gate() { return dependencies_.gate; }

  absl::Status Answer(const Call& call, const v1::VerifyRequest& request,
                      grpc::ByteBuffer* response) {
    grpc_slice bytes = grpc_empty_slice();
    absl::Status status = answer::Verify(
        dependencies_, call.caller().audience(), request, [&bytes](size_t size_bytes) {
          bytes = grpc_slice_malloc(size_bytes);
          return reinterpret_cast<char*>(GRPC_SLICE_START_PTR(bytes));
        });
    const grpc::Slice slice(bytes, grpc::Slice::STEAL_REF);
    *response = grpc::ByteBuffer(&slice, 1);
    return status;
  }

  const Dependencies& dependencies_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeLookupService(const Dependencies& dependencies) {
  return std::make_unique<LookupService>(dependencies);
}

}  // namespace bonafide::server::rpc
