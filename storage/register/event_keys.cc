#include "storage/register/event_keys.h"

namespace bonafide::storage {

std::vector<certs::KeyId> RegisteredKeys(const registry::Event& event) {
  std::vector<certs::KeyId> ids;
  const auto add = [&ids](const std::vector<certs::PublicKey>& keys) {
    for (const certs::PublicKey& key : keys) ids.push_back(key.id());
  };
  if (const auto* genesis = event.As<registry::Genesis>()) add(genesis->keys);
  if (const auto* created = event.As<registry::OrganisationCreated>()) add(created->keys);
  if (const auto* added = event.As<registry::KeyAdded>()) ids.push_back(added->key.id());
  return ids;
}

}  // namespace bonafide::storage
