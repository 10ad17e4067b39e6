#include "storage/check/signature_pool.h"

#include <algorithm>
#include <thread>

#include "registry/event_schema.h"

namespace bonafide::storage {

void SignaturePool::Add(registry::LoggedEventPtr event, certs::PublicKey key) {
  waiting_.emplace_back(std::move(event), std::move(key));
  if (waiting_.size() >= kBatch) Flush();
}

void SignaturePool::Flush() {
  std::vector<char> right(waiting_.size(), 0);
  const unsigned parts = std::max(threads_, 1U);
  {
    std::vector<std::jthread> workers;
    for (unsigned part = 0; part < parts; ++part) {
      workers.emplace_back([&, part] {
        for (size_t i = part; i < waiting_.size(); i += parts) {
          const auto& [event, key] = waiting_[i];
          right[i] = certs::VerifyJws(event->token.jws, key, registry::kEventTyp).ok() ? 1 : 0;
        }
      });
    }
  }
  for (size_t i = 0; i < waiting_.size(); ++i) {
    if (right[i] == 0) refused_(waiting_[i].first->index);
  }
  waiting_.clear();
}

}  // namespace bonafide::storage
