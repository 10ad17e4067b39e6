#include "proto/qr_code.h"

#include <qrcodegen/qrcodegen.hpp>

#include "registry/registration_number.h"

namespace bonafide::proto {
namespace {

using qrcodegen::QrCode;

constexpr int kQuietModules = 4;

QrCode Encode(const std::string& text) {
  return QrCode::encodeText(text.c_str(), QrCode::Ecc::MEDIUM);
}

}  // namespace

std::string PageAddress(std::string_view configured, std::string_view origin) {
  return configured.empty() ? "https://" + std::string(origin) + "/" : std::string(configured);
}

std::string PageLink(std::string_view page_address, merkle::SubjectNumber subject) {
  return std::string(page_address) + "p/" + registry::RegistrationNumber(subject);
}

std::string QrSvg(const std::string& text) {
  const QrCode code = Encode(text);
  std::string path;
  for (int y = 0; y < code.getSize(); ++y) {
    for (int x = 0; x < code.getSize(); ++x) {
      if (!code.getModule(x, y)) continue;
      path += "M" + std::to_string(x + kQuietModules) + " " + std::to_string(y + kQuietModules) +
              "h1v1h-1z";
    }
  }
  const std::string size = std::to_string(code.getSize() + 2 * kQuietModules);
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + " " + size +
         "\" shape-rendering=\"crispEdges\"><rect width=\"" + size + "\" height=\"" + size +
         "\" fill=\"#fff\"/><path d=\"" + path + "\"/></svg>\n";
}

std::string QrText(const std::string& text) {
  // Upper half, lower half: light, then dark.
  constexpr const char* kBlocks[2][2] = {{" ", "\u2584"}, {"\u2580", "\u2588"}};
  constexpr const char* kBlackOnWhite = "\x1b[30;107m";
  constexpr const char* kAsBefore = "\x1b[0m";
  const QrCode code = Encode(text);
  const int end = code.getSize() + kQuietModules;
  std::string out;
  for (int y = -kQuietModules; y < end; y += 2) {
    out += kBlackOnWhite;
    for (int x = -kQuietModules; x < end; ++x) {
      // Outside of the code every module is light.
      out += kBlocks[code.getModule(x, y) ? 1 : 0][code.getModule(x, y + 1) ? 1 : 0];
    }
    out += kAsBefore;
    out += "\n";
  }
  return out;
}

}  // namespace bonafide::proto
