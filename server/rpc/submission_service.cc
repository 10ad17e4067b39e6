#include "server/rpc/submission_service.h"

#include <utility>

#include "bonafide/v1/submission.grpc.pb.h"
#include "server/rpc/method.h"
#include "server/rpc/paper_streams.h"

namespace bonafide::server::rpc {
namespace {

using answer::Dependencies;
using grpc::CallbackServerContext;

void Fill(storage::Receipt receipt, v1::Receipt* out) {
  out->set_entry(std::move(receipt.entry));
  out->set_index(receipt.index.value);
  out->set_inclusion(std::move(receipt.inclusion));
  out->set_checkpoint(std::move(receipt.checkpoint));
}

using Base = v1::SubmissionService::WithCallbackMethod_SubmitEvent<
    v1::SubmissionService::WithCallbackMethod_UploadPaper<
        v1::SubmissionService::WithCallbackMethod_FetchPaper<v1::SubmissionService::Service>>>;

class SubmissionService final : public Base {
 public:
  explicit SubmissionService(const Dependencies& dependencies) : dependencies_(dependencies) {}

  grpc::ServerUnaryReactor* SubmitEvent(CallbackServerContext* context,
                                        const v1::SubmitEventRequest* request,
                                        v1::SubmitEventResponse* response) override {
    return AnswerLater(dependencies_.gate, context, "/bonafide.v1.SubmissionService/SubmitEvent",
                       [&](Call&, auto done) -> absl::Status {
                         auto submission = dependencies_.reg.Check(request->sd_jwt());
                         if (!submission.ok()) return submission.status();
                         dependencies_.reg.Submit(
                             *std::move(submission),
                             [response, done](absl::StatusOr<storage::Receipt> receipt) {
                               const absl::Status status = receipt.status();
                               if (receipt.ok()) {
                                 Fill(*std::move(receipt), response->mutable_receipt());
                               }
                               done(status);
                             });
                         return absl::OkStatus();
                       });
  }

  grpc::ServerReadReactor<v1::UploadPaperRequest>* UploadPaper(
      CallbackServerContext* context, v1::UploadPaperResponse* response) override {
    return StartUpload(dependencies_, context, response);
  }

  grpc::ServerWriteReactor<v1::FetchPaperResponse>* FetchPaper(
      CallbackServerContext* context, const v1::FetchPaperRequest* request) override {
    return StartFetch(dependencies_, context, *request);
  }

 private:
  const Dependencies& dependencies_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeSubmissionService(const Dependencies& dependencies) {
  return std::make_unique<SubmissionService>(dependencies);
}

}  // namespace bonafide::server::rpc
