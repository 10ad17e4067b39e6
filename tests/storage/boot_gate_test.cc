#include "storage/register/boot_gate.h"

#include <gtest/gtest.h>

#include "certs/reason.h"
#include "merkle/hash.h"

namespace bonafide::storage {
namespace {

const Digest kOld = merkle::LeafHash("old");
const Digest kNew = merkle::LeafHash("new");
const merkle::Checkpoint kStored = {"register.example/test", {10}, kNew};

bool MaySign(const absl::StatusOr<merkle::Checkpoint>& mark, const absl::StatusOr<Digest>& root) {
  const BootRuling ruling =
      JudgeBoot(kStored, mark, [&](merkle::TreeSize size) -> absl::StatusOr<Digest> {
        EXPECT_EQ(size, mark->size);
        return root;
      });
  EXPECT_NE(ruling.may_sign, !ruling.message.empty()) << "a refusal says why";
  return ruling.may_sign;
}

merkle::Checkpoint Mark(uint64_t size, const Digest& root) {
  return {"register.example/test", {size}, root};
}

TEST(BootGateTest, SignsWhereTheStoreIsItsMarkOrGrewFromIt) {
  EXPECT_TRUE(MaySign(Mark(10, kNew), kNew));
  EXPECT_TRUE(MaySign(Mark(8, kOld), kOld));
}

TEST(BootGateTest, NeverSignsOtherwise) {
  EXPECT_FALSE(MaySign(Mark(11, kNew), kNew)) << "behind";
  EXPECT_FALSE(MaySign(Mark(10, kOld), kOld)) << "the same size, another root";
  EXPECT_FALSE(MaySign(Mark(8, kOld), kNew)) << "ahead, but of another history";
  EXPECT_FALSE(MaySign(Mark(8, kOld), Damaged("record_missing", "gone"))) << "cannot be shown";
  EXPECT_FALSE(MaySign(merkle::Checkpoint{"other.example", {8}, kOld}, kOld));
  EXPECT_FALSE(MaySign(Damaged("high_water_damaged", "torn"), kOld));
}

}  // namespace
}  // namespace bonafide::storage
