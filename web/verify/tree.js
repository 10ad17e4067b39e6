// RFC 6962 trees: hashes of leaves, roots, inclusion (docs/protocol.md, sections 4 and 5).

import { concat, same, u64 } from './bytes.js';
import { refuse } from './refusal.js';
import { sha256 } from './sha256.js';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The hash of a leaf's bytes. */
export const leafHash = (bytes) => sha256(LEAF, bytes);

const nodeHash = (left, right) => sha256(NODE, left, right);

/** The root over leaf hashes. */
export function treeRoot(leaves) {
  if (leaves.length === 0) return sha256(new Uint8Array(0));
  // Pairing neighbours and passing an odd last one up gives the tree that RFC 6962 splits top down.
  let level = leaves;
  while (level.length > 1) {
    const above = [];
    for (let i = 0; i + 1 < level.length; i += 2) above.push(nodeHash(level[i], level[i + 1]));
    if (level.length % 2 === 1) above.push(level[level.length - 1]);
    level = above;
  }
  return level[0];
}

/** The state leaf of a subject. */
export function stateLeaf(subject, entries, root) {
  return leafHash(concat(Uint8Array.of(3), u64(subject), u64(entries), root));
}

/**
 * Insists that a leaf stands at an index in the tree of a size and root.
 * @param {Uint8Array} proof hashes joined, leaf side first
 * @throws {Refusal} proof_size, proof_index, proof_length, proof_root
 */
export function checkInclusion(leaf, index, size, proof, root) {
  if (size === 0n) refuse('proof_size', 'a proof in an empty tree');
  if (index >= size) refuse('proof_index', 'a leaf outside the tree');
  let hash = leaf;
  let at = 0;
  let last = size - 1n;
  for (let place = index; last > 0n; place >>= 1n, last >>= 1n) {
    const right = (place & 1n) === 1n;
    // The last node of a level without a sibling goes up as it is.
    if (!right && place === last) continue;
    if (at + 32 > proof.length) refuse('proof_length', 'a proof that is too short');
    const sibling = proof.subarray(at, at + 32);
    at += 32;
    hash = right ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
  }
  if (at !== proof.length) refuse('proof_length', 'a proof of the wrong length');
  if (!same(hash, root)) refuse('proof_root', 'a proof that leads to another root');
}
