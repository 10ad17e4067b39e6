// Many writers and readers at once; run under the thread sanitizer too.
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "certs/reason.h"
#include "merkle/checkpoint.h"
#include "merkle/hash.h"
#include "merkle/proof.h"
#include "tests/storage/test_register.h"

namespace bonafide::storage {
namespace {

using registry::OrganisationKind;
using registry::Power;

class RegisterConcurrentTest : public ::testing::Test {
 protected:
  void SetUp() override {
    reg_.options().cosigner_policy = merkle::Policy::None();
    ASSERT_TRUE(reg_.Open().ok());
    registrar_ = reg_.Admit(OrganisationKind::kRegistrar, reg_.regulator());
    reg_.Grant(reg_.regulator(), registrar_, Power::kRegister);
    reg_.Grant(reg_.regulator(), registrar_, Power::kAttest);
    practitioner_ = reg_.AddPractitioner(registrar_, "Zoe Example");
  }

  TestRegister reg_;
  Party registrar_;
  Party practitioner_;
};

TEST_F(RegisterConcurrentTest, WritersAndReadersTogether) {
  constexpr int kWriters = 4;
  constexpr int kEventsEach = 12;
  std::vector<std::vector<std::string>> tokens(kWriters);
  for (auto& mine : tokens) {
    for (int i = 0; i < kEventsEach; ++i) {
      mine.push_back((i % 2 == 0
                          ? reg_.TrainingFor(registrar_, practitioner_)
                          : reg_.Sign(registrar_, registry::PractitionerRegistered{}, std::nullopt,
                                      {{"name", certs::Json::String("Ona Example")}}))
                         .Framed());
    }
  }
  std::atomic<bool> done = false;
  std::atomic<int> failures = 0;
  std::mutex mutex;
  std::set<uint64_t> indexes;
  std::vector<std::thread> threads;
  for (const auto& mine : tokens) {
    threads.emplace_back([&] {
      for (const std::string& token : mine) {
        // Each one twice: both get the receipt of the one event.
        const auto first = reg_.File(token);
        const auto second = reg_.File(token);
        if (!first.ok() || !second.ok() || first->index != second->index) {
          ++failures;
          continue;
        }
        const auto opened =
            merkle::OpenCheckpoint(first->checkpoint, reg_.options().log_signer->verifier());
        const auto proof = merkle::ParseProof(first->inclusion);
        if (!opened.ok() || !merkle::VerifyInclusion(first->index, opened->checkpoint.size,
                                                     merkle::LeafHash(first->entry), *proof,
                                                     opened->checkpoint.root)
                                 .ok()) {
          ++failures;
        }
        const std::scoped_lock lock(mutex);
        indexes.insert(first->index.value);
      }
    });
  }
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      TreeSize last;
      while (!done) {
        const ViewPtr view = reg_.Newest();
        if (view->size() < last) ++failures;
        last = view->size();
        if (!reg_.Verify(*view, reg_.QuestionAbout(practitioner_)).ok()) ++failures;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  done = true;
  for (std::thread& thread : readers) thread.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(indexes.size(), static_cast<size_t>(kWriters * kEventsEach));
  ASSERT_TRUE(reg_.Open().ok());
  EXPECT_TRUE(reg_.Verify(*reg_.Newest(), reg_.QuestionAbout(practitioner_)).ok());
}

TEST_F(RegisterConcurrentTest, TheSameTokenFromManyAtOnceIsOneEvent) {
  const std::string token = reg_.TrainingFor(registrar_, practitioner_).Framed();
  std::mutex mutex;
  std::set<uint64_t> indexes;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const auto receipt = reg_.File(token);
      ASSERT_TRUE(receipt.ok()) << receipt.status();
      const std::scoped_lock lock(mutex);
      indexes.insert(receipt->index.value);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(indexes.size(), 1U);
}

TEST_F(RegisterConcurrentTest, ClosingAnswersEverybody) {
  std::vector<std::string> tokens;
  for (int i = 0; i < 40; ++i) {
    tokens.push_back(reg_.TrainingFor(registrar_, practitioner_).Framed());
  }
  std::atomic<int> answered = 0;
  std::atomic<int> filed = 0;
  for (const std::string& token : tokens) {
    auto submission = reg_->Check(token);
    ASSERT_TRUE(submission.ok());
    reg_->Submit(*std::move(submission), [&](const absl::StatusOr<Receipt>& receipt) {
      ++answered;
      if (receipt.ok()) ++filed;
    });
  }
  reg_->Close();
  EXPECT_EQ(answered, 40);
  EXPECT_EQ(filed, 40) << "what was taken is finished";
}

TEST_F(RegisterConcurrentTest, AFullQueueRefusesWithAHint) {
  reg_.options().queue_events = 1;
  reg_.options().batch_events = 1;
  ASSERT_TRUE(reg_.Open().ok());
  std::vector<VerifiedSubmission> submissions;
  for (int i = 0; i < 100; ++i) {
    submissions.push_back(*reg_->Check(reg_.TrainingFor(registrar_, practitioner_).Framed()));
  }
  std::atomic<int> full = 0;
  std::atomic<int> answered = 0;
  for (VerifiedSubmission& submission : submissions) {
    reg_->Submit(std::move(submission), [&](const absl::StatusOr<Receipt>& receipt) {
      if (ReasonOf(receipt.status()) == "queue_full") {
        ++full;
        EXPECT_GT(RetryAfterMs(receipt.status()).value_or(0), 0);
      }
      ++answered;
    });
  }
  reg_->Close();
  EXPECT_EQ(answered, 100);
  EXPECT_GT(full, 0);
}

}  // namespace
}  // namespace bonafide::storage
