#include "certs/reason.h"

#include <gtest/gtest.h>

namespace bonafide {
namespace {

TEST(ReasonTest, TravelsWithTheStatus) {
  const absl::Status status = Malformed("some_reason", "what was wrong");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "some_reason");
  EXPECT_EQ(NotAdmitted("r", "m").code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Damaged("r", "m").code(), absl::StatusCode::kDataLoss);
}

TEST(ReasonTest, SurvivesAPrefix) {
  const absl::Status status = Within("row 7", Damaged("some_reason", "what was wrong"));
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(ReasonOf(status), "some_reason");
  EXPECT_EQ(std::string(status.message()), "row 7: what was wrong");
  EXPECT_TRUE(Within("row 7", absl::OkStatus()).ok());
}

TEST(ReasonTest, IsEmptyWhereThereIsNone) {
  EXPECT_EQ(ReasonOf(absl::OkStatus()), "");
  EXPECT_EQ(ReasonOf(absl::InternalError("x")), "");
}

}  // namespace
}  // namespace bonafide
