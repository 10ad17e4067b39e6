// Which methods of the API are tested, so that a test can name those that are not.
#ifndef BONAFIDE_TESTS_SERVER_TESTED_METHODS_H_
#define BONAFIDE_TESTS_SERVER_TESTED_METHODS_H_

#include <map>
#include <string>

namespace bonafide::server {

struct Tests {
  int answered = 0;
  int refused = 0;
};

// By full name, "/bonafide.v1.LookupService/Verify".
std::map<std::string, Tests>& TestedMethods();
bool NoteTest(const std::string& method, bool refused);

}  // namespace bonafide::server

// A test of what a method answers, and one of what it refuses. `fixture` is a class of the test.
#define BONAFIDE_RPC_TEST(fixture, service, method, name, refused)   \
  [[maybe_unused]] static const bool kNoted##service##method##name = \
      NoteTest("/bonafide.v1." #service "/" #method, refused);       \
  TEST_F(fixture, method##name)
#define ANSWERS(fixture, service, method, name) \
  BONAFIDE_RPC_TEST(fixture, service, method, name, false)
#define REFUSES(fixture, service, method, name) \
  BONAFIDE_RPC_TEST(fixture, service, method, name, true)

#endif  // BONAFIDE_TESTS_SERVER_TESTED_METHODS_H_
