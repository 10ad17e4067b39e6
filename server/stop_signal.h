// SIGTERM and SIGINT: the first asks to stop, the second exits at once.
#ifndef BONAFIDE_SERVER_STOP_SIGNAL_H_
#define BONAFIDE_SERVER_STOP_SIGNAL_H_

namespace bonafide::server {

// Call it before any thread is started: the signals then wait for WaitForStopSignal. Writing to a
// connection that is gone becomes an error instead of a signal.
void BlockStopSignals();

// Returns when the first one has come. A second one, at any time afterwards, ends the process at
// once with exit code 1, which loses nothing that was acknowledged.
void WaitForStopSignal();

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_STOP_SIGNAL_H_
