#include "server/rpc/lookup_service.h"

#include <grpcpp/support/byte_buffer.h>

#include <string>

#include "bonafide/v1/lookup.grpc.pb.h"
#include "certs/reason.h"
#include "proto/evidence_codec.h"
#include "proto/field.h"
#include "registry/registration_number.h"
#include "server/method.h"
#include "server/rpc/verify.h"
#include "storage/names/name_search.h"

namespace bonafide::server::rpc {
namespace {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

constexpr uint32_t kDefaultSubjectPage = 100;
constexpr uint32_t kMaxSubjectPage = 250;
constexpr uint32_t kDefaultSearchPage = 10;
constexpr uint32_t kMaxSearchPage = 20;

// Reads a message of one piece in place, and one of several after joining them.
bool Parse(const grpc::ByteBuffer& bytes, google::protobuf::MessageLite& message) {
  grpc::Slice slice;
  if (!bytes.TrySingleSlice(&slice).ok() && !bytes.DumpToSingleSlice(&slice).ok()) return false;
  return message.ParseFromArray(slice.begin(), static_cast<int>(slice.size()));
}

absl::StatusOr<storage::SubjectNumber> SubjectOf(const v1::GetSubjectRequest& request) {
  switch (request.subject_case()) {
    case v1::GetSubjectRequest::kNumber:
      return storage::SubjectNumber{request.number()};
    case v1::GetSubjectRequest::kRegistrationNumber: {
      const auto number = registry::ParseRegistrationNumber(request.registration_number());
      if (!number.ok()) return proto::InField("registration_number", number.status());
      return *number;
    }
    default:
      return proto::MalformedField("number", "subject_missing",
                                   "give a number or a registration number");
  }
}

absl::Status GetSubject(const Dependencies& dependencies, const storage::Audience& audience,
                        const v1::GetSubjectRequest& request, v1::GetSubjectResponse* response) {
  const auto number = SubjectOf(request);
  if (!number.ok()) return number.status();
  if (request.page_size() > kMaxSubjectPage) {
    return proto::MalformedField("page_size", "page_size", "at most 250");
  }
  const uint64_t page_size = request.page_size() == 0 ? kDefaultSubjectPage : request.page_size();
  const std::string list = "subject " + std::to_string(number->value);
  const auto position = dependencies.page_tokens.Open(list, request.page_token());
  if (!position.ok()) return position.status();
  const uint64_t first = position->empty() ? 0 : std::stoull(*position);
  const auto view = dependencies.ViewOf(request.head());
  if (!view.ok()) return view.status();
  const auto page = (*view)->ReadSubject(*number, first, page_size, audience);
  if (!page.ok()) return page.status();

  response->set_registration_number(registry::RegistrationNumber(*number));
  response->set_entry_count(page->entry_count);
  *response->mutable_evidence() = proto::EvidenceToProto(page->evidence);
  response->mutable_evidence()->mutable_subjects(0)->set_known_entries(first);
  if (const uint64_t next = first + page_size; next < page->entry_count) {
    response->set_next_page_token(dependencies.page_tokens.Seal(list, std::to_string(next)));
  }
  return absl::OkStatus();
}

absl::Status SearchByName(const Dependencies& dependencies, const v1::SearchByNameRequest& request,
                          v1::SearchByNameResponse* response) {
  if (request.page_size() > kMaxSearchPage) {
    return proto::MalformedField("page_size", "page_size", "at most 20");
  }
  storage::NameQuery query;
  query.name = request.name();
  if (!request.town().empty()) query.town = request.town();
  query.page_size = request.page_size() == 0 ? kDefaultSearchPage : request.page_size();
  // The length keeps a name and a town apart.
  const std::string list =
      "names " + std::to_string(request.name().size()) + " " + request.name() + request.town();
  const auto position = dependencies.page_tokens.Open(list, request.page_token());
  if (!position.ok()) return position.status();
  if (!position->empty()) {
    const auto after = storage::NamePosition::Parse(*position);
    if (!after.ok()) return after.status();
    query.after = *after;
  }
  const auto view = dependencies.reg.Newest();
  if (!view.ok()) return view.status();
  const auto answer = storage::SearchNames(dependencies.names, (*view)->snapshot(), query);
  if (!answer.ok()) return answer.status();

  for (const storage::NameHit& hit : answer->hits) {
    v1::NameMatch* match = response->add_matches();
    match->set_number(hit.subject.value);
    match->set_registration_number(registry::RegistrationNumber(hit.subject));
    for (const std::string& name : hit.names) match->add_names(name);
    match->set_town(hit.town);
  }
  if (answer->next) {
    response->set_next_page_token(dependencies.page_tokens.Seal(list, answer->next->Encode()));
  }
  response->set_capped(answer->capped);
  return absl::OkStatus();
}

// Verify works on bytes: its answer is written straight into what gRPC sends.
using Base = v1::LookupService::WithRawCallbackMethod_Verify<
    v1::LookupService::WithCallbackMethod_VerifyMany<
        v1::LookupService::WithCallbackMethod_GetSubject<
            v1::LookupService::WithCallbackMethod_SearchByName<
                v1::LookupService::WithCallbackMethod_GetEvidence<v1::LookupService::Service>>>>>;

class LookupService final : public Base {
 public:
  explicit LookupService(const Dependencies& dependencies) : dependencies_(dependencies) {}

