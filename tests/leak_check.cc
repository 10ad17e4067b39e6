// Looks for leaks while the process is still whole. At its very end threads of gRPC's pool may be
// leaving, and OpenSSL has already forgotten where they keep their errors.
#include <gtest/gtest.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>

namespace {

class LeakCheck final : public ::testing::Environment {
 public:
  void TearDown() override { __lsan_do_leak_check(); }
};

[[maybe_unused]] const auto* const kLeakCheck = ::testing::AddGlobalTestEnvironment(new LeakCheck);

}  // namespace
#endif
