#include <algorithm>
#include <memory>
#include <string>

#include "client/cli/commands.h"
#include "client/cli/exit_code.h"
#include "registry/registration_number.h"

namespace bonafide::client::cli {
namespace {

using certs::Json;

struct Options {
  std::string name, town;
  int64_t limit = 20;
};

constexpr int64_t kMaxMatches = 100;  // the register never lists more
constexpr int64_t kPageSize = 20;

absl::StatusOr<SearchPage> AllPages(Remote& remote, const Options& options) {
  SearchPage all;
  SearchQuery query{options.name, options.town, 0, ""};
  do {
    const auto left = options.limit - static_cast<int64_t>(all.matches.size());
    query.page_size = static_cast<uint32_t>(std::min(left, kPageSize));
    auto page = remote.Search(query);
    if (!page.ok()) return page.status();
    if (page->matches.empty()) break;
    all.matches.insert(all.matches.end(), page->matches.begin(), page->matches.end());
    all.capped = page->capped;
    query.page_token = all.next_page_token = page->next_page_token;
  } while (!query.page_token.empty() && static_cast<int64_t>(all.matches.size()) < options.limit);
  return all;
}

std::string Names(const NameMatch& match) {
  if (match.names.empty() || match.names.front().empty()) return "(name withheld)";
  std::string text = match.names.front();
  for (size_t i = 1; i < match.names.size(); ++i) {
    text += (i == 1 ? ", earlier " : ", ") + match.names[i];
  }
  return text;
}

Json MatchJson(const NameMatch& match) {
  return Json::Object({
      {"registration_number", Json::String(registry::RegistrationNumber(match.number))},
      {"names", Json::Strings(match.names)},
      {"town", Json::String(match.town)},
  });
}

int Search(const Options& options, Session& session) {
  session.Begin();
  Output& out = session.out();
  const auto remote = session.connection();
  if (!remote.ok()) return out.CouldNotCheck(remote.status());
  const auto found = AllPages(**remote, options);
  if (!found.ok()) return out.CouldNotCheck(found.status());
  Json::Items items;
  for (const NameMatch& match : found->matches) {
    items.push_back(MatchJson(match));
    const std::string number = registry::RegistrationNumber(match.number);
    out.Line(session.quiet()
                 ? number
                 : number + "  " + Names(match) + (match.town.empty() ? "" : ", " + match.town));
  }
  const bool more = found->capped || !found->next_page_token.empty();
  out.Value(Json::Object({{"matches", Json::Array(std::move(items))}, {"more", Json::Bool(more)}}));
  if (found->matches.empty()) {
    if (!session.quiet()) out.Line("Nobody of that name is listed.");
    return kNo;
  }
  if (session.quiet() || out.json()) return kYes;
  out.Line();
  if (more) out.Line("There are more: give more of the name, or --town.");
  out.Line("Names are hints and prove nothing: ask with `bonafide verify NUMBER TREATMENT`.");
  return kYes;
}

}  // namespace

void AddSearch(Arguments& program, Session& session) {
  auto options = std::make_shared<Options>();
  Arguments command = program.Command("search", "Find practitioners by name");
  command.Option("name", options->name, "At least 3 letters; accents and nicknames do not matter",
                 Need::kRequired);
  command.Option("--town", options->town, "Only people of this town");
  command.Option("--limit", options->limit, "How many at most, up to 100");
  command.Run([options, &session] {
    options->limit = std::clamp<int64_t>(options->limit, 1, kMaxMatches);
    return Search(*options, session);
  });
}

}  // namespace bonafide::client::cli
