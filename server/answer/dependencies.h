// What the services answer from.
#ifndef BONAFIDE_SERVER_ANSWER_DEPENDENCIES_H_
#define BONAFIDE_SERVER_ANSWER_DEPENDENCIES_H_

#include <absl/status/statusor.h>

#include <functional>
#include <string>

#include "bonafide/v1/evidence.pb.h"
#include "registry/evidence.h"
#include "server/gate.h"
#include "server/page_token.h"
#include "server/worker_pool.h"
#include "storage/names/name_index.h"
#include "storage/papers/access_record.h"
#include "storage/papers/paper_store.h"
#include "storage/register/clock.h"
#include "storage/register/register.h"

namespace bonafide::server::answer {

// All of it outlives every service, and is thread-safe.
struct Dependencies {
  Gate& gate;
  WorkerPool& pool;
  storage::Register& reg;
  storage::PaperStore& papers;
  storage::AccessRecords& access_records;
  const storage::NameIndex& names;
  const storage::Clock& clock;
  const PageTokens& page_tokens;
  // The trust file that comes with the page. Error: as Register::Newest.
  std::function<absl::StatusOr<registry::TrustAnchors>()> own_anchors;
  // The register's own policy on cosigners, as its readers' trust files have it.
  std::string cosigner_policy;
  // Where people reach the page, with a slash at its end.
  std::string page_address;

  // The view `head` asks for. Errors: "head" for a number that means none, and those of the
  // register.
  absl::StatusOr<storage::ViewPtr> ViewOf(v1::Head head) const;
};

}  // namespace bonafide::server::answer

#endif  // BONAFIDE_SERVER_ANSWER_DEPENDENCIES_H_
