// A served register with its players, one for all tests of a suite.
#ifndef BONAFIDE_TESTS_E2E_STAGE_H_
#define BONAFIDE_TESTS_E2E_STAGE_H_

#include <gtest/gtest.h>

#include "tests/e2e/players.h"
#include "tests/e2e/served_register.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::e2e {

// Suites derive from it, and run one after the other.
class Stage : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    directory_ = new storage::TemporaryDirectory;
    served_ = new ServedRegister(*directory_ / "register");
    served_->Start();
    players_ = new Players(*served_, directory_->path());
  }
  static void TearDownTestSuite() {
    delete players_;
    delete served_;
    delete directory_;
  }

  static inline storage::TemporaryDirectory* directory_ = nullptr;
  static inline ServedRegister* served_ = nullptr;
  static inline Players* players_ = nullptr;
};

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_STAGE_H_
