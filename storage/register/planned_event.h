// An event that a batch logs.
#ifndef BONAFIDE_STORAGE_REGISTER_PLANNED_EVENT_H_
#define BONAFIDE_STORAGE_REGISTER_PLANNED_EVENT_H_

#include <vector>

#include "registry/event_schema.h"
#include "registry/logged_event.h"

namespace bonafide::storage {

struct PlannedEvent {
  registry::LoggedEventPtr event;
  std::vector<registry::OpenedSlot> opened;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_PLANNED_EVENT_H_
