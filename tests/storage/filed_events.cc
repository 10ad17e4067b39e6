#include "tests/storage/filed_events.h"

#include <gtest/gtest.h>

#include <utility>

#include "certs/random.h"
#include "merkle/hash.h"
#include "registry/entry.h"
#include "storage/database/schema.h"
#include "storage/history/history_page.h"
#include "storage/history/stored_disclosures.h"
#include "storage/log/log_places.h"
#include "storage/log/log_store.h"
#include "storage/names/name_search.h"
#include "storage/papers/paper_writer.h"

namespace bonafide::storage {
namespace {

constexpr int64_t kTimeS = 1'700'000'000;

const certs::PrivateKey& Key() {
  static const certs::PrivateKey key = certs::PrivateKey::Generate(certs::Algorithm::kEd25519);
  return key;
}

template <typename Value>
Value Must(absl::StatusOr<Value> value) {
  EXPECT_TRUE(value.ok()) << value.status();
  return *std::move(value);
}

}  // namespace

FiledEvents::FiledEvents(Database& opened)
    : database(opened),
      secret(Must(IndexSecret::OpenFile(opened.options().directory + "/index-secret",
                                        certs::SystemRandom()))),
      ledger(Must(ErasureLedger::Open(opened.options().directory + "/erased"))),
      papers(Must(PaperStore::Open(opened))),
      names(opened, secret),
      hints(secret),
      eraser(opened, *ledger, *papers, names),
      projection(*papers, names, hints, eraser,
                 [this](const absl::Status& status) { failures_.push_back(status); }) {}

registry::EventId FiledEvents::File(uint64_t subject, registry::EventBody body,
                                    std::vector<registry::OpenedSlot> slots) {
  const registry::EventId id = FileAndCrash(subject, std::move(body), std::move(slots));
  projection.Committed();
  return id;
}

registry::EventId FiledEvents::FileAndCrash(uint64_t subject, registry::EventBody body,
                                            std::vector<registry::OpenedSlot> slots) {
  registry::EventDraft draft;
  draft.issuer = {1};
  draft.issued_at_s = kTimeS;
  const auto anchor = anchors_.find(subject);
  if (anchor != anchors_.end()) {
    draft.subject = SubjectNumber{subject};
    draft.anchor = anchor->second;
  }
  draft.body = std::move(body);
  draft.personal = slots;
  const auto signed_event =
      Must(registry::SignEvent(draft, kFiledOrigin, Key(), certs::SystemRandom()));
  const auto token = Must(registry::ParseToken(signed_event.jwt, kFiledOrigin));
  const auto logged = std::make_shared<registry::LoggedEvent>(
      registry::LoggedEvent{{log_size_++}, kTimeS * 1000, {{subject}}, token});
  const registry::LoggedEvent& event = *logged;
  EXPECT_TRUE(projection.CheckIntake(event.event(), slots).ok());
  anchors_.emplace(subject, token.event.id);

  SubjectHead& head = heads_[subject];
  const EntryPlace place{{subject}, static_cast<uint32_t>(head.entries())};
  const std::string entry = registry::EncodeEntry(
      registry::EventEntry{event.index, event.time_ms, event.subjects, signed_event.jwt});
  WriteBatch batch;
  head.kind = registry::SubjectKind::kPractitioner;
  head.frontier.Append(merkle::LeafHash(entry));
  Annex annex;
  if (!token.event.slots.empty()) {
    annex.disclosures = EncodeDisclosures(DisclosuresOf(token.event, signed_event.disclosures));
  }
  const std::string page = PageKey(place.subject, PageOf(place.seq));
  batch.Append(Family::kHistories, page, AnnexItem(annex) + EntryItem(entry));
  batch.Put(Family::kHeads, U64Key(subject), EncodeSubjectHead(head));
  AppendPlaces(event.index, {place}, batch);
  EXPECT_TRUE(projection.Apply(std::array{PlannedEvent{logged, slots}}, batch).ok());
  EXPECT_TRUE(database.Write(std::move(batch)).ok());
  return token.event.id;
}

certs::Json FiledEvents::Paper(const std::string& bytes) {
  const std::string file = "%PDF-1.7\n" + bytes;
  PaperWriter writer = papers->Write();
  EXPECT_TRUE(writer.Add(0, file).ok());
  const StoredPaper paper = Must(writer.Finish(kTimeS * 1000, std::nullopt));
  return certs::Json::Object({{"sha256", certs::Json::String(paper.digest.Hex())},
                              {"type", certs::Json::String("application/pdf")}});
}

std::vector<uint64_t> FiledEvents::Find(const std::string& name) const {
  NameQuery query;
  query.name = name;
  std::vector<uint64_t> subjects;
  for (const NameHit& hit : Must(SearchNames(names, *database.Now(), query)).hits) {
    subjects.push_back(hit.subject.value);
  }
  return subjects;
}

registry::OpenedSlot TextSlot(const std::string& name, const std::string& text) {
  return {name, certs::Json::String(text)};
}

registry::OpenedSlot PaperSlot(const std::string& name, const std::vector<certs::Json>& papers) {
  return {name, certs::Json::Array(papers)};
}

registry::EventBody ExampleTraining() {
  registry::Training training;
  training.framework = "rqf";
  training.level = 4;
  training.qualification = "600/0000/0";
  training.title = "Example Level 4 Certificate";
  training.issuer.name = "Example Awarding Body";
  training.awarded_on = *registry::Day::Parse("2023-05-01");
  return training;
}

}  // namespace bonafide::storage
