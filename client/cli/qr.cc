#include <cctype>
#include <memory>
#include <string>

#include "certs/reason.h"
#include "client/cli/argument_value.h"
#include "client/cli/commands.h"
#include "client/cli/exit_code.h"
#include "client/state_file.h"
#include "proto/qr_code.h"

namespace bonafide::client::cli {
namespace {

using certs::Json;

constexpr size_t kMaxAddressBytes = 512;

struct Options {
  std::string number, page, svg;
};

absl::Status CheckAddress(const std::string& page) {
  bool plain = page.size() <= kMaxAddressBytes;
  for (const char c : page) plain = plain && std::isgraph(static_cast<unsigned char>(c)) != 0;
  if (plain && page.starts_with("https://") && page.ends_with('/')) return absl::OkStatus();
  return Malformed("page_address",
                   "--page: an address such as https://register.example/, with its last slash");
}

int PrintQr(const Options& options, Session& session) {
  session.Begin();
  Output& out = session.out();
  const auto number = ParseNumber("number", options.number);
  if (!number.ok()) return out.Usage(number.status());
  std::string page = options.page;
  if (page.empty()) {
    const auto trust = session.trust();
    if (!trust.ok()) return out.Failed(trust.status());
    page = proto::PageAddress("", (*trust)->anchors.origin);
  } else if (absl::Status status = CheckAddress(page); !status.ok()) {
    return out.Usage(status);
  }
  const std::string link = proto::PageLink(page, *number);
  const std::string svg = proto::QrSvg(link);
  if (!options.svg.empty()) {
    absl::Status status = ReplaceFile(options.svg, svg, 0644);
    if (!status.ok()) return out.Failed(status);
  }
  out.Value(Json::Object({{"address", Json::String(link)}, {"svg", Json::String(svg)}}));
  if (session.quiet()) {
    out.Line(link);
    return kYes;
  }
  out.Line(proto::QrText(link));
  out.Line(link);
  if (!options.svg.empty()) out.Line(options.svg + ": the same, for the wall");
  return kYes;
}

}  // namespace

void AddQr(Arguments& program, Session& session) {
  auto options = std::make_shared<Options>();
  Arguments command = program.Command("qr", "Print the QR code that leads to a person's page");
  command.Option("number", options->number, "Registration number", Need::kRequired);
  command.Option("--svg", options->svg, "Write it to this file too, to be printed");
  command.Option("--page", options->page,
                 "Where the page is (default: https:// and the origin of the trust file)");
  command.Run([options, &session] { return PrintQr(*options, session); });
}

}  // namespace bonafide::client::cli
