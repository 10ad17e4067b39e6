#include "tests/style/include_table.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace bonafide::style {
namespace {

using Names = std::set<std::string, std::less<>>;

// What protoc makes stands for a room of its own; so do the two kinds of code that use all rooms.
constexpr std::string_view kGenerated = "generated";

const std::map<std::string, Names, std::less<>>& RoomsOf() {
  static const std::map<std::string, Names, std::less<>> kTable = {
      {"certs", {}},
      {"merkle", {"certs"}},
      {"registry", {"merkle", "certs"}},
      {"proto", {"registry", "merkle", "certs", "generated"}},
      {"storage", {"proto", "registry", "merkle", "certs"}},
      {"server", {"storage", "proto", "registry", "merkle", "certs", "generated"}},
      {"client", {"proto", "registry", "merkle", "certs", "generated"}},
  };
  return kTable;
}

// Within a room that has folders, which other folders of it a folder may use.
const std::map<std::string, Names, std::less<>>& FoldersOf() {
  static const std::map<std::string, Names, std::less<>> kTable = {
      {"server", {"server/answer", "server/command", "server/http", "server/rpc"}},
      {"server/answer", {"server"}},
      {"server/command", {"server"}},
      {"server/rpc", {"server", "server/answer"}},
      {"server/http", {"server", "server/answer"}},
      {"storage/database", {}},
      {"storage/history", {"storage/database"}},
      {"storage/log", {"storage/database", "storage/history"}},
      {"storage/names", {"storage/database", "storage/history"}},
      {"storage/papers", {"storage/database", "storage/history"}},
      {"storage/register", {"storage/database", "storage/history", "storage/log", "storage/names"}},
      {"storage/personal",
       {"storage/database", "storage/history", "storage/log", "storage/names", "storage/papers",
        "storage/register"}},
      {"storage/check",
       {"storage/database", "storage/history", "storage/log", "storage/papers",
        "storage/register"}},
  };
  return kTable;
}

// Third-party headers by the beginning of their names, with the beginnings of the paths that may
// include them.
const std::map<std::string, Names, std::less<>>& LibrariesOf() {
  static const std::map<std::string, Names, std::less<>> kTable = {
      {"openssl/", {"certs/"}},
      {"nlohmann/", {"certs/"}},
      {"rocksdb/", {"storage/"}},
      {"unicode/", {"storage/"}},
      {"google/protobuf/", {"proto/", "server/", "client/"}},
      {"grpc/", {"server/", "client/"}},
      {"grpcpp/", {"server/", "client/"}},
      {"spdlog/", {"server/", "client/"}},
      {"fmt/", {"server/", "client/"}},
      {"prometheus/", {"server/"}},
      {"boost/", {"server/http/"}},
      {"zlib.h", {"server/http/"}},
      {"qrcodegen/", {"proto/"}},
      {"jemalloc/", {"server/"}},
      {"CLI/", {"client/cli/", "server/main", "server/cli"}},
      {"absl/", {"certs/", "merkle/", "registry/", "proto/", "storage/", "server/", "client/"}},
      {"gtest/", {}},
      {"gmock/", {}},
      {"benchmark/", {}},
      {"fuzzer/", {}},
  };
  return kTable;
}

bool UsesEveryRoom(std::string_view room) { return room == "tests" || room == "bench"; }

std::string_view FirstFolder(std::string_view path) {
  const size_t slash = path.find('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view FolderOf(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

struct Include {
  std::string_view name;
  bool quoted = false;
  size_t line = 0;
};

std::vector<Include> IncludesOf(const SourceFile& file) {
  std::vector<Include> includes;
  size_t number = 0;
  for (std::string_view line : Lines(file.text)) {
    ++number;
    auto skip_blanks = [&line] {
      line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    };
    skip_blanks();
    if (!line.starts_with('#')) continue;
    line.remove_prefix(1);
    skip_blanks();
    if (!line.starts_with("include")) continue;
    line.remove_prefix(7);
    skip_blanks();
    if (line.empty() || (line[0] != '"' && line[0] != '<')) continue;
    const bool quoted = line[0] == '"';
    line.remove_prefix(1);
    includes.push_back({line.substr(0, line.find(quoted ? '"' : '>')), quoted, number});
  }
  return includes;
}

// The room `name` belongs to; empty when it is no header of this project.
std::string_view RoomOfInclude(std::string_view name) {
  if (name.ends_with(".pb.h") && !name.starts_with("google/protobuf/")) return kGenerated;
  const std::string_view folder = FirstFolder(name);
  return RoomsOf().contains(folder) || UsesEveryRoom(folder) ? folder : std::string_view();
}

// The third-party library of `name` as LibrariesOf() spells it; empty when it is not of one.
std::string_view LibraryOf(std::string_view name) {
  for (const auto& [library, rooms] : LibrariesOf()) {
    if (name.starts_with(library)) return library;
  }
  return {};
}

bool IsSystem(std::string_view name) {
  static const Names kFolders = {"sys", "netinet", "arpa", "net", "linux", "asm"};
  const std::string_view folder = FirstFolder(name);
  return folder.empty() || kFolders.contains(folder);
}

bool TouchesTheWorld(std::string_view name) {
  static const Names kHeaders = {"fstream", "iostream", "filesystem", "unistd.h",
                                 "fcntl.h", "dirent.h", "poll.h",     "netdb.h"};
  if (name == "arpa/inet.h") return false;  // addresses as text
  const std::string_view folder = FirstFolder(name);
  return kHeaders.contains(name) || (!folder.empty() && IsSystem(name));
}

// Pure rooms do no I/O. The one exception is a private key's file, whose owner and mode have to be
// checked in the same way by everybody who opens one.
bool IsPure(std::string_view room, std::string_view path) {
  if (path == "certs/key_file.cc") return false;
  return room == "certs" || room == "merkle" || room == "registry" || room == "proto";
}

// What is wrong with a file in `folder` including `name`, which is in `target` of the same room;
// empty when nothing is.
std::string FaultWithin(std::string_view folder, std::string_view target, const std::string& name) {
  const auto& folders = FoldersOf();
  const auto uses = folders.find(folder);
  if (target == folder || (uses == folders.end() && !folders.contains(target))) return {};
  if (uses != folders.end() && uses->second.contains(target)) return {};
  return std::string(folder) + " may not include " + name;
}

// What is wrong with `include` in `file`, which is in `room`; empty when nothing is.
std::string Fault(const SourceFile& file, std::string_view room, const Include& include) {
  const std::string name(include.name);
  const std::string_view target = RoomOfInclude(name);
  if (!target.empty()) {
    if (UsesEveryRoom(room)) return {};
    if (target == room) return FaultWithin(FolderOf(file.path), FolderOf(name), name);
    if (RoomsOf().at(std::string(room)).contains(target)) return {};
    return std::string(room) + " may not include " + name;
  }
  const std::string_view library = LibraryOf(name);
  if (library.empty()) {
    if (include.quoted) return "not from the project's root: " + name;
    if (!IsSystem(name)) return "a library that is not in the include table: " + name;
    if (IsPure(room, file.path) && TouchesTheWorld(name)) return "a pure room does no I/O: " + name;
    return {};
  }
  if (UsesEveryRoom(room)) return {};
  if (library == "absl/" && file.IsHeader() && !name.starts_with("absl/status/")) {
    return "of abseil only Status may be in a header: " + name;
  }
  const Names& allowed = LibrariesOf().at(std::string(library));
  const bool found = std::ranges::any_of(
      allowed, [&file](const std::string& beginning) { return file.path.starts_with(beginning); });
  return found ? std::string() : file.path + " may not include the library of " + name;
}

// The library that `include` brings by itself and no other room may get through it.
std::optional<std::string> Brings(const Include& include) {
  if (!RoomOfInclude(include.name).empty()) return std::nullopt;
  const std::string_view library = LibraryOf(include.name);
  static const Names kShared = {"absl/", "google/protobuf/", "grpc/", "grpcpp/"};
  if (library.empty() || kShared.contains(library)) return std::nullopt;
  return std::string(library);
}

}  // namespace

std::vector<Finding> ForbiddenIncludes(const SourceFile& file) {
  std::vector<Finding> findings;
  const std::string_view room = FirstFolder(file.path);
  if (!file.IsCode() || (!RoomsOf().contains(room) && !UsesEveryRoom(room))) return findings;
  for (const Include& include : IncludesOf(file)) {
    std::string fault = Fault(file, room, include);
    if (!fault.empty()) findings.push_back({file.path, include.line, std::move(fault)});
  }
  return findings;
}

std::vector<Finding> LeakingHeaders(const std::vector<SourceFile>& files) {
  // Which library each header brings, found by going round until nothing is added.
  std::map<std::string, std::string, std::less<>> brings;
  for (bool added = true; added;) {
    added = false;
    for (const SourceFile& file : files) {
      if (!file.IsHeader() || brings.contains(file.path)) continue;
      for (const Include& include : IncludesOf(file)) {
        std::optional<std::string> library = Brings(include);
        if (!library) {
          const auto through = brings.find(include.name);
          if (through != brings.end()) library = through->second;
        }
        if (!library) continue;
        brings.emplace(file.path, *library);
        added = true;
        break;
      }
    }
  }
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    const std::string_view room = FirstFolder(file.path);
    if (!file.IsCode() || !RoomsOf().contains(room)) continue;
    for (const Include& include : IncludesOf(file)) {
      const auto found = brings.find(include.name);
      if (found == brings.end() || FirstFolder(include.name) == room) continue;
      findings.push_back(
          {file.path, include.line, found->first + " brings " + found->second + " along"});
    }
  }
  return findings;
}

}  // namespace bonafide::style
