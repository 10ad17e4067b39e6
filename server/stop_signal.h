// SIGTERM and SIGINT: the first asks to stop, the second exits at once. SIGHUP: read again what may
// change while the server runs.
#ifndef BONAFIDE_SERVER_STOP_SIGNAL_H_
#define BONAFIDE_SERVER_STOP_SIGNAL_H_

#include <functional>

namespace bonafide::server {

// Call it before any thread is started: the signals then wait for WaitForStopSignal. Writing to a
// connection that is gone becomes an error instead of a signal.
void BlockStopSignals();

// Returns when the first one to stop has come; calls `reload` for each SIGHUP before that. A second
// one to stop, at any time afterwards, ends the process at
// once with exit code 1, which loses nothing that was acknowledged.
void WaitForStopSignal(const std::function<void()>& reload);

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_STOP_SIGNAL_H_
