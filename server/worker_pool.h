// Threads for what takes too long for the few that gRPC runs its reactors on: the disk, a search.
#ifndef BONAFIDE_SERVER_WORKER_POOL_H_
#define BONAFIDE_SERVER_WORKER_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace bonafide::server {

// Thread-safe. The queue is as long as the calls that are let in (server/gate.h) make it.
class WorkerPool {
 public:
  explicit WorkerPool(size_t threads);
  // Finishes what was posted.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Runs `task` soon, on one of the threads. It must not throw.
  void Post(std::function<void()> task);

 private:
  void Run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_WORKER_POOL_H_
