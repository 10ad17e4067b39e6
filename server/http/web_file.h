// The files of web/, which are part of the program (server/http/embed.cmake).
#ifndef BONAFIDE_SERVER_HTTP_WEB_FILE_H_
#define BONAFIDE_SERVER_HTTP_WEB_FILE_H_

#include <span>
#include <string_view>

namespace bonafide::server::http {

struct WebFile {
  std::string_view path;  // below web/: "verify/verify.js"
  std::string_view content;
};

std::span<const WebFile> WebFiles();

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_WEB_FILE_H_
