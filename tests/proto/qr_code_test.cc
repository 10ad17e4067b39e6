#include "proto/qr_code.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace bonafide::proto {
namespace {

using Modules = std::set<std::pair<int, int>>;  // x and y of the dark ones

// From "M4 4h1v1h-1zM5 4h1v1h-1z...".
Modules ReadSvg(const std::string& svg) {
  Modules dark;
  for (size_t at = svg.find("d=\"M") + 3; svg[at] == 'M';) {
    size_t used = 0;
    const int x = std::stoi(svg.substr(at + 1), &used);
    at += 1 + used;
    const int y = std::stoi(svg.substr(at), &used);
    at += used;
    EXPECT_EQ(svg.substr(at, 9), "h1v1h-1z" + svg.substr(at + 8, 1));
    at += 8;
    dark.emplace(x, y);
  }
  return dark;
}

Modules ReadText(std::string text) {
  const auto drop = [&text](const std::string& what) {
    for (size_t at; (at = text.find(what)) != std::string::npos;) text.erase(at, what.size());
  };
  drop("\x1b[30;107m");
  drop("\x1b[0m");
  Modules dark;
  int x = 0, y = 0;
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '\n') {
      x = 0, y += 2, ++at;
      continue;
    }
    const std::string block = text[at] == ' ' ? " " : text.substr(at, 3);
    at += block.size();
    if (block == "\u2580" || block == "\u2588") dark.emplace(x, y);
    if (block == "\u2584" || block == "\u2588") dark.emplace(x, y + 1);
    ++x;
  }
  return dark;
}

TEST(QrCode, APageHasAnAddress) {
  EXPECT_EQ(PageAddress("", "register.example/demo"), "https://register.example/demo/");
  EXPECT_EQ(PageAddress("https://page.example/", "register.example"), "https://page.example/");
  EXPECT_EQ(PageLink("https://page.example/", {4711}), "https://page.example/p/0000-4711-30");
}

TEST(QrCode, PictureAndTextAreTheSameCode) {
  const std::string link = "https://register.example/demo/p/0000-4711-30";
  const std::string svg = QrSvg(link);
  const Modules dark = ReadSvg(svg);
  EXPECT_EQ(dark, ReadText(QrText(link)));
  // Version 4 has 33 modules a side, and four around it.
  EXPECT_NE(svg.find("viewBox=\"0 0 41 41\""), std::string::npos);
  for (const auto& [x, y] : dark) {
    EXPECT_TRUE(x >= 4 && x < 37 && y >= 4 && y < 37) << x << " " << y;
  }
  // The finder patterns: a ring of seven with three by three inside, in three corners.
  for (const auto& [left, top] : {std::pair{4, 4}, {30, 4}, {4, 30}}) {
    for (int x = 0; x < 7; ++x) {
      for (int y = 0; y < 7; ++y) {
        const int ring = std::max(std::abs(x - 3), std::abs(y - 3));
        EXPECT_EQ(dark.contains({left + x, top + y}), ring != 2) << x << " " << y;
      }
    }
  }
  EXPECT_NE(dark, ReadSvg(QrSvg(link + "1")));
}

}  // namespace
}  // namespace bonafide::proto
