#include "client/memory.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "certs/reason.h"
#include "client/state_file.h"
#include "tests/client/scratch_remote.h"
#include "tests/registry/example_register.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::client {
namespace {

class MemoryTest : public ::testing::Test {
 protected:
  MemoryTest() : memory_(Memory::Open(directory_ / "state", Key()).value()), remote_(scratch()) {}

  registry::ScratchRegister& scratch() { return register_.scratch; }
  certs::NoteVerifier Key() const { return register_.scratch.log_signer().verifier(); }
  void Grow() {
    scratch().Register(register_.clinic, "Somebody Example");
    scratch().Publish();
  }
  // A head of this register that its log does not have.
  std::string Forged(uint64_t size, const std::string& root) {
    return merkle::SignCheckpoint({scratch().origin(), merkle::TreeSize{size}, Sha256(root)},
                                  scratch().log_signer())
        .value();
  }
  uint64_t RememberedSize() const { return (*memory_.Remembered())->checkpoint.size.value; }
  int KeptNotes() const {
    int count = 0;
    for (const auto& file : std::filesystem::directory_iterator(memory_.ForkDirectory())) {
      EXPECT_TRUE(merkle::OpenCheckpoint(*ReadFile(file.path().string(), 65536), Key()).ok());
      ++count;
    }
    return count;
  }

  storage::TemporaryDirectory directory_;
  registry::ExampleRegister register_;
  Memory memory_;
  ScratchRemote remote_;
};

TEST_F(MemoryTest, FirstSameNewer) {
  EXPECT_FALSE((*memory_.Remembered()).has_value());
  EXPECT_EQ(memory_.Compare(scratch().checkpoint(), remote_).value(), HeadRelation::kFirst);
  EXPECT_EQ(memory_.Compare(scratch().checkpoint(), remote_).value(), HeadRelation::kSame);
  const uint64_t size = RememberedSize();
  Grow();
  EXPECT_EQ(memory_.Compare(scratch().checkpoint(), remote_).value(), HeadRelation::kNewer);
  EXPECT_GT(RememberedSize(), size);
  // Another process knows the same.
  const auto other = Memory::Open(directory_ / "state", Key());
  EXPECT_EQ((*other->Remembered())->checkpoint.size.value, RememberedSize());
}

TEST_F(MemoryTest, ASmallerHeadIsNoFork) {
  const std::string old = scratch().checkpoint();
  Grow();
  ASSERT_TRUE(memory_.Compare(scratch().checkpoint(), remote_).ok());
  const uint64_t size = RememberedSize();
  EXPECT_EQ(memory_.Compare(old, remote_).value(), HeadRelation::kOlder);
  // Neither is one whose register has lost the newer head.
  remote_.consistency = Malformed("tree_size", "beyond the newest head");
  EXPECT_EQ(memory_.Compare(old, remote_).value(), HeadRelation::kOlderUnproven);
  EXPECT_EQ(RememberedSize(), size);
}

TEST_F(MemoryTest, AnotherRootOfTheSameSizeIsAFork) {
  ASSERT_TRUE(memory_.Compare(scratch().checkpoint(), remote_).ok());
  const uint64_t size = RememberedSize();
  const auto relation = memory_.Compare(Forged(size, "another"), remote_);
  EXPECT_EQ(ReasonOf(relation.status()), "fork");
  EXPECT_EQ(KeptNotes(), 2);
  EXPECT_EQ((*memory_.Remembered())->checkpoint.root,
            ScratchLog(scratch().entries()).Head(scratch().origin(), size).root);
}

TEST_F(MemoryTest, AFailedProofIsAForkInBothDirections) {
  ASSERT_TRUE(memory_.Compare(scratch().checkpoint(), remote_).ok());
  const uint64_t size = RememberedSize();
  Grow();
  EXPECT_EQ(ReasonOf(memory_.Compare(Forged(size + 2, "larger"), remote_).status()), "fork");
  EXPECT_EQ(ReasonOf(memory_.Compare(Forged(size - 1, "smaller"), remote_).status()), "fork");
  EXPECT_EQ(KeptNotes(), 3);
  EXPECT_EQ(RememberedSize(), size);
}

TEST_F(MemoryTest, ALargerHeadWithoutProofIsNotBelieved) {
  ASSERT_TRUE(memory_.Compare(scratch().checkpoint(), remote_).ok());
  const uint64_t size = RememberedSize();
  Grow();
  remote_.consistency = Refusal(absl::StatusCode::kUnavailable, "unreachable", "gone");
  EXPECT_EQ(ReasonOf(memory_.Compare(scratch().checkpoint(), remote_).status()),
            "consistency_unproven");
  EXPECT_EQ(RememberedSize(), size);
}

TEST_F(MemoryTest, OnlyHeadsOfThePinnedKey) {
  const registry::ScratchRegister other(7, "register.example/other");
  EXPECT_FALSE(memory_.Compare(other.checkpoint(), remote_).ok());
  EXPECT_FALSE((*memory_.Remembered()).has_value());
}

TEST_F(MemoryTest, ADamagedFileIsNotForgotten) {
  ASSERT_TRUE(memory_.Compare(scratch().checkpoint(), remote_).ok());
  for (const auto& file : std::filesystem::directory_iterator(directory_ / "state/heads")) {
    if (file.path().extension() == ".lock") continue;
    std::string note = *ReadFile(file.path().string(), 65536);
    note[note.size() / 2] ^= 1;
    ASSERT_TRUE(ReplaceFile(file.path().string(), note).ok());
  }
  EXPECT_EQ(ReasonOf(memory_.Remembered().status()), "state_damaged");
  EXPECT_EQ(ReasonOf(memory_.Compare(scratch().checkpoint(), remote_).status()), "state_damaged");
}

TEST_F(MemoryTest, AnUnusableDirectoryIsSaid) {
  ASSERT_TRUE(ReplaceFile(directory_ / "file", "x").ok());
  EXPECT_EQ(ReasonOf(Memory::Open(directory_ / "file", Key()).status()), "state_directory");
}

}  // namespace
}  // namespace bonafide::client
