#include "tests/server/tested_methods.h"

namespace bonafide::server {

std::map<std::string, Tests>& TestedMethods() {
  static std::map<std::string, Tests> methods;
  return methods;
}

bool NoteTest(const std::string& method, bool refused) {
  Tests& tests = TestedMethods()[method];
  ++(refused ? tests.refused : tests.answered);
  return true;
}

}  // namespace bonafide::server
