// Consistency of two heads of one log (docs/protocol.md, section 4; RFC 6962, section 2.1.2):
// whether the larger history begins with the smaller one.

import { same } from './verify/bytes.js';
import { sha256 } from './verify/sha256.js';

const node = (left, right) => sha256(Uint8Array.of(1), left, right);

/**
 * Whether a proof shows that the log of `second` began as that of `first`.
 * @param {{size: bigint, root: Uint8Array}} first of at least one entry
 * @param {{size: bigint, root: Uint8Array}} second
 * @param {Uint8Array} proof hashes joined, in the order of RFC 6962
 */
export function isConsistent(first, second, proof) {
  if (first.size < 1n || first.size > second.size || proof.length % 32 !== 0) return false;
  if (first.size === second.size) return proof.length === 0 && same(first.root, second.root);
  const hashes = [];
  for (let at = 0; at < proof.length; at += 32) hashes.push(proof.subarray(at, at + 32));
  // A first tree that is complete is a node of the second, and its root is not sent.
  let place = first.size - 1n;
  let last = second.size - 1n;
  while (place & 1n) {
    place >>= 1n;
    last >>= 1n;
  }
  if (place === 0n) hashes.unshift(first.root);
  if (hashes.length === 0) return false;
  let [before] = hashes;
  let [now] = hashes;
  for (const hash of hashes.slice(1)) {
    if (last === 0n) return false;
    if (place & 1n || place === last) {
      before = node(hash, before);
      now = node(hash, now);
      while (!(place & 1n) && place !== 0n) {
        place >>= 1n;
        last >>= 1n;
      }
    } else {
      now = node(now, hash);
    }
    place >>= 1n;
    last >>= 1n;
  }
  return last === 0n && same(before, first.root) && same(now, second.root);
}
