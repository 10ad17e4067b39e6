#include "client/replayed_world.h"

#include <gtest/gtest.h>

#include "registry/entry.h"
#include "tests/registry/example_register.h"

namespace bonafide::client {
namespace {

using registry::ExampleRegister;
using registry::LoggedEvent;
using registry::Party;
using registry::Subject;

// All that the scratch register knows, replayed with room for one practitioner only.
class ReplayedWorldTest : public ::testing::Test {
 protected:
  ReplayedWorldTest() {
    for (int i = 0; i < 3; ++i) {
      people_.push_back(scratch().Register(register_.clinic, "Example Person"));
    }
    for (int round = 0; round < 3; ++round) {
      for (const Party& person : people_) {
        scratch().File(
            register_.clinic,
            registry::Affiliation{register_.clinic.number, registry::DayOf("2026-05-01"), {}},
            person);
      }
    }
    for (const std::string& bytes : scratch().entries()) {
      auto entry = registry::ParseEventEntry(bytes);
      if (!entry.ok()) continue;  // a state entry
      auto token = registry::ParseToken(entry->token, scratch().origin());
      const absl::Status added =
          world_.Append(std::make_shared<const LoggedEvent>(LoggedEvent{
                            entry->index, entry->time_ms, entry->subjects, *std::move(token)}),
                        bytes);
      EXPECT_TRUE(added.ok()) << added;
    }
  }

  registry::ScratchRegister& scratch() { return register_.scratch; }

  ExampleRegister register_;
  std::vector<Party> people_;
  ReplayedWorld world_{register_.scratch.origin(), 1};
};

TEST_F(ReplayedWorldTest, EverySubjectIsWhatItWouldBeInMemory) {
  ASSERT_EQ(world_.subject_count(), scratch().subject_count());
  for (int round = 0; round < 2; ++round) {
    for (uint64_t number = 0; number < world_.subject_count(); ++number) {
      const Subject* right = scratch().world().Find({number});
      const Subject* found = world_.Find({number});
      ASSERT_NE(found, nullptr);
      ASSERT_EQ(found->events().size(), right->events().size()) << number;
      for (size_t i = 0; i < right->events().size(); ++i) {
        EXPECT_EQ(found->events()[i]->index, right->events()[i]->index);
        EXPECT_EQ(found->events()[i]->event().id, right->events()[i]->event().id);
      }
      EXPECT_EQ(found->keys().size(), right->keys().size());
    }
  }
  EXPECT_TRUE(world_.TakeStatus().ok());
}

TEST_F(ReplayedWorldTest, HowEverySubjectCameToBe) {
  for (uint64_t number = 0; number < world_.subject_count(); ++number) {
    const auto right = scratch().world().FindFounding({number});
    const auto found = world_.FindFounding({number});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->anchor, right->anchor);
    EXPECT_EQ(found->kind, right->kind);
    EXPECT_EQ(found->founder, right->founder);
  }
}

TEST_F(ReplayedWorldTest, NobodyBeyondTheLastNumber) {
  EXPECT_EQ(world_.Find({world_.subject_count()}), nullptr);
  EXPECT_FALSE(world_.FindFounding({world_.subject_count()}));
}

}  // namespace
}  // namespace bonafide::client
