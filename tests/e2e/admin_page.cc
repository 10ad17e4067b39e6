#include "tests/e2e/admin_page.h"

#include "tests/e2e/open_socket.h"

namespace bonafide::e2e {

std::string AdminPage(const ServedRegister& served, const std::string& path) {
  const OpenSocket socket(served.admin_address());
  if (!socket.Send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
    return {};
  }
  return socket.ReadAll();
}

}  // namespace bonafide::e2e
