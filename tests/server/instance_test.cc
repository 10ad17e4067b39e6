// The server as a whole: limits, health, what it says about itself, how it stops.
#include "server/instance.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <future>
#include <thread>

#include "certs/reason.h"
#include "server/health_probe.h"
#include "server/secret_file.h"
#include "storage/database/database.h"
#include "tests/server/rpc_error.h"
#include "tests/server/story.h"

namespace bonafide::server {
namespace {

using grpc::StatusCode;
using testing::HasSubstr;

grpc::Status GetCheckpoint(RunningRegister& running, int64_t deadline_ms = 10'000) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(deadline_ms));
  v1::GetCheckpointResponse response;
  return running.log().GetCheckpoint(&context, {}, &response);
}

// A unary call of a method without generated code; the answer's bytes do not matter.
grpc::Status CallRaw(RunningRegister& running, const std::string& method, const std::string& bytes,
                     const std::function<void(grpc::ClientContext&)>& adjust = {}) {
  grpc::ClientContext context;
  if (adjust) adjust(context);
  const grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  std::promise<grpc::Status> done;
  grpc::GenericStub stub(running.channel());
  stub.UnaryCall(&context, method, grpc::StubOptions(), &request, &response,
                 [&done](grpc::Status status) { done.set_value(std::move(status)); });
  return done.get_future().get();
}

std::string Everything(const RunningRegister& running) {
  std::string text;
  for (const std::string& line : running.log_lines()) text += line + "\n";
  return text;
}

TEST(Instance, RefusesTooManyCallsFromOneAddress) {
  RunningRegister running([](Config& config) {
    config.reads_per_second = 2;
    config.rate_burst_s = 2;
  });
  int answered = 0;
  grpc::Status status;
  while (answered < 100 && (status = GetCheckpoint(running)).ok()) ++answered;
  EXPECT_GE(answered, 3);
  EXPECT_LE(answered, 20);
  EXPECT_EQ(ErrorOf(status), (RpcError{StatusCode::RESOURCE_EXHAUSTED, "rate_limited", ""}));
}

TEST(Instance, RefusesTooManyCallsAtOnce) {
  RunningRegister running([](Config& config) { config.transfers_at_once = 1; });
  const Story story(running);
  // An upload that does not go on keeps its place.
  const Digest paper = Sha256(story.public_paper);
  v1::UploadPaperResponse stored;
  grpc::ClientContext upload;
  upload.AddMetadata(
      "authorization",
      running.Authorization(story.clinic, "/bonafide.v1.SubmissionService/UploadPaper", paper));
  const auto writer = running.submission().UploadPaper(&upload, &stored);
  v1::UploadPaperRequest piece;
  piece.set_chunk(story.public_paper);
  ASSERT_TRUE(writer->Write(piece));
  while (running.instance().calls_under_way() == 0) std::this_thread::yield();

  const auto stream = [&running] {
    grpc::ClientContext context;
    const auto reader = running.log().StreamEntries(&context, {});
    v1::StreamEntriesResponse run;
    while (reader->Read(&run)) {
    }
    return reader->Finish();
  };
  const grpc::Status refused = stream();
  EXPECT_EQ(ErrorOf(refused), (RpcError{StatusCode::RESOURCE_EXHAUSTED, "overloaded", ""}));
  EXPECT_GT(RetryDelayMsOf(refused).value_or(0), 0);
  EXPECT_TRUE(GetCheckpoint(running).ok()) << "reads have places of their own";
  writer->WritesDone();
  EXPECT_TRUE(writer->Finish().ok());
  EXPECT_TRUE(stream().ok()) << "the place is free again";
}

TEST(Instance, EndsAStreamWhoseTimeIsOver) {
  RunningRegister running([](Config& config) { config.transfer_deadline_ms = 300; });
  const Story story(running);
  grpc::ClientContext context;
  context.AddMetadata(
      "authorization",
      running.Authorization(story.clinic, "/bonafide.v1.SubmissionService/UploadPaper",
                            Sha256("never")));
  v1::UploadPaperResponse stored;
  const auto writer = running.submission().UploadPaper(&context, &stored);
  v1::UploadPaperRequest piece;
  piece.set_chunk("%PDF-1.4\n");
  ASSERT_TRUE(writer->Write(piece));
  // Nothing more is sent, and the stream is not closed: the server has to end it.
  EXPECT_EQ(writer->Finish().error_code(), StatusCode::CANCELLED);
}

TEST(Instance, RefusesRequestsThatAreTooLarge) {
  RunningRegister running([](Config& config) { config.message_bytes = 64 * 1024; });
  const grpc::Status status =
      CallRaw(running, "/bonafide.v1.LookupService/Verify", std::string(65 * 1024, '\0'));
  EXPECT_EQ(status.error_code(), StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(GetCheckpoint(running).ok());
}

TEST(Instance, RefusesWhatIsNoRequest) {
  RunningRegister running;
  EXPECT_EQ(ErrorOf(CallRaw(running, "/bonafide.v1.LookupService/Verify", "\xff\xff\xff")),
            (RpcError{StatusCode::INVALID_ARGUMENT, "request_syntax", ""}));
  // A string that is not UTF-8: Question.treatment.
  EXPECT_FALSE(
      CallRaw(running, "/bonafide.v1.LookupService/Verify", std::string("\x0a\x03\x12\x01\xff", 5))
          .ok());
  EXPECT_EQ(CallRaw(running, "/bonafide.v1.LookupService/Nothing", "").error_code(),
            StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(CallRaw(running, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", "")
                .error_code(),
            StatusCode::UNIMPLEMENTED)
      << "reflection is off unless configured";
  EXPECT_FALSE(CallRaw(running, "/bonafide.v1.LookupService/Verify", std::string(100, 'x'),
                       [](grpc::ClientContext& context) {
                         context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
                       })
                   .ok())
      << "compressed messages are not unpacked";
  EXPECT_TRUE(GetCheckpoint(running).ok());
}

TEST(Instance, ReflectsWhenConfigured) {
  RunningRegister running([](Config& config) { config.reflection = true; });
  EXPECT_NE(CallRaw(running, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", "")
                .error_code(),
            StatusCode::UNIMPLEMENTED);
}

TEST(Instance, SpeaksOnlyTls) {
  RunningRegister running;
  const auto plain = grpc::CreateChannel("127.0.0.1:" + std::to_string(running.instance().port()),
                                         grpc::InsecureChannelCredentials());
  EXPECT_FALSE(
      plain->WaitForConnected(std::chrono::system_clock::now() + std::chrono::milliseconds(300)));
}

TEST(Instance, ItsHealthIsARealCall) {
  RunningRegister running;
  const HealthProbe probe("127.0.0.1:" + std::to_string(running.instance().port()));
  EXPECT_TRUE(probe.Check(std::chrono::milliseconds(5000)).ok());
  running.instance().Stop();
  EXPECT_FALSE(probe.Check(std::chrono::milliseconds(300)).ok());
}

TEST(Instance, StopsAfterWhatWasTaken) {
  RunningRegister running;
  std::atomic<bool> go{true};
  std::atomic<int> acknowledged{0};
  std::thread writer([&] {
    for (int i = 0; go; ++i) {
      const auto event = running.Sign(
          running.regulator(), std::nullopt,
          registry::SchemeCreated{"treatment_" + std::to_string(i), "xx", "Example Scheme"});
      v1::SubmitEventResponse response;
      if (!running.Submit(event.Framed(), &response).ok()) return;
      ++acknowledged;
    }
  });
  while (acknowledged < 3) std::this_thread::yield();
  running.instance().Stop();
  go = false;
  writer.join();
  EXPECT_FALSE(GetCheckpoint(running, 300).ok());

  // Everything acknowledged is there after opening again.
  Log log(LogLevel::kError, [](const std::string&) {});
  DataDirectoryOptions options;
  options.directory = running.directory() + "/data";
  EXPECT_EQ(ReasonOf(DataDirectory::Open(options, log, storage::SystemClock()).status()),
            "origin_missing");
  options.config = *ReadConfigFile(options.directory + "/bonafided.conf");
  options.config.free_disk_bytes = 0;
  // The instance still holds the directory: a second server is refused.
  EXPECT_EQ(ReasonOf(DataDirectory::Open(options, log, storage::SystemClock()).status()),
            "data_directory_in_use");
}

// What stands in a name, a number, a question or a salt must not reach the log or the metrics.
TEST(Instance, SaysNothingPersonal) {
  RunningRegister running;
  const Story story(running);
  grpc::ClientContext search;
  v1::SearchByNameRequest request;
  request.set_name("Canary");
  request.set_town("Canaryville");
  v1::SearchByNameResponse found;
  EXPECT_TRUE(running.lookup().SearchByName(&search, request, &found).ok());
  grpc::ClientContext bad;
  request.set_name(std::string(500, 'C') + "Canary");
  EXPECT_FALSE(running.lookup().SearchByName(&bad, request, &found).ok());
  v1::SubmitEventResponse refused;
  EXPECT_FALSE(running.Submit(story.practitioner.sd_jwt + "Q2FuYXJ5~", &refused).ok());
  grpc::ClientContext verify;
  v1::VerifyRequest question;
  *question.mutable_question() = story.Question();
  question.mutable_question()->set_on("Canary");
  v1::VerifyResponse answer;
  const grpc::Status status = running.lookup().Verify(&verify, question, &answer);
  EXPECT_EQ(status.error_message().find("Canary"), std::string::npos);

  const std::string text = Everything(running);
  EXPECT_THAT(text, HasSubstr("\"method\":\"SubmitEvent\"")) << "the log is on";
  EXPECT_THAT(text, HasSubstr("\"method\":\"SearchByName\""));
  for (const char* personal : {"anary", "CANARY", "Zo\xC3\xAB", "127.0.0.1:", "Q2FuYXJ5"}) {
    EXPECT_EQ(text.find(personal), std::string::npos) << personal;
  }
}

// It was behind its mark before, and still is when nothing is left: it says so to who asks.
TEST(Instance, SaysThatEverythingIsLost) {
  RunningRegister running;
  running.instance().Stop();
  const std::string copy = running.directory() + "/copy";
  std::filesystem::create_directory(copy);
  for (const char* kept : {"/bonafided.conf", "/high-water", "/keys", "/tls"}) {
    std::filesystem::copy(running.directory() + "/data" + kept, copy + kept);
  }
  storage::DatabaseOptions nothing;
  nothing.directory = copy;
  nothing.create = true;
  ASSERT_TRUE(storage::Database::Open(nothing).ok());

  Log log(LogLevel::kError, [](const std::string&) {});
  Instance::Options options;
  options.data.directory = copy;
  options.data.config = *ReadConfigFile(copy + "/bonafided.conf");
  options.data.config.free_disk_bytes = 0;
  const auto started = Instance::Start(options, log, storage::SystemClock());
  ASSERT_TRUE(started.ok()) << started.status();
  EXPECT_EQ((*started)->data().reg().status().reason, "behind_high_water");
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = *ReadSmallFile(copy + "/tls/ca.pem");
  const auto channel = grpc::CreateChannel("127.0.0.1:" + std::to_string((*started)->port()),
                                           grpc::SslCredentials(tls));
  grpc::ClientContext reading;
  v1::GetCheckpointResponse checkpoint;
  EXPECT_EQ(ErrorOf(v1::LogService::NewStub(channel)->GetCheckpoint(&reading, {}, &checkpoint)),
            (RpcError{StatusCode::UNAVAILABLE, "no_signed_head", ""}));
  grpc::ClientContext writing;
  v1::SubmitEventRequest request;
  request.set_sd_jwt(running
                         .Sign(running.regulator(), std::nullopt,
                               registry::SchemeCreated{"treatment", "xx", "Example Scheme"})
                         .Framed());
  v1::SubmitEventResponse receipt;
  EXPECT_EQ(
      ErrorOf(v1::SubmissionService::NewStub(channel)->SubmitEvent(&writing, request, &receipt)),
      (RpcError{StatusCode::UNAVAILABLE, "not_signing", ""}));
}

TEST(Instance, StartsOnlyWithKeysThatAreItsOwnAlone) {
  RunningRegister running;
  running.instance().Stop();
  const std::string data = running.directory() + "/data";
  Log log(LogLevel::kError, [](const std::string&) {});
  Instance::Options options;
  options.data.directory = data;
  options.data.config = *ReadConfigFile(data + "/bonafided.conf");
  const auto start = [&] {
    const auto started = Instance::Start(options, log, storage::SystemClock());
    return ReasonOf(started.status());
  };
  namespace fs = std::filesystem;
  fs::permissions(data + "/tls/server.key", fs::perms::others_read, fs::perm_options::add);
  EXPECT_EQ(start(), "secret_file_mode");
  fs::permissions(data + "/tls/server.key", fs::perms::owner_read, fs::perm_options::replace);
  fs::permissions(data + "/keys/log.key", fs::perms::group_read, fs::perm_options::add);
  EXPECT_EQ(start(), "key_file_mode");
  fs::remove(data + "/keys/log.key");
  EXPECT_EQ(start(), "key_file_missing");
  fs::remove(data + "/tls/server.pem");
  EXPECT_EQ(start(), "file_missing");
}

}  // namespace
}  // namespace bonafide::server
