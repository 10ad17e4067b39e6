// Whole files as text.
#ifndef BONAFIDE_TESTS_E2E_FILE_H_
#define BONAFIDE_TESTS_E2E_FILE_H_

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace bonafide::e2e {

// The bytes of `path`; nothing when it cannot be read.
inline std::string ReadText(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Makes or replaces `path`.
inline void WriteText(const std::string& path, std::string_view text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (out) return;
  std::fprintf(stderr, "cannot write %s\n", path.c_str());
  std::abort();
}

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_FILE_H_
