// SHA-256 (FIPS 180-4), synchronous: a proof is thousands of hashes of 65 bytes, and one promise of
// WebCrypto for each costs more than the hash.

import { concat } from './bytes.js';

// The first 32 bits of the fractional parts of roots of the first primes, computed exactly.
function fractions(count, root) {
  const words = [];
  for (let candidate = 2; words.length < count; candidate += 1) {
    let prime = true;
    for (let d = 2; d * d <= candidate; d += 1) if (candidate % d === 0) prime = false;
    if (!prime) continue;
    // The greatest w with w^root <= prime * 2^(32 * root): its low 32 bits are the fraction.
    const target = BigInt(candidate) << BigInt(32 * root);
    let w = 0n;
    for (let bit = 1n << 36n; bit > 0n; bit >>= 1n) {
      if ((w | bit) ** BigInt(root) <= target) w |= bit;
    }
    words.push(Number(w & 0xffffffffn) | 0);
  }
  return Int32Array.from(words);
}
const INITIAL = fractions(8, 2);
const ROUND = fractions(64, 3);
const schedule = new Int32Array(64);

const turn = (x, n) => (x >>> n) | (x << (32 - n));

function compress(state, view, at) {
  for (let i = 0; i < 16; i += 1) schedule[i] = view.getInt32(at + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const x = schedule[i - 15];
    const y = schedule[i - 2];
    schedule[i] =
      schedule[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) +
      schedule[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const t1 =
      (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[i] +
        schedule[i]) | 0;
    const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

/** SHA-256 of byte strings joined. */
export function sha256(...parts) {
  const message = parts.length === 1 ? parts[0] : concat(...parts);
  const whole = message.length - (message.length % 64);
  const state = Int32Array.from(INITIAL);
  const view = new DataView(message.buffer, message.byteOffset, message.length);
  for (let at = 0; at < whole; at += 64) compress(state, view, at);
  const rest = message.length - whole;
  const tail = new Uint8Array(rest < 56 ? 64 : 128);
  tail.set(message.subarray(whole));
  tail[rest] = 0x80;
  const end = new DataView(tail.buffer);
  end.setBigUint64(tail.length - 8, BigInt(message.length) * 8n);
  for (let at = 0; at < tail.length; at += 64) compress(state, end, at);
  const hash = new Uint8Array(32);
  const out = new DataView(hash.buffer);
  state.forEach((word, i) => out.setInt32(4 * i, word));
  return hash;
}
