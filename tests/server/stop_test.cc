// Stopping waits for calls, never for connections.
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/server/story.h"
#include "tests/server/wire.h"

namespace bonafide::server {
namespace {

// What no test waits for; and less than the 20 s after which gRPC gives up on a silent client.
constexpr int64_t kDrainS = 600;
constexpr auto kAtOnce = std::chrono::seconds(10);

void DrainLong(Config& config) {
  config.drain_s = kDrainS;
  config.handshake_timeout_ms = 120'000;
}

std::chrono::steady_clock::duration TimeToStop(RunningRegister& running) {
  const auto start = std::chrono::steady_clock::now();
  running.instance().Stop();
  return std::chrono::steady_clock::now() - start;
}

TEST(Stop, AConnectionThatIsSilentDoesNotHoldIt) {
  RunningRegister running(DrainLong);
  const Wire connected(running.instance().port(), Wire::As::kTcp);
  const Wire idle(running.instance().port(), Wire::As::kHttp2);
  EXPECT_LT(TimeToStop(running), kAtOnce);
}

TEST(Stop, AWatchOfItsHealthDoesNotHoldIt) {
  RunningRegister running(DrainLong);
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  grpc::GenericStub stub(running.channel());
  const auto watch = stub.PrepareCall(&context, "/grpc.health.v1.Health/Watch", &queue);
  void* tag = nullptr;
  bool ok = false;
  const auto next = [&] { return queue.Next(&tag, &ok) && ok; };
  watch->StartCall(&context);
  ASSERT_TRUE(next());
  const grpc::Slice everything;
  watch->WriteLast(grpc::ByteBuffer(&everything, 1), grpc::WriteOptions(), &context);
  ASSERT_TRUE(next());
  grpc::ByteBuffer health;
  watch->Read(&health, &context);
  ASSERT_TRUE(next()) << "the first answer: it serves";

  EXPECT_LT(TimeToStop(running), kAtOnce);
  do {
    watch->Read(&health, &context);
  } while (next());
  grpc::Status status;
  watch->Finish(&status, &context);
  next();
  EXPECT_FALSE(status.ok());
  queue.Shutdown();
  while (queue.Next(&tag, &ok)) {
  }
}

TEST(Stop, ACallUnderWayIsFinished) {
  RunningRegister running(DrainLong);
  const Story story(running);
  const Digest paper = Sha256(story.public_paper);
  v1::UploadPaperResponse stored;
  grpc::ClientContext context;
  context.AddMetadata(
      "authorization",
      running.Authorization(story.clinic, "/bonafide.v1.SubmissionService/UploadPaper", paper));
  const auto writer = running.submission().UploadPaper(&context, &stored);
  v1::UploadPaperRequest piece;
  piece.set_chunk(story.public_paper.substr(0, 20));
  ASSERT_TRUE(writer->Write(piece));
  while (running.instance().calls_under_way() == 0) std::this_thread::yield();

  std::thread stopping([&running] { running.instance().Stop(); });
  // Longer than answers that were given have to leave.
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  piece.set_chunk(story.public_paper.substr(20));
  EXPECT_TRUE(writer->Write(piece));
  writer->WritesDone();
  const grpc::Status status = writer->Finish();
  EXPECT_TRUE(status.ok()) << status.error_message();
  stopping.join();
}

}  // namespace
}  // namespace bonafide::server
