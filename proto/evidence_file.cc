#include "proto/evidence_file.h"

#include <charconv>
#include <optional>
#include <utility>

#include "certs/base64.h"
#include "certs/json.h"
#include "certs/reason.h"
#include "proto/question_codec.h"
#include "registry/closure.h"

namespace bonafide::proto {
namespace {

using certs::Json;

// Collects the members of an object and leaves defaults out.
class MemberWriter {
 public:
  void String(const char* name, std::string_view value) {
    if (!value.empty()) members_.push_back({name, Json::String(value)});
  }
  void Bytes(const char* name, std::string_view value) {
    String(name, value.empty() ? "" : certs::Base64Encode(value));
  }
  void Number(const char* name, uint64_t value) {
    if (value != 0) members_.push_back({name, Json::String(std::to_string(value))});
  }
  void Add(const char* name, Json value) { members_.push_back({name, std::move(value)}); }
  Json Take() { return Json::Object(std::move(members_)); }

 private:
  Json::Members members_;
};

Json QuestionJson(const registry::Question& question) {
  MemberWriter out;
  out.Number("practitioner", question.practitioner.value);
  out.String("treatment", question.treatment);
  out.String("territory", question.territory);
  out.String("on", question.on.ToString());
  if (question.claim_on) out.String("claimOn", question.claim_on->ToString());
  // These two know absence, so that a zero is written.
  if (question.at) out.String("at", std::to_string(question.at->value));
  if (question.under_18) out.Add("under18", Json::Bool(true));
  if (question.known_at_ms) out.String("knownAtMs", std::to_string(*question.known_at_ms));
  return out.Take();
}

Json SubjectJson(const registry::SubjectEvidence& subject) {
  MemberWriter out;
  out.Number("number", subject.number.value);
  out.Bytes("entries", subject.entries);
  out.String("disclosures", subject.disclosures);
  out.Bytes("proof", subject.proof);
  return out.Take();
}

Json EvidenceJson(const registry::Evidence& evidence) {
  MemberWriter out;
  if (evidence.version != 0) out.Add("version", Json::Integer(evidence.version));
  out.String("checkpoint", evidence.checkpoint);
  out.Bytes("stateEntry", evidence.state_entry);
  out.Bytes("stateInclusion", evidence.state_inclusion);
  if (!evidence.subjects.empty()) {
    Json::Items subjects;
    subjects.reserve(evidence.subjects.size());
    for (const auto& subject : evidence.subjects) subjects.push_back(SubjectJson(subject));
    out.Add("subjects", Json::Array(std::move(subjects)));
  }
  return out.Take();
}

// Reads members leniently: what is missing or of another type reads as its default. Only what
// writes back to the same bytes is accepted in the end.
std::string StringOf(const Json& object, const char* name) {
  const std::string* value = object.FindString(name);
  return value == nullptr ? std::string() : *value;
}

std::string BytesOf(const Json& object, const char* name) {
  const std::string* value = object.FindString(name);
  if (value == nullptr) return {};
  auto bytes = certs::Base64Decode(*value);
  return bytes.ok() ? *std::move(bytes) : std::string();
}

std::optional<uint64_t> NumberOf(const Json& object, const char* name) {
  const std::string* text = object.FindString(name);
  uint64_t value = 0;
  if (text == nullptr || text->empty()) return std::nullopt;
  const char* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

v1::Question QuestionOf(const Json& object) {
  v1::Question question;
  question.set_practitioner(NumberOf(object, "practitioner").value_or(0));
  question.set_treatment(StringOf(object, "treatment"));
  question.set_territory(StringOf(object, "territory"));
  question.set_on(StringOf(object, "on"));
  question.set_claim_on(StringOf(object, "claimOn"));
  if (const auto at = NumberOf(object, "at")) question.set_at(*at);
  question.set_under_18(object.FindBool("under18").value_or(false));
  if (const auto known_at_ms = NumberOf(object, "knownAtMs")) {
    question.set_known_at_ms(static_cast<int64_t>(*known_at_ms));
  }
  return question;
}

registry::Evidence EvidenceOf(const Json& object) {
  registry::Evidence evidence;
  evidence.version = static_cast<uint32_t>(object.FindInteger("version").value_or(0));
  evidence.checkpoint = StringOf(object, "checkpoint");
  evidence.state_entry = BytesOf(object, "stateEntry");
  evidence.state_inclusion = BytesOf(object, "stateInclusion");
  const Json* subjects = object.Find("subjects");
  if (subjects == nullptr) return evidence;
  evidence.subjects.reserve(subjects->items().size());
  for (const Json& subject : subjects->items()) {
    evidence.subjects.push_back({{NumberOf(subject, "number").value_or(0)},
                                 BytesOf(subject, "entries"),
                                 StringOf(subject, "disclosures"),
                                 BytesOf(subject, "proof")});
  }
  return evidence;
}

}  // namespace

std::string WriteEvidenceFile(const EvidenceFile& file) {
  MemberWriter out;
  out.Add("question", QuestionJson(file.question));
  out.Add("evidence", EvidenceJson(file.evidence));
  return certs::WriteJson(out.Take());
}

absl::StatusOr<EvidenceFile> ParseEvidenceFile(std::string_view json) {
  if (json.size() > kMaxEvidenceFileBytes) {
    return Malformed("evidence_too_large", "the file is larger than evidence may be");
  }
  // A subject is one item with up to four members; 32 more for all the rest.
  auto parsed = certs::ParseJson(json, {.size_bytes = kMaxEvidenceFileBytes,
                                        .values = 5 * registry::kMaxEvidenceSubjects + 32,
                                        .depth = 4});
  if (!parsed.ok()) return parsed.status();
  const Json* question = parsed->Find("question");
  const Json* evidence = parsed->Find("evidence");
  if (question == nullptr || evidence == nullptr) {
    return Malformed("evidence_not_canonical", "not an evidence file: no question, or no evidence");
  }
  auto asked = QuestionFromProto(QuestionOf(*question));
  if (!asked.ok()) return asked.status();
  EvidenceFile file{*std::move(asked), EvidenceOf(*evidence)};
  const std::string canonical = WriteEvidenceFile(file);
  if (canonical != json) {
    size_t at = 0;
    while (at < canonical.size() && at < json.size() && canonical[at] == json[at]) ++at;
    return Malformed("evidence_not_canonical",
                     "not in the canonical form, from byte " + std::to_string(at) + " on");
  }
  return file;
}

}  // namespace bonafide::proto
