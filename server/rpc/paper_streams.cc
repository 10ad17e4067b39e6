#include "server/rpc/paper_streams.h"

#include <optional>
#include <string>
#include <utility>

#include "certs/reason.h"
#include "proto/field.h"
#include "server/answer/paper.h"
#include "server/rpc/call_timer.h"
#include "server/rpc/method.h"
#include "storage/papers/paper_reader.h"
#include "storage/papers/paper_writer.h"

namespace bonafide::server::rpc {
namespace {

using answer::Dependencies;

absl::Status Gone() {
  return Refusal(absl::StatusCode::kCancelled, "cancelled", "the caller went away");
}

class Upload final : public grpc::ServerReadReactor<v1::UploadPaperRequest> {
 public:
  Upload(const Dependencies& dependencies, grpc::CallbackServerContext* context,
         v1::UploadPaperResponse* response)
      : dependencies_(dependencies),
        context_(context),
        response_(response),
        call_(
            BeginCall(dependencies.gate, *context, "/bonafide.v1.SubmissionService/UploadPaper")) {
    absl::Status status = call_.admission();
    if (status.ok() && !call_.caller().paper) {
      status = Refusal(absl::StatusCode::kUnauthenticated, "request_paper",
                       "the request token has to name the paper (`digest`)");
    }
    if (!status.ok()) {
      End(*this, call_, status);
      return;
    }
    timer_.emplace(context, call_.deadline_ns());
    writer_.emplace(dependencies.papers.Write());
    StartRead(&piece_);
  }

  void OnReadDone(bool ok) override {
    dependencies_.pool.Post([this, last = !ok] {
      const absl::Status status = Guarded([&]() -> absl::Status {
        if (!last) return Take();
        return context_->IsCancelled() ? Gone() : Complete();
      });
      if (status.ok() && !last) {
        StartRead(&piece_);
        return;
      }
      writer_.reset();  // removes what an upload that failed has written, which touches the disk
      End(*this, call_, status);
    });
  }

  void OnDone() override { delete this; }

 private:
  absl::Status Take() {
    const std::string& chunk = piece_.chunk();
    if (chunk.empty() || chunk.size() > kMaxChunkBytes) {
      return proto::MalformedField("chunk", "paper_chunk", "has to be 1 byte to 256 KiB");
    }
    absl::Status status = writer_->Add(taken_bytes_, chunk);
    taken_bytes_ += chunk.size();
    return status;
  }

  absl::Status Complete() {
    const auto stored = writer_->Finish(dependencies_.clock.NowMs(), call_.caller().paper);
    if (!stored.ok()) return stored.status();
    response_->set_sha256(stored->digest.Hex());
    response_->set_type(std::string(storage::MediaType(stored->type)));
    response_->set_size_bytes(stored->size_bytes);
    return absl::OkStatus();
  }

  const Dependencies& dependencies_;
  grpc::CallbackServerContext* context_;
  v1::UploadPaperResponse* response_;
  Call call_;
  std::optional<CallTimer> timer_;
  std::optional<storage::PaperWriter> writer_;
  v1::UploadPaperRequest piece_;
  uint64_t taken_bytes_ = 0;
};

class Fetch final : public grpc::ServerWriteReactor<v1::FetchPaperResponse> {
 public:
  Fetch(const Dependencies& dependencies, grpc::CallbackServerContext* context,
        const v1::FetchPaperRequest& request)
      : dependencies_(dependencies),
        call_(BeginCall(dependencies.gate, *context, "/bonafide.v1.SubmissionService/FetchPaper")) {
    absl::Status status = call_.admission();
    const auto paper = Digest::FromHex(request.sha256());
    if (status.ok() && !paper.ok()) status = proto::InField("sha256", paper.status());
    if (status.ok() && call_.caller().organisation && call_.caller().paper != *paper) {
      status = Refusal(absl::StatusCode::kUnauthenticated, "request_paper",
                       "the request token names another paper");
    }
    if (!status.ok()) {
      End(*this, call_, status);
      return;
    }
    timer_.emplace(context, call_.deadline_ns());
    dependencies.pool.Post([this, paper = *paper] {
      const absl::Status opened = Guarded([&] { return Open(paper); });
      opened.ok() ? SendNext() : End(*this, call_, opened);
    });
  }

  void OnWriteDone(bool ok) override {
    if (!ok) {
      End(*this, call_, Gone());
      return;
    }
    piece_.Clear();
    dependencies_.pool.Post([this] { SendNext(); });
  }

  void OnDone() override { delete this; }

 private:
  absl::Status Open(const Digest& paper) {
    auto reader = answer::OpenPaper(dependencies_, paper, call_.caller());
    if (!reader.ok()) return reader.status();
    reader_.emplace(*std::move(reader));
    piece_.set_type(std::string(storage::MediaType(reader_->paper().type)));
    piece_.set_size_bytes(reader_->paper().size_bytes);
    return absl::OkStatus();
  }

  void SendNext() {
    bool over = false;
    const absl::Status status = Guarded([&]() -> absl::Status {
      auto chunk = reader_->Next();
      if (!chunk.ok()) return chunk.status();
      over = chunk->empty();
      piece_.set_chunk(*std::move(chunk));
      return absl::OkStatus();
    });
    if (status.ok() && !over) {
      StartWrite(&piece_);
    } else {
      End(*this, call_, status);
    }
  }

  const Dependencies& dependencies_;
  Call call_;
  std::optional<CallTimer> timer_;
  std::optional<storage::PaperReader> reader_;
  v1::FetchPaperResponse piece_;
};

}  // namespace

grpc::ServerReadReactor<v1::UploadPaperRequest>* StartUpload(const Dependencies& dependencies,
                                                             grpc::CallbackServerContext* context,
                                                             v1::UploadPaperResponse* response) {
  return new Upload(dependencies, context, response);
}

grpc::ServerWriteReactor<v1::FetchPaperResponse>* StartFetch(const Dependencies& dependencies,
                                                             grpc::CallbackServerContext* context,
                                                             const v1::FetchPaperRequest& request) {
  return new Fetch(dependencies, context, request);
}

}  // namespace bonafide::server::rpc
