// Numbers that look random and are the same again for the same seed.

import { createHash } from 'node:crypto';

/** The seed of this run: that of BONAFIDE_SEED, or always the same. */
export const SEED = process.env.BONAFIDE_SEED ?? 'front';

export class Random {
  #seed;
  #count = 0;
  #bytes = Buffer.alloc(0);

  constructor(seed) {
    this.#seed = seed;
  }

  bytes(count) {
    while (this.#bytes.length < count) {
      const more = createHash('sha256').update(`${this.#seed} ${this.#count++}`).digest();
      this.#bytes = Buffer.concat([this.#bytes, more]);
    }
    const taken = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(count);
    return taken;
  }

  /** A whole number of 0 to `limit` - 1, for limits that are small against 2^32. */
  below(limit) {
    return this.bytes(4).readUInt32BE() % limit;
  }

  /** Whether it is the one time in `times`. */
  once(times) {
    return this.below(times) === 0;
  }

  pick(list) {
    return list[this.below(list.length)];
  }
}
