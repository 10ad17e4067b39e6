#include <grpcpp/client_context.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "certs/key.h"
#include "merkle/checkpoint.h"
#include "merkle/cosignature.h"
#include "merkle/frame.h"
#include "merkle/frontier.h"
#include "merkle/hash.h"
#include "merkle/proof.h"
#include "registry/entry.h"
#include "tests/server/rpc_error.h"
#include "tests/server/running_register.h"
#include "tests/server/tested_methods.h"

namespace bonafide::server {
namespace {

using grpc::StatusCode;
using merkle::LogIndex;
using merkle::TreeSize;

class LogService : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    running_ = new RunningRegister();
    for (int i = 0; i < 3; ++i) {
      running_->File(running_->regulator(), std::nullopt,
                     registry::SchemeCreated{"treatment_" + std::to_string(i), "xx", "Scheme"});
    }
  }
  static void TearDownTestSuite() { delete running_; }

  merkle::OpenedCheckpoint Head() {
    v1::GetCheckpointResponse response;
    const grpc::Status status = running_->log().GetCheckpoint(&context_, {}, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return *merkle::OpenCheckpoint(response.checkpoint(), running_->anchors().log_key);
  }

  static std::vector<std::string> Stream(uint64_t first, uint64_t limit, grpc::Status* status) {
    grpc::ClientContext context;
    v1::StreamEntriesRequest request;
    request.set_first_index(first);
    request.set_limit(limit);
    const auto reader = running_->log().StreamEntries(&context, request);
    std::vector<std::string> entries;
    v1::StreamEntriesResponse run;
    while (reader->Read(&run)) {
      EXPECT_EQ(run.first_index(), first + entries.size());
      const auto frames = merkle::ParseFrames(run.entries(), 100'000);
      EXPECT_TRUE(frames.ok());
      entries.insert(entries.end(), frames->begin(), frames->end());
    }
    *status = reader->Finish();
    return entries;
  }

  static RunningRegister* running_;
  grpc::ClientContext context_;
};

RunningRegister* LogService::running_ = nullptr;

ANSWERS(LogService, LogService, GetCheckpoint, IsSignedByTheLog) {
  const auto head = Head();
  EXPECT_EQ(head.checkpoint.origin, kOrigin);
  EXPECT_GE(head.checkpoint.size.value, 5u);
}

REFUSES(LogService, LogService, GetCheckpoint, OfNoSuchHead) {
  v1::GetCheckpointRequest request;
  request.set_head(static_cast<v1::Head>(17));
  v1::GetCheckpointResponse response;
  EXPECT_EQ(ErrorOf(running_->log().GetCheckpoint(&context_, request, &response)),
            (RpcError{StatusCode::INVALID_ARGUMENT, "head", "head"}));
}

ANSWERS(LogService, LogService, StreamEntries, GivesTheWholeLogInOrder) {
  const auto head = Head();
  grpc::Status status;
  const auto entries = Stream(0, 0, &status);
  EXPECT_TRUE(status.ok()) << status.error_message();
  ASSERT_GE(entries.size(), head.checkpoint.size.value);
  merkle::Frontier frontier;
  for (uint64_t i = 0; i < head.checkpoint.size.value; ++i) {
    frontier.Append(merkle::LeafHash(entries[i]));
  }
  EXPECT_EQ(frontier.root(), head.checkpoint.root);
  EXPECT_TRUE(registry::ParseStateEntry(entries[head.checkpoint.size.value - 1]).ok())
      << "the last leaf under a head is a state entry";
}

ANSWERS(LogService, LogService, StreamEntries, KeepsToItsLimit) {
  grpc::Status status;
  const auto all = Stream(0, 0, &status);
  const auto some = Stream(2, 2, &status);
  EXPECT_TRUE(status.ok());
  EXPECT_EQ(some, (std::vector<std::string>{all[2], all[3]}));
  const auto rest = Stream(all.size() - 1, 1000, &status);
  EXPECT_TRUE(status.ok());
  EXPECT_FALSE(rest.empty());
}

REFUSES(LogService, LogService, StreamEntries, BeyondTheHead) {
  grpc::Status status;
  EXPECT_TRUE(Stream(1'000'000, 0, &status).empty());
  EXPECT_EQ(ErrorOf(status),
            (RpcError{StatusCode::INVALID_ARGUMENT, "proof_index", "first_index"}));
}

ANSWERS(LogService, LogService, GetInclusionProof, OfEveryEntry) {
  const auto head = Head();
  grpc::Status status;
  const auto entries = Stream(0, head.checkpoint.size.value, &status);
  for (uint64_t index = 0; index < entries.size(); ++index) {
    grpc::ClientContext context;
    v1::GetInclusionProofRequest request;
    request.set_index(index);
    request.set_tree_size(head.checkpoint.size.value);
    v1::GetInclusionProofResponse response;
    status = running_->log().GetInclusionProof(&context, request, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
    const auto proof = merkle::ParseProof(response.proof());
    ASSERT_TRUE(proof.ok());
    EXPECT_TRUE(merkle::VerifyInclusion(LogIndex{index}, head.checkpoint.size,
                                        merkle::LeafHash(entries[index]), *proof,
                                        head.checkpoint.root)
                    .ok())
        << index;
  }
}

REFUSES(LogService, LogService, GetInclusionProof, OutsideTheTree) {
  const struct {
    uint64_t index;
    uint64_t size;
    const char* reason;
  } cases[] = {{5, 5, "proof_index"},
               {~uint64_t{0}, 0, "proof_index"},
               {0, 1'000'000, "proof_size"},
               {0, ~uint64_t{0}, "proof_size"}};
  for (const auto& c : cases) {
    grpc::ClientContext context;
    v1::GetInclusionProofRequest request;
    request.set_index(c.index);
    request.set_tree_size(c.size);
    v1::GetInclusionProofResponse response;
    const RpcError error = ErrorOf(running_->log().GetInclusionProof(&context, request, &response));
    EXPECT_EQ(error.code, StatusCode::INVALID_ARGUMENT) << c.index << " " << c.size;
    EXPECT_EQ(error.reason, c.reason) << c.index << " " << c.size;
  }
}

ANSWERS(LogService, LogService, GetConsistencyProof, BetweenAllSizes) {
  const auto head = Head();
  grpc::Status status;
  const auto entries = Stream(0, head.checkpoint.size.value, &status);
  std::vector<Digest> roots(1);
  merkle::Frontier frontier;
  for (const std::string& entry : entries) {
    frontier.Append(merkle::LeafHash(entry));
    roots.push_back(frontier.root());
  }
  for (uint64_t first = 1; first < roots.size(); ++first) {
    grpc::ClientContext context;
    v1::GetConsistencyProofRequest request;
    request.set_first_size(first);
    request.set_second_size(head.checkpoint.size.value);
    v1::GetConsistencyProofResponse response;
    status = running_->log().GetConsistencyProof(&context, request, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(response.second_size(), head.checkpoint.size.value);
    const auto proof = merkle::ParseProof(response.proof());
    ASSERT_TRUE(proof.ok());
    EXPECT_TRUE(merkle::VerifyConsistency(TreeSize{first}, head.checkpoint.size, roots[first],
                                          head.checkpoint.root, *proof)
                    .ok())
        << first;
  }
}

REFUSES(LogService, LogService, GetConsistencyProof, OfSizesThatAreNot) {
  const std::pair<uint64_t, uint64_t> cases[] = {
      {0, 0}, {0, 3}, {4, 3}, {1, 1'000'000}, {~uint64_t{0}, 0}};
  for (const auto& [first, second] : cases) {
    grpc::ClientContext context;
    v1::GetConsistencyProofRequest request;
    request.set_first_size(first);
    request.set_second_size(second);
    v1::GetConsistencyProofResponse response;
    const RpcError error =
        ErrorOf(running_->log().GetConsistencyProof(&context, request, &response));
    EXPECT_EQ(error.code, StatusCode::INVALID_ARGUMENT) << first << " " << second;
    EXPECT_EQ(error.reason, "proof_size") << first << " " << second;
  }
}

// A register that asks for one cosigner.
class Cosigning : public testing::Test {
 protected:
  Cosigning()
      : cosigner_(*certs::NoteSigner::Create(
            "witness.example", certs::NoteKeyType::kCosignature,
            std::make_shared<const certs::PrivateKey>(
                certs::PrivateKey::Generate(certs::Algorithm::kEd25519)))) {
    policy_file_ = testing::TempDir() + "bonafide-policy-" + std::to_string(getpid());
    std::ofstream(policy_file_) << "witness w " << cosigner_.verifier().ToVkey() << "\nquorum w\n";
    running_ = std::make_unique<RunningRegister>(
        [this](Config& config) { config.cosigner_policy = policy_file_; });
  }
  ~Cosigning() override { std::remove(policy_file_.c_str()); }

  std::string Checkpoint(v1::Head head = v1::HEAD_NEWEST) {
    grpc::ClientContext context;
    v1::GetCheckpointRequest request;
    request.set_head(head);
    v1::GetCheckpointResponse response;
    EXPECT_TRUE(running_->log().GetCheckpoint(&context, request, &response).ok());
    return response.checkpoint();
  }
  static std::string Cosigned(const std::string& checkpoint, const certs::NoteSigner& cosigner) {
    certs::Note note = *certs::ParseNote(checkpoint);
    note.signatures.push_back(*merkle::Cosign(note.text, {1'700'000'000}, cosigner));
    return certs::WriteNote(note);
  }
  grpc::Status Add(const std::string& checkpoint, v1::AddCosignatureResponse* response) {
    grpc::ClientContext context;
    v1::AddCosignatureRequest request;
    request.set_checkpoint(checkpoint);
    return running_->log().AddCosignature(&context, request, response);
  }

  certs::NoteSigner cosigner_;
  std::string policy_file_;
  std::unique_ptr<RunningRegister> running_;
};

ANSWERS(Cosigning, LogService, AddCosignature, MakesTheHeadACosignedOne) {
  grpc::ClientContext before;
  v1::GetCheckpointRequest cosigned;
  cosigned.set_head(v1::HEAD_COSIGNED);
  v1::GetCheckpointResponse head;
  EXPECT_EQ(ErrorOf(running_->log().GetCheckpoint(&before, cosigned, &head)),
            (RpcError{StatusCode::UNAVAILABLE, "no_cosigned_head", ""}));

  const std::string checkpoint = Checkpoint();
  v1::AddCosignatureResponse added;
  const grpc::Status status = Add(Cosigned(checkpoint, cosigner_), &added);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(certs::ParseNote(added.checkpoint())->signatures.size(), 2u);

  grpc::ClientContext after;
  ASSERT_TRUE(running_->log().GetCheckpoint(&after, cosigned, &head).ok());
  EXPECT_EQ(certs::ParseNote(head.checkpoint())->text, certs::ParseNote(checkpoint)->text);
  EXPECT_EQ(head.checkpoint(), added.checkpoint());
}

// The newest head is soon of no more use to cosigners; the one they are given is kept for them.
ANSWERS(Cosigning, LogService, GetCheckpoint, ToCosignWhileOthersFile) {
  const auto file = [this](const std::string& treatment) {
    running_->File(running_->regulator(), std::nullopt,
                   registry::SchemeCreated{treatment, "xx", "Scheme"});
  };
  file("before");
  const std::string checkpoint = Checkpoint(v1::HEAD_TO_COSIGN);
  for (int i = 0; i < 3; ++i) file("after_" + std::to_string(i));
  EXPECT_NE(Checkpoint(), checkpoint);
  v1::AddCosignatureResponse added;
  const grpc::Status status = Add(Cosigned(checkpoint, cosigner_), &added);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(Checkpoint(v1::HEAD_COSIGNED), added.checkpoint());
}

REFUSES(Cosigning, LogService, AddCosignature, OfStrangersAndOfOtherHeads) {
  v1::AddCosignatureResponse added;
  const std::string checkpoint = Checkpoint();
  EXPECT_EQ(ErrorOf(Add("nonsense", &added)).code, StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ErrorOf(Add(checkpoint, &added)).reason, "cosigner_unknown");

  const auto stranger =
      *certs::NoteSigner::Create("stranger.example", certs::NoteKeyType::kCosignature,
                                 std::make_shared<const certs::PrivateKey>(
                                     certs::PrivateKey::Generate(certs::Algorithm::kEd25519)));
  EXPECT_EQ(ErrorOf(Add(Cosigned(checkpoint, stranger), &added)).reason, "cosigner_unknown");

  std::string spoilt = Cosigned(checkpoint, cosigner_);
  spoilt[spoilt.size() - 10] = spoilt[spoilt.size() - 10] == 'A' ? 'B' : 'A';
  EXPECT_EQ(ErrorOf(Add(spoilt, &added)).reason, "cosignature_wrong");

  merkle::Checkpoint other{kOrigin, TreeSize{77}, Sha256("another history")};
  certs::Note note;
  note.text = merkle::FormatCheckpoint(other);
  note.signatures = {*merkle::Cosign(note.text, {1'700'000'000}, cosigner_)};
  EXPECT_NE(Add(certs::WriteNote(note), &added).error_code(), StatusCode::OK);
}

}  // namespace
}  // namespace bonafide::server
