#include "server/http/log_routes.h"

#include <charconv>
#include <utility>

#include "bonafide/v1/log.pb.h"
#include "certs/reason.h"
#include "merkle/frame.h"
#include "merkle/tile.h"
#include "proto/field.h"
#include "server/answer/log.h"
#include "server/http/caching.h"
#include "server/http/message_json.h"

namespace bonafide::server::http {
namespace {

using answer::Dependencies;

constexpr Parameter kHead[] = {{"head", "head", false, "Which signed head."}};
constexpr Parameter kInclusion[] = {{"tree_size", "tree_size", false,
                                     "Size of the log to prove it in; without it the newest.", "",
                                     kMostNumber}};
constexpr Parameter kConsistency[] = {
    {"first_size", "first_size", true, "The smaller size, at least 1.", "", kMostNumber},
    {"second_size", "second_size", false, "The larger size; without it the newest.", "",
     kMostNumber}};

// What `call` makes of `message`, as JSON that holds until the next head of that kind.
template <typename Message, typename Answer, typename Call>
absl::StatusOr<Response> AsJson(const Dependencies& dependencies, const Request& request,
                                const Message& message, Answer& answer, Call&& call,
                                v1::Head head = v1::HEAD_NEWEST) {
  const auto view = dependencies.ViewOf(head);
  if (!view.ok()) return view.status();
  Response response;
  response.etag = EtagOf(**view, request.target);
  response.cache_control = kUntilNextHead;
  if (auto unchanged = Unchanged(request, response.etag, response.cache_control)) {
    return *std::move(unchanged);
  }
  if (absl::Status status = call(dependencies, message, &answer); !status.ok()) return status;
  auto json = ToJson(answer);
  if (!json.ok()) return json.status();
  response.content_type = "application/json";
  response.body = *std::move(json);
  response.compressible = true;
  return response;
}

absl::StatusOr<Response> AnswerCheckpoint(const Dependencies& dependencies, const Request& request,
                                          const PathValues&) {
  v1::GetCheckpointRequest message;
  if (absl::Status status = FillFromQuery(request.target, kHead, message); !status.ok()) {
    return status;
  }
  v1::GetCheckpointResponse answer;
  return AsJson(dependencies, request, message, answer, answer::GetCheckpoint, message.head());
}

absl::StatusOr<Response> AnswerInclusion(const Dependencies& dependencies, const Request& request,
                                         const PathValues& path) {
  v1::GetInclusionProofRequest message;
  uint64_t index = 0;
  const auto [end, error] = std::from_chars(path[0].data(), path[0].data() + path[0].size(), index);
  if (error != std::errc() || std::to_string(index) != path[0]) {
    return proto::MalformedField("index", "query_value", "index has to be a whole number");
  }
  message.set_index(index);
  if (absl::Status status = FillFromQuery(request.target, kInclusion, message); !status.ok()) {
    return status;
  }
  v1::GetInclusionProofResponse answer;
  return AsJson(dependencies, request, message, answer, answer::GetInclusionProof);
}

absl::StatusOr<Response> AnswerConsistency(const Dependencies& dependencies, const Request& request,
                                           const PathValues&) {
  v1::GetConsistencyProofRequest message;
  if (absl::Status status = FillFromQuery(request.target, kConsistency, message); !status.ok()) {
    return status;
  }
  v1::GetConsistencyProofResponse answer;
  return AsJson(dependencies, request, message, answer, answer::GetConsistencyProof);
}

absl::StatusOr<Response> AnswerNote(const Dependencies& dependencies, const Request& request,
                                    const PathValues&) {
  if (absl::Status status = RefuseQuery(request.target); !status.ok()) return status;
  const auto view = dependencies.reg.Newest();
  if (!view.ok()) return view.status();
  Response response;
  response.etag = EtagOf(**view, request.target);
  response.cache_control = kUntilNextHead;
  if (auto unchanged = Unchanged(request, response.etag, response.cache_control)) {
    return *std::move(unchanged);
  }
  response.content_type = "text/plain; charset=utf-8";
  response.body = (*view)->note();
  return response;
}

// The one path of what is asked for. An unknown one is as good as not there.
absl::Status AsNotFound(const absl::Status& status) {
  return Refusal(absl::StatusCode::kNotFound, ReasonOf(status), std::string(status.message()));
}

absl::StatusOr<Response> AnswerTile(const Dependencies& dependencies, const Request& request,
                                    const PathValues&) {
  if (absl::Status status = RefuseQuery(request.target); !status.ok()) return status;
  const auto tile = merkle::ParseTilePath(request.target.path.substr(1));
  if (!tile.ok()) return AsNotFound(tile.status());
  const auto view = dependencies.reg.Newest();
  if (!view.ok()) return view.status();
  auto hashes = (*view)->ReadTile(*tile);
  if (!hashes.ok()) return hashes.status();
  Response response;
  response.content_type = "application/octet-stream";
  response.body = *std::move(hashes);
  response.cache_control = kImmutable;
  return response;
}

absl::StatusOr<Response> AnswerEntries(const Dependencies& dependencies, const Request& request,
                                       const PathValues&) {
  if (absl::Status status = RefuseQuery(request.target); !status.ok()) return status;
  const auto bundle = merkle::ParseBundlePath(request.target.path.substr(1));
  if (!bundle.ok()) return AsNotFound(bundle.status());
  const auto view = dependencies.reg.Newest();
  if (!view.ok()) return view.status();
  if (bundle->width > merkle::BundleWidthAt(bundle->index, (*view)->size())) {
    return Refusal(absl::StatusCode::kNotFound, "tile_unknown", "the log has no such bundle yet");
  }
  constexpr uint64_t kMaxBundleBytes =
      uint64_t{merkle::kTileWidth} * (merkle::kMaxEntrySizeBytes + merkle::kFrameHeaderSizeBytes);
  const auto entries = (*view)->ReadEntries(merkle::LogIndex{bundle->index * merkle::kTileWidth},
                                            bundle->width, kMaxBundleBytes);
  if (!entries.ok()) return entries.status();
  Response response;
  for (const std::string& entry : *entries) {
    if (absl::Status status = merkle::AppendFrame(entry, response.body); !status.ok()) {
      return Damaged(ReasonOf(status), "an entry of the log has no length");
    }
  }
  response.content_type = "application/octet-stream";
  response.cache_control = kImmutable;
  response.compressible = true;
  return response;
}

constexpr Route kRoutes[] = {
    {.pattern = "/v1/log/checkpoint",
     .method = "/bonafide.v1.LogService/GetCheckpoint",
     .answer = AnswerCheckpoint,
     .parameters = kHead,
     .request = "bonafide.v1.GetCheckpointRequest",
     .summary = "The signed head.",
     .content = "bonafide.v1.GetCheckpointResponse"},
    {.pattern = "/v1/log/entries/{index}/inclusion-proof",
     .method = "/bonafide.v1.LogService/GetInclusionProof",
     .answer = AnswerInclusion,
     .parameters = kInclusion,
     .request = "bonafide.v1.GetInclusionProofRequest",
     .summary = "Proof that an entry is in the log of a size.",
     .content = "bonafide.v1.GetInclusionProofResponse"},
    {.pattern = "/v1/log/consistency-proof",
     .method = "/bonafide.v1.LogService/GetConsistencyProof",
     .answer = AnswerConsistency,
     .parameters = kConsistency,
     .request = "bonafide.v1.GetConsistencyProofRequest",
     .summary = "Proof that the log of one size begins with the log of a smaller one.",
     .content = "bonafide.v1.GetConsistencyProofResponse"},
    {.pattern = "/checkpoint",
     .method = "/bonafide.v1.LogService/GetCheckpoint",
     .answer = AnswerNote,
     .summary = "The signed head as C2SP tlog-tiles has it: a signed note.",
     .content = "text/plain"},
    {.pattern = "/tile/entries/{bundle...}",
     .method = "/http/Tile",
     .answer = AnswerEntries,
     .on_pool = true,
     .summary = "A bundle of entries of the log (C2SP tlog-tiles).",
     .content = "application/octet-stream"},
    {.pattern = "/tile/{tile...}",
     .method = "/http/Tile",
     .answer = AnswerTile,
     .summary = "A tile of the log tree (C2SP tlog-tiles).",
     .content = "application/octet-stream"},
};

}  // namespace

std::span<const Route> LogRoutes() { return kRoutes; }

}  // namespace bonafide::server::http
