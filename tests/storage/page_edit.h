// Edits pages of subjects' histories and of places, as damage or an attacker would.
#ifndef BONAFIDE_TESTS_STORAGE_PAGE_EDIT_H_
#define BONAFIDE_TESTS_STORAGE_PAGE_EDIT_H_

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "storage/database/database.h"
#include "storage/history/history_page.h"
#include "storage/log/log_places.h"

namespace bonafide::storage {

struct PageItems {
  std::vector<std::string> entries;
  std::vector<Annex> annexes;
};

// Adds to `batch` what makes `edit` of the page in which `place` stands; the row goes where nothing
// is left of it.
inline void EditPage(Database& database, WriteBatch& batch, EntryPlace place,
                     const std::function<void(PageItems& page, size_t at)>& edit) {
  const std::string key = PageKey(place.subject, PageOf(place.seq));
  const auto row = database.Require(Family::kHistories, key);
  ASSERT_TRUE(row.ok()) << row.status();
  const auto view = PageView::Parse(*row);
  ASSERT_TRUE(view.ok()) << view.status();
  PageItems page;
  for (size_t i = 0; i < view->size(); ++i) {
    page.entries.emplace_back(view->entry(i));
    page.annexes.push_back(Copied(view->annex(i)));
  }
  edit(page, place.seq % kEntriesPerPage);
  std::string edited;
  for (const Annex& annex : page.annexes) edited += AnnexItem(annex);
  for (const std::string& entry : page.entries) edited += EntryItem(entry);
  if (edited.empty()) {
    batch.Delete(Family::kHistories, key);
  } else {
    batch.Put(Family::kHistories, key, edited);
  }
}

// Changes one character of the entry at `place`, counted from its end, to another one of base64url.
inline void FlipEntry(Database& database, WriteBatch& batch, EntryPlace place, size_t from_end) {
  EditPage(database, batch, place, [from_end](PageItems& page, size_t at) {
    char& byte = page.entries[at][page.entries[at].size() - from_end];
    byte = byte == 'A' ? 'B' : 'A';
  });
}

// Adds to `batch` what makes `edit` of the places of the first entries.
inline void EditPlaces(Database& database, WriteBatch& batch,
                       const std::function<void(std::vector<std::string>& items)>& edit) {
  const auto row = database.Require(Family::kPlaces, U64Key(0));
  ASSERT_TRUE(row.ok()) << row.status();
  const auto places = ParsePlaces(*row);
  ASSERT_TRUE(places.ok()) << places.status();
  std::vector<std::string> items;
  for (const Place& place : *places) items.push_back(PlaceItem(place));
  edit(items);
  std::string edited;
  for (const std::string& item : items) edited += item;
  batch.Put(Family::kPlaces, U64Key(0), edited);
}

}  // namespace bonafide::storage

#endif  // BONAFIDE_TESTS_STORAGE_PAGE_EDIT_H_
