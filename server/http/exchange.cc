#include "server/http/exchange.h"

#include <limits>
#include <utility>

#include "certs/reason.h"
#include "server/guarded.h"
#include "server/http/caching.h"
#include "server/http/compression.h"
#include "server/http/problem.h"

namespace bonafide::server::http {
namespace {

// Below this gzip saves less than its own header and tables cost.
constexpr size_t kLeastCompressedBytes = 1024;

Response Options() {
  Response response;
  response.status = 204;
  response.headers = {{"Allow", "GET, HEAD, OPTIONS"},
                      {"Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"},
                      {"Access-Control-Allow-Headers", "If-None-Match"},
                      {"Access-Control-Max-Age", "86400"}};
  return response;
}

}  // namespace

Exchange::Exchange(const answer::Dependencies& dependencies, const RequestHead& head)
    : dependencies_(dependencies), verb_(head.verb), status_(Begin(head)) {}

absl::Status Exchange::Begin(const RequestHead& head) {
  absl::Status found = FindAnswer(head);
  call_.emplace(dependencies_.gate.Begin(
      {head.address, head.forwarded_for, "", std::numeric_limits<int64_t>::max()},
      found.ok() ? match_.route->method : kNothing));
  return call_->admission().ok() ? found : call_->admission();
}

absl::Status Exchange::FindAnswer(const RequestHead& head) {
  if (head.verb == Verb::kOther) {
    return Malformed("method_not_allowed", "everything here is read with GET");
  }
  auto target = ParseTarget(head.target);
  if (!target.ok()) return target.status();
  request_ = {*std::move(target), head.if_none_match, AcceptsGzip(head.accept_encoding)};
  auto match = FindRoute(request_.target);
  if (!match.ok()) return match.status();
  match_ = *std::move(match);
  return absl::OkStatus();
}

bool Exchange::on_pool() const {
  return status_.ok() && verb_ == Verb::kGet && match_.route->on_pool;
}

absl::StatusOr<Response> Exchange::Run() {
  if (!status_.ok()) return status_;
  if (absl::Status late = call_->CheckDeadline(); !late.ok()) return late;
  if (verb_ == Verb::kOptions) return Options();
  auto response = Guarded([this]() -> absl::StatusOr<Response> {
    return match_.route->answer(dependencies_, request_, match_.path);
  });
  if (!response.ok()) return response;
  // Any tag will do for who has some answer already; that there is one is known only now.
  if (request_.if_none_match == "*" && !response->etag.empty()) {
    Response unchanged = NotModified(response->etag, response->cache_control);
    unchanged.of_a_page = response->of_a_page;
    return unchanged;
  }
  if (!response->compressible) return response;
  response->headers.emplace_back("Vary", "Accept-Encoding");
  if (!request_.accepts_gzip || response->body.size() < kLeastCompressedBytes) return response;
  if (!response->compressed.empty()) {
    response->body = response->compressed;
  } else {
    auto compressed = Gzip(response->body, Effort::kFast);
    if (!compressed.ok()) return compressed.status();
    response->body = *std::move(compressed);
  }
  response->headers.emplace_back("Content-Encoding", "gzip");
  return response;
}

Response Exchange::Answer() {
  auto response = Guarded([this] { return Run(); });
  status_ = response.status();
  return response.ok() ? *std::move(response) : ProblemOf(status_);
}

void Exchange::End(const absl::Status& status) {
  if (call_) call_->End(status_.ok() ? status : status_);
}

}  // namespace bonafide::server::http
