#include "bench/steady_writer.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <utility>

#include "bench/served_register.h"
#include "bench/stopwatch.h"
#include "bonafide/v1/submission.grpc.pb.h"

namespace bonafide::bench {
namespace {

constexpr unsigned kThreads = 8;  // each waits for its receipt, which takes the disk some time

}  // namespace

SteadyWriter::SteadyWriter(const ServedRegister& served, std::vector<std::string> events,
                           double events_per_second)
    : events_(std::move(events)) {
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = served.ca_pem();
  const auto channel = grpc::CreateChannel(served.address(), grpc::SslCredentials(tls));
  const double start = WallSeconds();
  for (unsigned i = 0; i < kThreads; ++i) {
    threads_.emplace_back([this, channel, start, events_per_second] {
      const auto stub = v1::SubmissionService::NewStub(channel);
      for (uint64_t at = next_++; at < events_.size(); at = next_++) {
        const double due = start + static_cast<double>(at) / events_per_second;
        while (!stopped_ && WallSeconds() < due) {
          std::this_thread::sleep_for(
              std::chrono::duration<double>(std::min(due - WallSeconds(), 0.1)));
        }
        if (stopped_) return;
        grpc::ClientContext context;
        v1::SubmitEventRequest request;
        v1::SubmitEventResponse response;
        request.set_sd_jwt(events_[at]);
        ++(stub->SubmitEvent(&context, request, &response).ok() ? acknowledged_ : failed_);
      }
    });
  }
}

SteadyWriter::~SteadyWriter() { Stop(); }

void SteadyWriter::Stop() {
  stopped_ = true;
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

}  // namespace bonafide::bench
