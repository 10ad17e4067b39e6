#include "storage/register/subject_cache.h"

#include <gtest/gtest.h>

#include <memory>
#include <utility>

namespace bonafide::storage {
namespace {

SubjectCache::SubjectPtr SubjectOf(uint64_t number, size_t events) {
  auto subject = std::make_shared<registry::Subject>(registry::SubjectNumber{number});
  for (size_t i = 0; i < events; ++i) {
    registry::Event event{
        {}, certs::KeyId(Digest()), {}, "", "", 0, {}, {}, {}, registry::PractitionerRegistered{}};
    subject->Append(std::make_shared<const registry::LoggedEvent>(registry::LoggedEvent{
        {i}, 0, {registry::SubjectNumber{number}}, {certs::Jws(), std::move(event)}}));
  }
  return subject;
}

TEST(SubjectCache, HoldsSoManyEventsTheLastWantedFirst) {
  SubjectCache cache(10);
  cache.Keep(SubjectOf(1, 4));
  cache.Keep(SubjectOf(2, 4));
  EXPECT_NE(cache.Find({1}, 4), nullptr);
  cache.Keep(SubjectOf(3, 2));
  EXPECT_NE(cache.Find({2}, 4), nullptr) << "ten are not too many";
  cache.Keep(SubjectOf(4, 1));
  EXPECT_EQ(cache.Find({1}, 4), nullptr) << "it was wanted longest ago";
  EXPECT_NE(cache.Find({2}, 4), nullptr);
  EXPECT_NE(cache.Find({3}, 2), nullptr);
  EXPECT_NE(cache.Find({4}, 1), nullptr);
}

TEST(SubjectCache, ASubjectGrowsAndNeverShrinks) {
  SubjectCache cache(10);
  cache.Keep(SubjectOf(1, 4));
  cache.Keep(SubjectOf(1, 6));
  cache.Keep(SubjectOf(1, 5));
  EXPECT_NE(cache.Find({1}, 6), nullptr);
  EXPECT_EQ(cache.Find({1}, 5), nullptr) << "right only for who expects as many";
  cache.Keep(SubjectOf(2, 4));
  EXPECT_NE(cache.Find({1}, 6), nullptr) << "ten in all";
  cache.Keep(SubjectOf(2, 5));
  EXPECT_EQ(cache.Find({1}, 6), nullptr);
  EXPECT_NE(cache.Find({2}, 5), nullptr);
}

TEST(SubjectCache, WhatIsTooLargeIsNotKept) {
  SubjectCache cache(10);
  cache.Keep(SubjectOf(1, 11));
  EXPECT_EQ(cache.Find({1}, 11), nullptr);
  cache.Keep(SubjectOf(2, 10));
  EXPECT_NE(cache.Find({2}, 10), nullptr) << "nothing of it is counted any more";
  cache.Clear();
  EXPECT_EQ(cache.Find({2}, 10), nullptr);
  cache.Keep(SubjectOf(2, 10));
  EXPECT_NE(cache.Find({2}, 10), nullptr);
}

}  // namespace
}  // namespace bonafide::storage
