// The last head of a register that this browser saw, and whether what it is shown now continues it
// (docs/protocol.md, sections 4 and 6). Whoever remembers catches a log that shows two histories.

import { fromBase64 } from './verify/base64.js';
import { isConsistent } from './consistency.js';

const keyOf = (origin) => `bonafide head ${origin}`;
const bytesOf = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (two) => parseInt(two, 16));
const ROOT = /^[0-9a-f]{64}$/;

export class HeadMemory {
  /** @param {Storage} storage where heads are kept; undefined: nowhere */
  constructor(storage) {
    this.storage = storage;
  }

  /** The head remembered of a register: {size, root (hex), note}, or undefined. */
  recall(origin) {
    try {
      const { size, root, note } = JSON.parse(this.storage.getItem(keyOf(origin)));
      if (!/^[1-9][0-9]*$/.test(size) || !ROOT.test(root)) return undefined;
      return { size: BigInt(size), root, note: String(note) };
    } catch {
      // Nothing is remembered, or the browser keeps nothing.
      return undefined;
    }
  }

  remember(origin, { size, root, note }) {
    try {
      this.storage.setItem(keyOf(origin), JSON.stringify({ size: String(size), root, note }));
    } catch {
      // A browser that keeps nothing still checks everything else.
    }
  }

  forget(origin) {
    this.storage?.removeItem(keyOf(origin));
  }

  /**
   * Compares a verified head with the one remembered, and remembers it where it is newer.
   * @param {string} origin
   * @param {{size: bigint, root: string, note: string}} head `root` in hexadecimal
   * @param {(first: bigint, second: bigint) => Promise<string>} fetchProof in base64
   * @returns {Promise<{kind: string, before?: object, hashes?: number}>} kind: `first`, `same`,
   *     `grown`, or where no answer may be shown `fork` (two histories), `older` (an earlier state
   *     of the same history), `history` (no proof was given)
   */
  async compare(origin, head, fetchProof) {
    const before = this.recall(origin);
    if (!before) {
      this.remember(origin, head);
      return { kind: 'first' };
    }
    if (before.size === head.size) {
      return { kind: before.root === head.root ? 'same' : 'fork', before };
    }
    const [first, second] = before.size < head.size ? [before, head] : [head, before];
    let proof;
    try {
      proof = fromBase64(await fetchProof(first.size, second.size));
    } catch {
      return { kind: 'history', before };
    }
    const part = ({ size, root }) => ({ size, root: bytesOf(root) });
    if (!isConsistent(part(first), part(second), proof)) return { kind: 'fork', before };
    if (first === head) return { kind: 'older', before };
    this.remember(origin, head);
    return { kind: 'grown', before, hashes: proof.length / 32 };
  }

  /** Compares the head of a saved file: only one of the same size tells anything. */
  compareSaved(origin, { size, root }) {
    const before = this.recall(origin);
    return { kind: before?.size === size && before.root !== root ? 'fork' : 'saved', before };
  }
}
