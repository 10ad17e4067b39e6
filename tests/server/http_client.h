// Requests to the front over a real socket, one connection each, and what comes back.
#ifndef BONAFIDE_TESTS_SERVER_HTTP_CLIENT_H_
#define BONAFIDE_TESTS_SERVER_HTTP_CLIENT_H_

#include <map>
#include <string>
#include <vector>

#include "certs/json.h"
#include "tests/server/tested_methods.h"

namespace bonafide::server {

struct HttpReply {
  int status = 0;                              // 0: nothing came
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;

  std::string Header(const std::string& name) const;
  certs::Json Json() const;    // null where the body is none
  std::string Reason() const;  // of a problem
};

// What `bytes` says; a reply that is cut off fails the test.
HttpReply ParseReply(const std::string& bytes, bool head_only = false);

// `headers` are whole lines, "If-None-Match: *".
HttpReply Ask(int port, const std::string& method, const std::string& target,
              const std::vector<std::string>& headers = {});
HttpReply Get(int port, const std::string& target, const std::vector<std::string>& headers = {});

// Of bytes that Gzip made.
std::string Gunzip(const std::string& bytes);

}  // namespace bonafide::server

// A test of what a route answers, and one of what it refuses.
#define BONAFIDE_ROUTE_TEST(fixture, pattern, name, refused)                    \
  [[maybe_unused]] static const bool kNoted##name = NoteTest(pattern, refused); \
  TEST_F(fixture, name)
#define ROUTE_ANSWERS(fixture, pattern, name) BONAFIDE_ROUTE_TEST(fixture, pattern, name, false)
#define ROUTE_REFUSES(fixture, pattern, name) BONAFIDE_ROUTE_TEST(fixture, pattern, name, true)

#endif  // BONAFIDE_TESTS_SERVER_HTTP_CLIENT_H_
