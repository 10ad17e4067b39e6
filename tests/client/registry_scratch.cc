// The register in memory that the tests of room registry play with, compiled into these tests too.
#include "tests/registry/example_register.cc"
#include "tests/registry/scratch_register.cc"
#include "tests/registry/token_forge.cc"
