// What the admin port of a served register answers.
#ifndef BONAFIDE_TESTS_E2E_ADMIN_PAGE_H_
#define BONAFIDE_TESTS_E2E_ADMIN_PAGE_H_

#include <string>

#include "tests/e2e/served_register.h"

namespace bonafide::e2e {

// The whole answer to GET `path`, header included; empty when there is none.
std::string AdminPage(const ServedRegister& served, const std::string& path);

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_ADMIN_PAGE_H_
