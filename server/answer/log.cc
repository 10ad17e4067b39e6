#include "server/answer/log.h"

#include <utility>

namespace bonafide::server::answer {

using merkle::LogIndex;
using merkle::TreeSize;

absl::Status GetCheckpoint(const Dependencies& dependencies,
                           const v1::GetCheckpointRequest& request,
                           v1::GetCheckpointResponse* response) {
  const auto view = dependencies.ViewOf(request.head());
  if (!view.ok()) return view.status();
  response->set_checkpoint((*view)->note());
  return absl::OkStatus();
}

absl::Status GetInclusionProof(const Dependencies& dependencies,
                               const v1::GetInclusionProofRequest& request,
                               v1::GetInclusionProofResponse* response) {
  const auto view = dependencies.reg.Newest();
  if (!view.ok()) return view.status();
  const TreeSize size = request.tree_size() == 0 ? (*view)->size() : TreeSize{request.tree_size()};
  auto proof = (*view)->InclusionProof(LogIndex{request.index()}, size);
  if (!proof.ok()) return proof.status();
  response->set_tree_size(size.value);
  response->set_proof(*std::move(proof));
  return absl::OkStatus();
}

absl::Status GetConsistencyProof(const Dependencies& dependencies,
                                 const v1::GetConsistencyProofRequest& request,
                                 v1::GetConsistencyProofResponse* response) {
  const auto view = dependencies.reg.Newest();
  if (!view.ok()) return view.status();
  const TreeSize to =
      request.second_size() == 0 ? (*view)->size() : TreeSize{request.second_size()};
  auto proof = (*view)->ConsistencyProof(TreeSize{request.first_size()}, to);
  if (!proof.ok()) return proof.status();
  response->set_second_size(to.value);
  response->set_proof(*std::move(proof));
  return absl::OkStatus();
}

}  // namespace bonafide::server::answer
