#include "bench/load.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <optional>

#include "bench/stopwatch.h"

namespace bonafide::bench {
namespace {

constexpr auto kPatience = std::chrono::seconds(60);

grpc::ByteBuffer BufferOf(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

// A call under way. Reused for the next when it ends.
struct Slot {
  grpc::GenericStub* stub = nullptr;
  std::optional<grpc::ClientContext> context;
  grpc::ByteBuffer response;
  grpc::Status status;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
  double start = 0;

  void Begin(const std::string& method, const std::string& request, grpc::CompletionQueue& queue) {
    context.emplace();
    context->set_deadline(std::chrono::system_clock::now() + kPatience);
    response.Clear();
    start = WallSeconds();
    reader = stub->PrepareUnaryCall(&*context, method, BufferOf(request), &queue);
    reader->StartCall();
    reader->Finish(&response, &status, this);
  }
};

}  // namespace

struct Load::Connections {
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs;
};

Load::Load(const std::string& address, const std::string& ca_pem, unsigned connections)
    : connections_(std::make_unique<Connections>()) {
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = ca_pem;
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // or all would share one connection
  for (unsigned i = 0; i < connections; ++i) {
    connections_->stubs.push_back(std::make_unique<grpc::GenericStub>(
        grpc::CreateCustomChannel(address, grpc::SslCredentials(tls), arguments)));
  }
}

Load::~Load() = default;

LoadOutcome Load::Run(const std::string& method, const std::function<std::string()>& next_request,
                      double seconds, unsigned at_once) {
  LoadOutcome outcome;
  grpc::CompletionQueue queue;
  std::vector<Slot> slots(at_once);
  const double start = WallSeconds();
  for (size_t i = 0; i < slots.size(); ++i) {
    slots[i].stub = connections_->stubs[i % connections_->stubs.size()].get();
    slots[i].Begin(method, next_request(), queue);
  }
  size_t under_way = slots.size();
  void* tag = nullptr;
  bool ok = false;
  while (under_way > 0 && queue.Next(&tag, &ok)) {
    auto& slot = *static_cast<Slot*>(tag);
    const double now = WallSeconds();
    if (slot.status.ok()) {
      ++outcome.answers;
      outcome.answer_bytes += slot.response.Length();
      outcome.latencies_us.push_back((now - slot.start) * 1e6);
    } else if (outcome.failures++ == 0) {
      outcome.failure = slot.status.error_message();
    }
    if (now - start < seconds && slot.status.ok()) {
      slot.Begin(method, next_request(), queue);
    } else {
      --under_way;
    }
  }
  outcome.seconds = WallSeconds() - start;
  queue.Shutdown();
  while (queue.Next(&tag, &ok)) {
  }
  return outcome;
}

std::string Load::Once(const std::string& method, const std::string& request) {
  grpc::CompletionQueue queue;
  Slot slot;
  slot.stub = connections_->stubs.front().get();
  slot.Begin(method, request, queue);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  queue.Shutdown();
  grpc::Slice slice;
  if (!slot.status.ok() || !slot.response.DumpToSingleSlice(&slice).ok()) return {};
  return {reinterpret_cast<const char*>(slice.begin()), slice.size()};
}

}  // namespace bonafide::bench
