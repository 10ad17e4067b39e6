#include "tests/certs/vectors.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace bonafide::certs {

std::optional<std::string> ReadVectors(const std::string& name) {
  const char* folder = std::getenv("BONAFIDE_VECTORS");
  const std::string root = folder ? folder : BONAFIDE_SOURCE_DIR "/../shared/vectors";
  std::ifstream file(root + "/" + name, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

bool VectorsAreRequired() {
  const char* ci = std::getenv("CI");
  return ci != nullptr && std::string_view(ci) == "true";
}

std::string FromHex(std::string_view hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

}  // namespace bonafide::certs
