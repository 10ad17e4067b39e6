// An event with its place in the log.
#ifndef BONAFIDE_REGISTRY_LOGGED_EVENT_H_
#define BONAFIDE_REGISTRY_LOGGED_EVENT_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "registry/event_schema.h"

namespace bonafide::registry {

struct LoggedEvent {
  LogIndex index;
  int64_t time_ms = 0;
  std::vector<SubjectNumber> subjects;  // the entry's, first its own
  Token token;

  const Event& event() const { return token.event; }
  template <typename Body>
  const Body* As() const {
    return token.event.As<Body>();
  }
};

using LoggedEventPtr = std::shared_ptr<const LoggedEvent>;

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_LOGGED_EVENT_H_
