// What the leak check leaves out of these tests: gRPC 1.51 lets threads of its pool live to the
// end of the process, and with them what OpenSSL keeps for each thread. What the project itself
// gets from OpenSSL is checked in the tests of certs.
// The name is the sanitizer's.
extern "C" const char* __lsan_default_suppressions();  // NOLINT

extern "C" const char* __lsan_default_suppressions() {  // NOLINT
  return "leak:libgpr.so\nleak:libgrpc.so\nleak:libcrypto.so\n";
}
