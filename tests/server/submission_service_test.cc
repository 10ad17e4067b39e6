#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include "certs/random.h"
#include "merkle/checkpoint.h"
#include "merkle/hash.h"
#include "merkle/proof.h"
#include "registry/entry.h"
#include "registry/request_token.h"
#include "tests/server/rpc_error.h"
#include "tests/server/story.h"
#include "tests/server/tested_methods.h"

namespace bonafide::server {
namespace {

using grpc::StatusCode;

class SubmissionService : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    running_ = new RunningRegister();
    story_ = new Story(*running_);
  }
  static void TearDownTestSuite() {
    delete story_;
    delete running_;
  }

  static grpc::Status Fetch(const std::string& sha256, const std::string& authorization,
                            std::string* bytes, std::string* type = nullptr) {
    grpc::ClientContext context;
    if (!authorization.empty()) context.AddMetadata("authorization", authorization);
    v1::FetchPaperRequest request;
    request.set_sha256(sha256);
    const auto reader = running_->submission().FetchPaper(&context, request);
    bytes->clear();
    v1::FetchPaperResponse piece;
    uint64_t announced = 0;
    while (reader->Read(&piece)) {
      if (bytes->empty()) {
        announced = piece.size_bytes();
        if (type != nullptr) *type = piece.type();
      }
      *bytes += piece.chunk();
    }
    const grpc::Status status = reader->Finish();
    if (status.ok()) {
      EXPECT_EQ(announced, bytes->size());
    }
    return status;
  }
  static std::string FetchToken(const RunningRegister::Organisation& by, const Digest& paper) {
    return running_->Authorization(by, "/bonafide.v1.SubmissionService/FetchPaper", paper);
  }
  static size_t AccessRecordCount() {
    return running_->instance().data().access_records().All(~uint64_t{0}, 1000)->size();
  }

  static RunningRegister* running_;
  static Story* story_;
};

RunningRegister* SubmissionService::running_ = nullptr;
Story* SubmissionService::story_ = nullptr;

ANSWERS(SubmissionService, SubmissionService, SubmitEvent, WithAReceiptThatProves) {
  const v1::Receipt& receipt = story_->training.receipt;
  const auto head = merkle::OpenCheckpoint(receipt.checkpoint(), running_->anchors().log_key);
  ASSERT_TRUE(head.ok()) << head.status();
  EXPECT_TRUE(merkle::VerifyInclusion(merkle::LogIndex{receipt.index()}, head->checkpoint.size,
                                      merkle::LeafHash(receipt.entry()),
                                      *merkle::ParseProof(receipt.inclusion()),
                                      head->checkpoint.root)
                  .ok());
  const auto entry = registry::ParseEventEntry(receipt.entry());
  ASSERT_TRUE(entry.ok());
  EXPECT_EQ(entry->token + "~", story_->training.sd_jwt.substr(0, entry->token.size() + 1));
}

ANSWERS(SubmissionService, SubmissionService, SubmitEvent, TwiceWithOneEntry) {
  v1::SubmitEventResponse again;
  const grpc::Status status = running_->Submit(story_->training.sd_jwt, &again);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(again.receipt().index(), story_->training.receipt.index());
  EXPECT_EQ(again.receipt().entry(), story_->training.receipt.entry());
}

