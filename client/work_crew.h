// A few threads that do what they are given, first come first served.
#ifndef BONAFIDE_CLIENT_WORK_CREW_H_
#define BONAFIDE_CLIENT_WORK_CREW_H_

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

namespace bonafide::client {

// Thread-safe. Destruction waits for what was given.
class WorkCrew {
 public:
  // At least one thread.
  explicit WorkCrew(unsigned threads);
  ~WorkCrew();
  WorkCrew(const WorkCrew&) = delete;
  WorkCrew& operator=(const WorkCrew&) = delete;

  // `work` must not throw.
  std::future<void> Give(std::function<void()> work);

 private:
  // Not std::packaged_task, whose future would keep alive what `work` holds.
  struct Task {
    std::function<void()> work;
    std::promise<void> done;
  };
  void Run();

  std::mutex mutex_;
  std::condition_variable given_;
  std::deque<Task> waiting_;
  bool ended_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_WORK_CREW_H_
