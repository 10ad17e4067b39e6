#include "server/http/picture_routes.h"

#include <algorithm>
#include <utility>

#include "certs/reason.h"
#include "proto/field.h"
#include "proto/qr_code.h"
#include "registry/registration_number.h"
#include "server/http/caching.h"

namespace bonafide::server::http {
namespace {

using answer::Dependencies;

// "0000-4711-30.svg" as a number.
absl::StatusOr<merkle::SubjectNumber> NumberOf(std::string file) {
  constexpr std::string_view kEnding = ".svg";
  if (!file.ends_with(kEnding)) {
    return Refusal(absl::StatusCode::kNotFound, "route_unknown", "pictures end in .svg");
  }
  file.resize(file.size() - kEnding.size());
  const auto number = registry::ParseRegistrationNumber(file);
  if (!number.ok()) return proto::InField("registration_number", number.status());
  return *number;
}

std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string BadgeSvg(const std::string& name, const std::string& number) {
  const std::string shown = Escaped(name);
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 320 88\" width=\"320\" "
         "height=\"88\" role=\"img\" font-family=\"system-ui,sans-serif\"><title>" +
         shown + " " + number +
         ": check me</title><rect x=\".5\" y=\".5\" width=\"319\" height=\"87\" rx=\"12\" "
         "fill=\"#fff\" stroke=\"#0b5f5a\"/><path d=\"M44 14l20 7.6v15.7c0 12.6-8.3 21.8-20 26-"
         "11.7-4.2-20-13.4-20-26V21.6z\" fill=\"#0b5f5a\"/><g fill=\"#14211f\"><text x=\"84\" "
         "y=\"33\" font-size=\"17\" font-weight=\"600\"" +
         // What is too long is drawn narrower, never cut.
         std::string(name.size() > 24 ? " textLength=\"222\" lengthAdjust=\"spacingAndGlyphs\""
                                      : "") +
         ">" + shown + "</text><text x=\"84\" y=\"53\" font-size=\"14\">" + number +
         "</text></g><text x=\"84\" y=\"74\" font-size=\"14\" font-weight=\"600\" "
         "fill=\"#0b5f5a\">Check me before you trust me</text></svg>\n";
}

Response Picture(std::string svg, std::string etag) {
  Response response;
  response.content_type = "image/svg+xml";
  response.body = std::move(svg);
  response.etag = std::move(etag);
  response.cache_control = kUntilNextHead;
  response.compressible = true;
  return response;
}

absl::StatusOr<Response> AnswerQr(const Dependencies& dependencies, const Request& request,
                                  const PathValues& path) {
  if (absl::Status status = RefuseQuery(request.target); !status.ok()) return status;
  const auto number = NumberOf(path[0]);
  if (!number.ok()) return number.status();
  const std::string link = proto::PageLink(dependencies.page_address, *number);
  const std::string etag = EtagOf(link);
  if (auto unchanged = Unchanged(request, etag, kUntilNextHead)) return *std::move(unchanged);
  return Picture(proto::QrSvg(link), etag);
}

absl::StatusOr<Response> AnswerBadge(const Dependencies& dependencies, const Request& request,
                                     const PathValues& path) {
  if (absl::Status status = RefuseQuery(request.target); !status.ok()) return status;
  const auto number = NumberOf(path[0]);
  if (!number.ok()) return number.status();
  const auto view = dependencies.reg.Newest();
  if (!view.ok()) return view.status();
  const std::string etag = EtagOf(**view, request.target);
  if (auto unchanged = Unchanged(request, etag, kUntilNextHead)) return *std::move(unchanged);
  const auto name = (*view)->PractitionerName(*number);
  if (!name.ok()) return name.status();
  return Picture(BadgeSvg(*name, registry::RegistrationNumber(*number)), etag);
}

constexpr Route kRoutes[] = {
    {.pattern = "/qr/{picture}",
     .method = "/http/File",
     .answer = AnswerQr,
     .summary = "The address of a practitioner's page as a QR code: <registration number>.svg.",
     .content = "image/svg+xml"},
    {.pattern = "/badge/{picture}",
     .method = "/bonafide.v1.LookupService/GetSubject",
     .answer = AnswerBadge,
     .summary = "A badge for a practitioner's own web site: <registration number>.svg.",
     .content = "image/svg+xml"},
};

}  // namespace

std::span<const Route> PictureRoutes() { return kRoutes; }

}  // namespace bonafide::server::http
