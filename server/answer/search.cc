#include "server/answer/search.h"

#include <string>

#include "proto/field.h"
#include "registry/registration_number.h"
#include "storage/names/name_search.h"

namespace bonafide::server::answer {
namespace {

constexpr uint32_t kDefaultSearchPage = 10;
constexpr uint32_t kMaxSearchPage = 20;

}  // namespace

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

}  // namespace bonafide::server::answer
