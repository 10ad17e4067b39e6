// What the server refuses when it can take no more, and that it goes on afterwards.
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "tests/server/rpc_error.h"
#include "tests/server/story.h"

namespace bonafide::server {
namespace {

using grpc::StatusCode;

grpc::Status FileScheme(RunningRegister& running, const std::string& treatment) {
  const auto event = running.Sign(running.regulator(), std::nullopt,
                                  registry::SchemeCreated{treatment, "xx", "Example Scheme"});
  v1::SubmitEventResponse response;
  return running.Submit(event.Framed(), &response);
}

TEST(Overload, AFullQueueSaysWhenToTryAgain) {
  RunningRegister running([](Config& config) { config.queued_events = 1; });
  std::atomic<bool> go{true};
  std::mutex mutex;
  std::optional<grpc::Status> full;  // guarded by mutex
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 8; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0; go && i < 1000; ++i) {
        const grpc::Status status =
            FileScheme(running, "t" + std::to_string(writer) + "_" + std::to_string(i));
        if (status.ok()) continue;
        const std::lock_guard lock(mutex);
        full = status;
        go = false;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  ASSERT_TRUE(full.has_value()) << "the queue was never full";
  EXPECT_EQ(ErrorOf(*full), (RpcError{StatusCode::RESOURCE_EXHAUSTED, "queue_full", ""}));
  EXPECT_EQ(RetryDelayMsOf(*full), 500);
}

class DiskFloor : public testing::Test {
 protected:
  static constexpr int64_t kFloorBytes = 1000;

  DiskFloor()
      : running_([](Config& config) { config.free_disk_bytes = kFloorBytes; },
                 [this](const std::string&) { return free_bytes_.load(); }),
        story_(running_) {}

  grpc::Status Verify() {
    grpc::ClientContext context;
    v1::VerifyRequest request;
    *request.mutable_question() = story_.Question();
    v1::VerifyResponse response;
    return running_.lookup().Verify(&context, request, &response);
  }
  grpc::Status Upload() {
    const std::string paper = ExamplePdf(100, 'n');
    v1::UploadPaperResponse stored;
    return running_.Upload(story_.clinic, Sha256(paper), paper, 1000, &stored);
  }

  std::atomic<uint64_t> free_bytes_{uint64_t{1} << 40};
  RunningRegister running_;
  const Story story_;
};

TEST_F(DiskFloor, BelowItReadsGoOnAndAboveItWritesDo) {
  const RpcError full{StatusCode::RESOURCE_EXHAUSTED, "disk_full", ""};
  free_bytes_ = kFloorBytes - 1;
  const grpc::Status refused = FileScheme(running_, "below");
  EXPECT_EQ(ErrorOf(refused), full);
  EXPECT_GT(RetryDelayMsOf(refused).value_or(0), 0);
  EXPECT_EQ(ErrorOf(Upload()), full);
  EXPECT_TRUE(Verify().ok());

  free_bytes_ = kFloorBytes;
  EXPECT_TRUE(FileScheme(running_, "below").ok()) << "what was refused was not written";
  EXPECT_TRUE(Upload().ok());
  EXPECT_TRUE(Verify().ok());
}

}  // namespace
}  // namespace bonafide::server
