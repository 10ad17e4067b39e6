// What one ES256 verification costs here, by OpenSSL under the project's own interface.
#ifndef BONAFIDE_BENCH_ES256_H_
#define BONAFIDE_BENCH_ES256_H_

namespace bonafide::bench {

// Processor time of one verification, measured for `seconds` on all cores at once: a core is slower
// while the others are busy, as they are under a load.
double Es256VerifySeconds(double seconds);
// Of `threads` threads together, by the wall clock.
double Es256VerificationsPerSecond(unsigned threads, double seconds);

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_ES256_H_