REFUSES(SubmissionService, SubmissionService, SubmitEvent, WhatTheRegisterDoesNotAdmit) {
  const auto refused = [](const std::string& sd_jwt) {
    v1::SubmitEventResponse response;
    const RpcError error = ErrorOf(running_->Submit(sd_jwt, &response));
    EXPECT_FALSE(response.has_receipt());
    return error;
  };
  EXPECT_EQ(refused(""), (RpcError{StatusCode::INVALID_ARGUMENT, "sd_jwt_tilde", ""}));
  EXPECT_EQ(refused("x~").reason, "token_parts");
  const std::string& good = story_->practitioner.sd_jwt;
  EXPECT_EQ(refused(good.substr(0, good.size() - 1)).reason, "sd_jwt_key_binding");
  EXPECT_EQ(refused(good.substr(0, good.find('~') + 1)).reason, "slot_not_disclosed");
  EXPECT_EQ(refused(std::string(40'000, 'x') + "~").reason, "token_size");

  std::string forged = good;
  const size_t dot = forged.find('~') - 10;
  forged[dot] = forged[dot] == 'A' ? 'B' : 'A';
  EXPECT_EQ(refused(forged).reason, "token_signature_wrong");

  // The stranger holds no power.
  const auto unpowered =
      running_->Sign(story_->stranger, std::nullopt, registry::PractitionerRegistered{},
                     {{"name", certs::Json::String("Nobody Example")}});
  EXPECT_EQ(refused(unpowered.Framed()),
            (RpcError{StatusCode::FAILED_PRECONDITION, "power_missing", ""}));
  // A paper nobody has uploaded.
  const auto unpapered = running_->Sign(
      story_->clinic, std::nullopt, registry::PractitionerRegistered{},
      {{"name", certs::Json::String("Nobody Example")},
       {"photo", certs::Json::Object({{"sha256", certs::Json::String(Sha256("?").Hex())},
                                      {"type", certs::Json::String("image/png")}})}});
  EXPECT_EQ(refused(unpapered.Framed()).reason, "paper_unknown");
}

REFUSES(SubmissionService, SubmissionService, SubmitEvent, WithdrawalsOfWhatIsWithdrawnOrIsNone) {
  registry::Affiliation affiliation;
  affiliation.clinic = story_->clinic.number;
  affiliation.from = *registry::Day::Parse("2022-01-01");
  const Filed filed = running_->File(story_->clinic, story_->practitioner, affiliation);
  const auto withdrawal = [](const registry::EventId& target) {
    registry::Withdrawal body;
    body.target = target;
    body.reason = registry::WithdrawalReason::kError;
    return body;
  };
  const Filed withdrawn =
      running_->File(story_->clinic, story_->practitioner, withdrawal(filed.id));
  const uint64_t size = running_->instance().data().reg().counters().events_logged;
  const auto refused = [&](const RunningRegister::Organisation& by, const registry::EventId& of) {
    v1::SubmitEventResponse response;
    const RpcError error = ErrorOf(running_->Submit(
        running_->Sign(by, story_->practitioner, withdrawal(of)).Framed(), &response));
    EXPECT_FALSE(response.has_receipt());
    return error;
  };
  EXPECT_EQ(refused(story_->clinic, filed.id),
            (RpcError{StatusCode::FAILED_PRECONDITION, "already", ""}));
  for (const registry::EventId& none :
       {withdrawn.id, story_->practitioner.id, story_->scheme.id, registry::EventId{Sha256("?")}}) {
    EXPECT_EQ(refused(story_->clinic, none),
              (RpcError{StatusCode::FAILED_PRECONDITION, "target", ""}));
  }
  EXPECT_EQ(refused(story_->stranger, filed.id).reason, "kind");
  EXPECT_EQ(running_->instance().data().reg().counters().events_logged, size);
}

REFUSES(SubmissionService, SubmissionService, FetchPaper, ARequestWhoseTimeEndsNow) {
  const Digest paper = Sha256(story_->paper);
  registry::Request request;
  request.issuer = story_->clinic.number;
  request.expires_at_s = storage::SystemClock().NowMs() / 1000;
  request.issued_at_s = request.expires_at_s - 60;
  request.method = "/bonafide.v1.SubmissionService/FetchPaper";
  request.paper = paper;
  const auto token =
      registry::MakeRequestToken(request, kOrigin, story_->clinic.key, certs::SystemRandom());
  ASSERT_TRUE(token.ok()) << token.status();
  std::string bytes;
  EXPECT_EQ(ErrorOf(Fetch(paper.Hex(), "Bearer " + *token, &bytes)),
            (RpcError{StatusCode::UNAUTHENTICATED, "request_expired", ""}));
  EXPECT_EQ(bytes, "");
}

ANSWERS(SubmissionService, SubmissionService, UploadPaper, InAnyPieces) {
  const std::string bytes = ExamplePdf(300'000, 'u');
  for (size_t piece : {size_t{1'000}, size_t{262'144}}) {
    v1::UploadPaperResponse stored;
    const grpc::Status status =
        running_->Upload(story_->clinic, Sha256(bytes), bytes, piece, &stored);
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(stored.sha256(), Sha256(bytes).Hex());
    EXPECT_EQ(stored.type(), "application/pdf");
    EXPECT_EQ(stored.size_bytes(), bytes.size());
  }
}

REFUSES(SubmissionService, SubmissionService, UploadPaper, WhatIsNoPaper) {
  const auto refused = [](const std::string& bytes, const Digest& named, size_t piece) {
    v1::UploadPaperResponse stored;
    return ErrorOf(running_->Upload(story_->clinic, named, bytes, piece, &stored));
  };
  const std::string good = ExamplePdf(1000, 'g');
  EXPECT_EQ(refused("", Sha256(""), 1).reason, "paper_empty");
  EXPECT_EQ(refused("MZ executable", Sha256("MZ executable"), 100).reason, "paper_type");
  EXPECT_EQ(refused(good, Sha256("another"), 100).reason, "paper_digest");
  const std::string huge = ExamplePdf(20u << 20, 'h');
  EXPECT_EQ(refused(huge, Sha256(huge), 262'144).reason, "paper_size");
  const std::string large = ExamplePdf(300'000, 'l');
  EXPECT_EQ(refused(large, Sha256(large), 262'145),
            (RpcError{StatusCode::INVALID_ARGUMENT, "paper_chunk", "chunk"}));
}

REFUSES(SubmissionService, SubmissionService, UploadPaper, WithoutAnIdentity) {
  grpc::ClientContext context;
  v1::UploadPaperResponse stored;
  auto writer = running_->submission().UploadPaper(&context, &stored);
  v1::UploadPaperRequest piece;
  piece.set_chunk("%PDF-1.4\n");
  writer->Write(piece);
  writer->WritesDone();
  EXPECT_EQ(ErrorOf(writer->Finish()),
            (RpcError{StatusCode::UNAUTHENTICATED, "token_missing", ""}));

  grpc::ClientContext unnamed;
  unnamed.AddMetadata(
      "authorization",
      running_->Authorization(story_->clinic, "/bonafide.v1.SubmissionService/UploadPaper"));
  writer = running_->submission().UploadPaper(&unnamed, &stored);
  writer->WritesDone();
  EXPECT_EQ(ErrorOf(writer->Finish()),
            (RpcError{StatusCode::UNAUTHENTICATED, "request_paper", ""}));
}

ANSWERS(SubmissionService, SubmissionService, FetchPaper, ForEveryoneWithoutARecord) {
  const size_t records = AccessRecordCount();
  std::string bytes;
  std::string type;
  const grpc::Status status = Fetch(Sha256(story_->public_paper).Hex(), "", &bytes, &type);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_TRUE(bytes == story_->public_paper);
  EXPECT_EQ(type, "application/pdf");
  EXPECT_EQ(AccessRecordCount(), records);
}

ANSWERS(SubmissionService, SubmissionService, FetchPaper, ForAPartyRecorded) {
  const size_t records = AccessRecordCount();
  const Digest paper = Sha256(story_->paper);
  std::string bytes;
  const grpc::Status status = Fetch(paper.Hex(), FetchToken(story_->clinic, paper), &bytes);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_TRUE(bytes == story_->paper);
  ASSERT_EQ(AccessRecordCount(), records + 1);
  const auto newest =
      running_->instance().data().access_records().All(~uint64_t{0}, 1)->front().record;
  EXPECT_EQ(newest.asker, story_->clinic.number);
  EXPECT_TRUE(newest.allowed);
}

// Not there, and not for this caller: nobody can tell which.
REFUSES(SubmissionService, SubmissionService, FetchPaper, WhatIsNotForTheCallerAsIfItWereNotThere) {
  const Digest paper = Sha256(story_->paper);
  const Digest nothing = Sha256("nothing");
  std::string bytes;
  const grpc::Status hidden = Fetch(paper.Hex(), "", &bytes);
  EXPECT_EQ(bytes, "");
  const grpc::Status absent = Fetch(nothing.Hex(), "", &bytes);
  EXPECT_EQ(ErrorOf(hidden), (RpcError{StatusCode::NOT_FOUND, "paper_unknown", ""}));
  EXPECT_EQ(hidden.error_code(), absent.error_code());
  EXPECT_EQ(hidden.error_message(), absent.error_message());
  EXPECT_EQ(hidden.error_details(), absent.error_details());

  const size_t records = AccessRecordCount();
  const grpc::Status stranger = Fetch(paper.Hex(), FetchToken(story_->stranger, paper), &bytes);
  EXPECT_EQ(bytes, "");
  EXPECT_EQ(stranger.error_details(), absent.error_details());
  EXPECT_EQ(AccessRecordCount(), records + 1) << "a refusal is recorded too";
}

REFUSES(SubmissionService, SubmissionService, FetchPaper, ATokenForAnotherPaper) {
  const Digest paper = Sha256(story_->paper);
  std::string bytes;
  EXPECT_EQ(ErrorOf(Fetch(paper.Hex(), FetchToken(story_->clinic, Sha256("other")), &bytes)),
            (RpcError{StatusCode::UNAUTHENTICATED, "request_paper", ""}));
  EXPECT_EQ(ErrorOf(Fetch("../../etc/passwd", "", &bytes)),
            (RpcError{StatusCode::INVALID_ARGUMENT, "digest_hex", "sha256"}));
  EXPECT_EQ(bytes, "");
}

}  // namespace
}  // namespace bonafide::server
