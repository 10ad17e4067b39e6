// Work on the pool that a coroutine waits for. Internal to this room.
#ifndef BONAFIDE_SERVER_HTTP_POOL_TASK_H_
#define BONAFIDE_SERVER_HTTP_POOL_TASK_H_

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "server/http/awaitable.h"
#include "server/worker_pool.h"

namespace bonafide::server::http {

// The pool, and how many tasks of coroutines it still has. Thread-safe.
class PoolTasks {
 public:
  explicit PoolTasks(WorkerPool& pool) : pool_(pool) {}

  void Post(std::function<void()> task) {
    {
      const std::lock_guard lock(mutex_);
      ++running_;
    }
    pool_.Post([this, task = std::move(task)]() mutable {
      task();
      task = nullptr;
      const std::lock_guard lock(mutex_);
      if (--running_ == 0) none_.notify_all();
    });
  }

  // Until none is left. No coroutine may start another meanwhile.
  void Wait() {
    std::unique_lock lock(mutex_);
    none_.wait(lock, [this] { return running_ == 0; });
  }

 private:
  WorkerPool& pool_;
  std::mutex mutex_;
  std::condition_variable none_;
  int running_ = 0;
};

// Runs `task` on the pool and resumes where it was called. `task` must not throw, and what it
// refers to must live until this returns.
template <typename Task>
Awaitable<void> OnPool(PoolTasks& tasks, Task& task) {
  auto executor = co_await boost::asio::this_coro::executor;
  auto start = [&tasks, &task, executor](auto handler) {
    // std::function copies what it holds, and handlers cannot be copied.
    auto resume = std::make_shared<decltype(handler)>(std::move(handler));
    tasks.Post([&task, executor, resume] {
      task();
      boost::asio::post(executor, [resume] { std::move (*resume)(); });
    });
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<Loop>, void()>(
      std::move(start), kAwait);
}

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_POOL_TASK_H_
