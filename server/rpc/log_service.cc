#include "server/rpc/log_service.h"

#include <algorithm>
#include <optional>
#include <string>

#include "bonafide/v1/log.grpc.pb.h"
#include "certs/reason.h"
#include "merkle/frame.h"
#include "proto/field.h"
#include "server/answer/log.h"
#include "server/rpc/call_timer.h"
#include "server/rpc/method.h"

namespace bonafide::server::rpc {
namespace {

using answer::Dependencies;
using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;
using merkle::LogIndex;

constexpr uint64_t kRunEntries = 1024;
constexpr uint64_t kRunBytes = 256 * 1024;

// One stream of entries. Reads run by run on the pool, each from the newest view, because a slow
// reader must not hold one.
class EntryStream final : public grpc::ServerWriteReactor<v1::StreamEntriesResponse> {
 public:
  EntryStream(const Dependencies& dependencies, CallbackServerContext* context,
              const v1::StreamEntriesRequest& request)
      : dependencies_(dependencies),
        call_(BeginCall(dependencies.gate, *context, "/bonafide.v1.LogService/StreamEntries")),
        next_(request.first_index()) {
    absl::Status status = call_.admission();
    if (status.ok()) status = Start(request);
    if (!status.ok()) {
      End(*this, call_, status);
      return;
    }
    timer_.emplace(context, call_.deadline_ns());
    SendNext();
  }

  void OnWriteDone(bool ok) override {
    if (ok) {
      SendNext();
    } else {
      End(*this, call_, Refusal(absl::StatusCode::kCancelled, "cancelled", "the caller is gone"));
    }
  }

  void OnDone() override { delete this; }

 private:
  absl::Status Start(const v1::StreamEntriesRequest& request) {
    const auto view = dependencies_.reg.Newest();
    if (!view.ok()) return view.status();
    end_ = (*view)->size().value;
    if (next_ > end_) {
      return proto::MalformedField("first_index", "proof_index", "beyond the newest head");
    }
    if (request.limit() != 0) end_ = next_ + std::min(end_ - next_, request.limit());
    return absl::OkStatus();
  }

  void SendNext() {
    if (next_ >= end_) {
      End(*this, call_, absl::OkStatus());
      return;
    }
    dependencies_.pool.Post([this] {
      const absl::Status status = Guarded([this] { return ReadRun(); });
      if (status.ok()) {
        StartWrite(&run_);
      } else {
        End(*this, call_, status);
      }
    });
  }

  absl::Status ReadRun() {
    const auto view = dependencies_.reg.Newest();
    if (!view.ok()) return view.status();
    const auto entries =
        (*view)->ReadEntries(LogIndex{next_}, std::min(end_ - next_, kRunEntries), kRunBytes);
    if (!entries.ok()) return entries.status();
    run_.set_first_index(next_);
    std::string* framed = run_.mutable_entries();
    framed->clear();
    for (const std::string& entry : *entries) {
      if (absl::Status status = merkle::AppendFrame(entry, *framed); !status.ok()) {
        return Damaged(ReasonOf(status), "an entry of the log has no length");
      }
    }
    next_ += entries->size();
    return absl::OkStatus();
  }

  const Dependencies& dependencies_;
  Call call_;
  std::optional<CallTimer> timer_;
  uint64_t next_;
  uint64_t end_ = 0;
  v1::StreamEntriesResponse run_;
};

using Base = v1::LogService::WithCallbackMethod_GetCheckpoint<
    v1::LogService::WithCallbackMethod_GetInclusionProof<
        v1::LogService::WithCallbackMethod_GetConsistencyProof<
            v1::LogService::WithCallbackMethod_StreamEntries<
                v1::LogService::WithCallbackMethod_AddCosignature<v1::LogService::Service>>>>>;

class LogService final : public Base {
 public:
  explicit LogService(const Dependencies& dependencies) : dependencies_(dependencies) {}

  ServerUnaryReactor* GetCheckpoint(CallbackServerContext* context,
                                    const v1::GetCheckpointRequest* request,
                                    v1::GetCheckpointResponse* response) override {
    return AnswerInline(
        dependencies_.gate, context, "/bonafide.v1.LogService/GetCheckpoint",
        [&](Call&) { return answer::GetCheckpoint(dependencies_, *request, response); });
  }

  ServerUnaryReactor* GetInclusionProof(CallbackServerContext* context,
                                        const v1::GetInclusionProofRequest* request,
                                        v1::GetInclusionProofResponse* response) override {
    return AnswerInline(
        dependencies_.gate, context, "/bonafide.v1.LogService/GetInclusionProof",
        [&](Call&) { return answer::GetInclusionProof(dependencies_, *request, response); });
  }

  ServerUnaryReactor* GetConsistencyProof(CallbackServerContext* context,
                                          const v1::GetConsistencyProofRequest* request,
                                          v1::GetConsistencyProofResponse* response) override {
    return AnswerInline(
        dependencies_.gate, context, "/bonafide.v1.LogService/GetConsistencyProof",
        [&](Call&) { return answer::GetConsistencyProof(dependencies_, *request, response); });
  }

  grpc::ServerWriteReactor<v1::StreamEntriesResponse>* StreamEntries(
      CallbackServerContext* context, const v1::StreamEntriesRequest* request) override {
    return new EntryStream(dependencies_, context, *request);
  }

  ServerUnaryReactor* AddCosignature(CallbackServerContext* context,
                                     const v1::AddCosignatureRequest* request,
                                     v1::AddCosignatureResponse* response) override {
    return AnswerOnPool(dependencies_.gate, dependencies_.pool, context,
                        "/bonafide.v1.LogService/AddCosignature",
                        [this, request, response](Call&) -> absl::Status {
                          auto note = dependencies_.reg.AddCosignature(request->checkpoint());
                          if (!note.ok()) return note.status();
                          response->set_checkpoint(*std::move(note));
                          return absl::OkStatus();
                        });
  }

 private:
  const Dependencies& dependencies_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeLogService(const Dependencies& dependencies) {
  return std::make_unique<LogService>(dependencies);
}

}  // namespace bonafide::server::rpc
