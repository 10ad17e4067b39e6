// The last head of a register that this browser saw, and whether what it is shown now continues it
// (docs/protocol.md, sections 4 and 6). Whoever remembers catches a log that shows two histories.

import { fromBase64 } from './verify/base64.js';

const keyOf = (origin) => `bonafide head ${origin}`;
const bytesOf = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (two) => parseInt(two, 16));
const ROOT = /^[0-9a-f]{64}$/;

// Runs `work`, which does not wait, while no other page of this browser runs its own. Within a page
// nothing comes between anyhow.
async function alone(name, work) {
  try {
    return await globalThis.navigator.locks.request(name, work);
  } catch {
    // A browser without locks, or a page that may have none.
    return work();
  }
}

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

  // Remembers a head in the place of `before`, unless another has taken that place already.
  replace(origin, before, head) {
    return alone(keyOf(origin), () => {
      const now = this.recall(origin);
      if (now?.size !== before?.size || now?.root !== before?.root) return false;
      this.remember(origin, head);
      return true;
    });
  }

  /**
   * Compares a verified head with the one remembered, and remembers it where it is newer. Of
   * several compared at once, each is compared with what the one before it left.
   * @param {string} origin
   * @param {{size: bigint, root: string, note: string}} head `root` in hexadecimal
   * @param {(first: bigint, second: bigint) => Promise<string>} fetchProof in base64
   * @returns {Promise<{kind: string, before?: object, hashes?: number}>} kind: `first`, `same`,
   *     `grown`, or where no answer may be shown `fork` (two histories), `older` (an earlier state
   *     of the same history), `history` (no proof was given)
   */
  async compare(origin, head, fetchProof) {
    for (;;) {
      const before = this.recall(origin);
      const found = await this.against(before, head, fetchProof);
      // No lock is held while a proof is on its way: a slow register would hold up every page.
      if (!['first', 'grown'].includes(found.kind)) return found;
      if (await this.replace(origin, before, head)) return found;
    }
  }

  async against(before, head, fetchProof) {
    if (!before) return { kind: 'first' };
    if (before.size === head.size) {
      return { kind: before.root === head.root ? 'same' : 'fork', before };
    }
    const [first, second] = before.size < head.size ? [before, head] : [head, before];
    let proof;
    let isConsistent;
    try {
      proof = fromBase64(await fetchProof(first.size, second.size));
      // Wanted by nobody who comes for the first time.
      ({ isConsistent } = await import('./consistency.js'));
    } catch {
      return { kind: 'history', before };
    }
    const part = ({ size, root }) => ({ size, root: bytesOf(root) });
    if (!isConsistent(part(first), part(second), proof)) return { kind: 'fork', before };
    if (first === head) return { kind: 'older', before };
    return { kind: 'grown', before, hashes: proof.length / 32 };
  }

  /** Compares the head of a saved file: only one of the same size tells anything. */
  compareSaved(origin, { size, root }) {
    const before = this.recall(origin);
    return { kind: before?.size === size && before.root !== root ? 'fork' : 'saved', before };
  }
}
