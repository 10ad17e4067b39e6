#include "server/stop_signal.h"

#include <csignal>
#include <cstdlib>
#include <thread>

namespace bonafide::server {
namespace {

sigset_t OurSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  return signals;
}

int NextSignal() {
  const sigset_t signals = OurSignals();
  int signal = 0;
  while (sigwait(&signals, &signal) != 0) {
  }
  return signal;
}

}  // namespace

void BlockStopSignals() {
  const sigset_t signals = OurSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

void WaitForStopSignal(const std::function<void()>& reload) {
  while (NextSignal() == SIGHUP) reload();
  std::thread([] {
    while (NextSignal() == SIGHUP) {
    }
    std::_Exit(1);
  }).detach();
}

}  // namespace bonafide::server
