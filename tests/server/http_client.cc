#include "tests/server/http_client.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "tests/server/wire.h"

namespace bonafide::server {

std::string HttpReply::Header(const std::string& name) const {
  const auto at = headers.find(name);
  return at == headers.end() ? "" : at->second;
}

certs::Json HttpReply::Json() const {
  auto json = certs::ParseJson(body, {.size_bytes = 64u << 20, .values = 1u << 20});
  return json.ok() ? *std::move(json) : certs::Json();
}

std::string HttpReply::Reason() const {
  const certs::Json json = Json();
  const std::string* reason = json.FindString("reason");
  return reason == nullptr ? "" : *reason;
}

HttpReply ParseReply(const std::string& bytes, bool head_only) {
  HttpReply reply;
  if (bytes.empty()) return reply;
  const size_t end = bytes.find("\r\n\r\n");
  if (!bytes.starts_with("HTTP/1.") || end == std::string::npos) {
    ADD_FAILURE() << "no reply: " << bytes.substr(0, 200);
    return reply;
  }
  reply.status = std::atoi(bytes.c_str() + 9);
  for (size_t line = bytes.find("\r\n") + 2; line < end + 2;) {
    const size_t line_end = bytes.find("\r\n", line);
    const size_t colon = bytes.find(": ", line);
    std::string name = bytes.substr(line, colon - line);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    EXPECT_TRUE(reply.headers.emplace(name, bytes.substr(colon + 2, line_end - colon - 2)).second)
        << name << " stands there twice";
    line = line_end + 2;
  }
  reply.body = bytes.substr(end + 4);
  const std::string length = reply.Header("content-length");
  if (!head_only && !length.empty()) {
    EXPECT_EQ(reply.body.size(), std::stoull(length));
  }
  return reply;
}

HttpReply Ask(int port, const std::string& method, const std::string& target,
              const std::vector<std::string>& headers) {
  Wire wire(port, Wire::As::kTls);
  std::string text = method + " " + target + " HTTP/1.1\r\nHost: register.example\r\n";
  for (const std::string& header : headers) text += header + "\r\n";
  EXPECT_TRUE(wire.Send(text + "Connection: close\r\n\r\n"));
  return ParseReply(wire.ReadAll(), method == "HEAD");
}

HttpReply Get(int port, const std::string& target, const std::vector<std::string>& headers) {
  return Ask(port, "GET", target, headers);
}

std::string Gunzip(const std::string& bytes) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string out(bytes.size() * 200 + 1024, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

}  // namespace bonafide::server