  ServerUnaryReactor* Verify(CallbackServerContext* context, const grpc::ByteBuffer* request,
                             grpc::ByteBuffer* response) override {
    constexpr std::string_view kName = "/bonafide.v1.LookupService/Verify";
    thread_local v1::VerifyRequest message;  // keeps the memory of its fields
    const bool parsed = Parse(*request, message);
    if (parsed && message.want_verdict()) {
      return AnswerOnPool(gate(), dependencies_.pool, context, kName,
                          [this, response, copy = message](Call& call) {
                            absl::Status dearer = call.AlsoCountAs(CallClass::kSearch);
                            return dearer.ok() ? Answer(call, copy, response) : dearer;
                          });
    }
    return AnswerInline(gate(), context, kName, [&](Call& call) {
      if (!parsed) return Malformed("request_syntax", "not a VerifyRequest");
      return Answer(call, message, response);
    });
  }

  ServerUnaryReactor* VerifyMany(CallbackServerContext* context,
                                 const v1::VerifyManyRequest* request,
                                 v1::VerifyManyResponse* response) override {
    return AnswerOnPool(
        gate(), dependencies_.pool, context, "/bonafide.v1.LookupService/VerifyMany",
        [this, request, response](Call& call) {
          return rpc::VerifyMany(dependencies_, call.caller().audience(), *request, response);
        });
  }

  ServerUnaryReactor* GetSubject(CallbackServerContext* context,
                                 const v1::GetSubjectRequest* request,
                                 v1::GetSubjectResponse* response) override {
    return AnswerInline(gate(), context, "/bonafide.v1.LookupService/GetSubject", [&](Call& call) {
      return rpc::GetSubject(dependencies_, call.caller().audience(), *request, response);
    });
  }

  ServerUnaryReactor* SearchByName(CallbackServerContext* context,
                                   const v1::SearchByNameRequest* request,
                                   v1::SearchByNameResponse* response) override {
    return AnswerOnPool(gate(), dependencies_.pool, context,
                        "/bonafide.v1.LookupService/SearchByName",
                        [this, request, response](Call&) {
                          return rpc::SearchByName(dependencies_, *request, response);
                        });
  }

  ServerUnaryReactor* GetEvidence(CallbackServerContext* context,
                                  const v1::GetEvidenceRequest* request,
                                  v1::GetEvidenceResponse* response) override {
    return AnswerInline(gate(), context, "/bonafide.v1.LookupService/GetEvidence", [&](Call& call) {
      return rpc::GetEvidence(dependencies_, call.caller().audience(), *request, response);
    });
  }

 private:
  Gate& gate() { return dependencies_.gate; }

  absl::Status Answer(const Call& call, const v1::VerifyRequest& request,
                      grpc::ByteBuffer* response) {
    grpc_slice bytes = grpc_empty_slice();
    absl::Status status =
        rpc::Verify(dependencies_, call.caller().audience(), request, [&bytes](size_t size_bytes) {
          bytes = grpc_slice_malloc(size_bytes);
          return reinterpret_cast<char*>(GRPC_SLICE_START_PTR(bytes));
        });
    const grpc::Slice slice(bytes, grpc::Slice::STEAL_REF);
    *response = grpc::ByteBuffer(&slice, 1);
    return status;
  }

  const Dependencies& dependencies_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeLookupService(const Dependencies& dependencies) {
  return std::make_unique<LookupService>(dependencies);
}

}  // namespace bonafide::server::rpc
