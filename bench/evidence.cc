#include "registry/evidence.h"

#include "bench/measures.h"
#include "bench/population.h"
#include "bench/stopwatch.h"
#include "merkle/frame.h"

namespace bonafide::bench {
namespace {

// The signature checks evidence needs, and nothing else: each entry's token under its key.
struct SignatureChecks {
  struct One {
    registry::Token token;
    certs::PublicKey key;
  };
  std::vector<One> tokens;
  std::string note;
  certs::NoteVerifier log_key;

  bool Run() const {
    bool all = certs::OpenNote(note, {log_key}).ok();
    for (const One& one : tokens) {
      all = certs::VerifyJws(one.token.jws, one.key, registry::kEventTyp).ok() && all;
    }
    return all;
  }
};

absl::StatusOr<SignatureChecks> ChecksIn(const registry::Evidence& evidence,
                                         const registry::World& world,
                                         const certs::NoteVerifier& log_key,
                                         const std::string& origin) {
  SignatureChecks checks{{}, evidence.checkpoint, log_key};
  for (const registry::SubjectEvidence& subject : evidence.subjects) {
    merkle::FrameReader frames(subject.entries);
    while (!frames.done()) {
      const auto bytes = frames.Next();
      if (!bytes.ok()) return bytes.status();
      const auto entry = registry::ParseEventEntry(*bytes);
      if (!entry.ok()) return entry.status();
      if (entry->subjects.front() != subject.number) continue;  // logged under two, checked once
      auto token = registry::ParseToken(entry->token, origin);
      if (!token.ok()) return token.status();
      const registry::Subject* signer = world.Find(token->event.issuer);
      checks.tokens.push_back({*token, signer->FindKey(token->event.key)->key});
    }
  }
  return checks;
}

}  // namespace

Rows MeasureEvidence(const MeasureOptions& options) {
  const auto population = Population::Open(options.scratch + "/small", {1000, 50, 1});
  if (!population.ok()) return population.status();
  const registry::Question question = (*population)->QuestionAbout(500);
  const auto view = (*population)->store().Newest();
  if (!view.ok()) return view.status();
  const auto assembled = (*view)->AssembleEvidence(question, {}, storage::Audience());
  if (!assembled.ok()) return assembled.status();
  const registry::Evidence evidence = (*assembled)->parts().Joined();
  const registry::TrustAnchors& anchors = (*population)->anchors();
  const int64_t now_ms = (*view)->time_ms();
  const auto check = [&] {
    return registry::VerifyEvidence(anchors, evidence, question, now_ms,
                                    registry::Freshness::kSaved);
  };
  const auto proven = check();
  if (!proven.ok()) return proven.status();
  if (proven->verdict.outcome != registry::Outcome::kYes) {
    return absl::InternalError("the generated register does not answer YES");
  }
  const auto signatures = ChecksIn(evidence, *proven->world, anchors.log_key, anchors.origin);
  if (!signatures.ok()) return signatures.status();

  std::vector<double> whole, bare, ratios;
  const double end = WallSeconds() + options.seconds;
  bool right = true;
  while (WallSeconds() < end) {
    double start = ThreadCpuSeconds();
    for (int i = 0; i < 20; ++i) right = check().ok() && right;
    const double with_all = (ThreadCpuSeconds() - start) / 20;
    start = ThreadCpuSeconds();
    for (int i = 0; i < 20; ++i) right = signatures->Run() && right;
    const double signatures_alone = (ThreadCpuSeconds() - start) / 20;
    whole.push_back(with_all);
    bare.push_back(signatures_alone);
    ratios.push_back(with_all / signatures_alone);
  }
  if (!right) return absl::InternalError("a check failed while it was timed");
  Row row = AtMost("evidence check in the client", Median(whole) * 1e6, Median(bare) * 1e6,
                   "us of one core", 2, 0);
  row.ratio = Median(ratios);
  row.met = row.ratio <= 2;
  row.note = std::to_string(signatures->tokens.size()) + " tokens, " +
             std::to_string(evidence.subjects.size()) + " subjects; medians of " +
             std::to_string(whole.size()) + " alternating slices";
  return std::vector<Row>{row};
}

}  // namespace bonafide::bench
