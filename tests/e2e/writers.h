// Clients that file events as fast as they are answered, whatever happens to the register.
#ifndef BONAFIDE_TESTS_E2E_WRITERS_H_
#define BONAFIDE_TESTS_E2E_WRITERS_H_

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/e2e/cast.h"
#include "tests/e2e/oracle.h"

namespace bonafide::e2e {

// Every acknowledgement, and every head that one more client sees meanwhile, goes to the oracle. A
// token without an answer is kept, and is the first that its writer sends in the next run.
class Writers {
 public:
  Writers(const Cast& cast, Oracle& oracle, size_t count);
  ~Writers() { Join(); }

  // Starts them against a register that serves. Precondition: not running. `served` must outlive
  // the run.
  void Start(const ServedRegister& served, const std::string& state_directory);
  // Lets each finish the call it is in, and ends the run.
  void Join();

  // Tokens whose outcome no answer has told yet.
  size_t unsettled_count() const;
  // What must not happen: a refusal, or an acknowledgement that the oracle objects to.
  std::vector<std::string> faults() const;

 private:
  struct Writer {
    std::string unsettled;        // `<JWT>~<disclosure>~...~`
    bool registers = true;        // whether `unsettled` is a registration
    std::optional<Party> person;  // whom the next training is about
  };

  void Write(Writer& writer, const Visitor& visitor);
  void Watch(const Visitor& visitor);
  bool Send(Writer& writer, const Visitor& visitor);
  void Fault(const std::string& what);

  const Cast& cast_;
  Oracle& oracle_;
  std::vector<Writer> writers_;
  std::vector<std::unique_ptr<Visitor>> visitors_;
  std::vector<std::thread> threads_;
  std::atomic<bool> stop_ = false;
  mutable std::mutex mutex_;
  std::vector<std::string> faults_;
};

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_WRITERS_H_
