#include "client/work_crew.h"

#include <algorithm>
#include <utility>

namespace bonafide::client {

WorkCrew::WorkCrew(unsigned threads) {
  for (unsigned i = 0; i < std::max(threads, 1u); ++i) threads_.emplace_back([this] { Run(); });
}

WorkCrew::~WorkCrew() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  given_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

std::future<void> WorkCrew::Give(std::function<void()> work) {
  Task task{std::move(work), {}};
  std::future<void> done = task.done.get_future();
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(task));
  }
  given_.notify_one();
  return done;
}

void WorkCrew::Run() {
  while (true) {
    Task task;
    {
      std::unique_lock lock(mutex_);
      given_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      task = std::move(waiting_.front());
      waiting_.pop_front();
    }
    task.work();
    task.work = nullptr;  // before anybody is told, so that nothing it holds outlives the answer
    task.done.set_value();
  }
}

}  // namespace bonafide::client
