// How many bytes of answers may wait for their readers. Internal to this room.
#ifndef BONAFIDE_SERVER_HTTP_BYTE_BUDGET_H_
#define BONAFIDE_SERVER_HTTP_BYTE_BUDGET_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace bonafide::server::http {

// Thread-safe.
class ByteBudget {
 public:
  explicit ByteBudget(int64_t size_bytes) : left_(size_bytes) {}

  // A part of it, given back when this ends.
  class Share {
   public:
    Share(ByteBudget& budget, size_t size_bytes)
        : budget_(budget), size_bytes_(static_cast<int64_t>(size_bytes)) {
      granted_ = budget_.left_.fetch_sub(size_bytes_) >= size_bytes_;
      if (!granted_) budget_.left_ += size_bytes_;
    }
    ~Share() {
      if (granted_) budget_.left_ += size_bytes_;
    }
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;

    // False: there was not so much left, and the bytes have to go.
    bool granted() const { return granted_; }

   private:
    ByteBudget& budget_;
    const int64_t size_bytes_;
    bool granted_;
  };

 private:
  std::atomic<int64_t> left_;
};

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_BYTE_BUDGET_H_
