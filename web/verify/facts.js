// What counts as known for an answer (docs/protocol.md, section 9; docs/verdict.md, "Days, and what
// was known").

import { dayOfMs } from './day.js';
import { voidEntries } from './effect.js';

function bySubject(entries) {
  const lists = new Map();
  for (const entry of entries) {
    const [number] = entry.subjects;
    if (!lists.has(number)) lists.set(number, []);
    lists.get(number).push(entry);
  }
  return lists;
}

/** The effective events of a set of entries, as known at a time. */
export class Facts {
  /**
   * @param {Register} register
   * @param entries all admitted ones, in the order of their indexes
   * @param {bigint} asOfMs the lesser of what the question allows and the head's time
   */
  constructor(register, entries, asOfMs) {
    this.register = register;
    this.asOfMs = asOfMs;
    this.asOfDay = dayOfMs(Number(asOfMs));
    this.known = entries.filter((entry) => BigInt(entry.timeMs) <= asOfMs);
    this.voids = voidEntries(register, this.known);
    this.effective = new Set(this.known.filter((entry) => !this.voids.has(entry)));
    this.lists = bySubject(this.effective);
    this.withdrawals = new Map();
    for (const entry of this.effective) if (entry.event.type === 'withdrawal') this.withdraw(entry);
  }

  /** Whether an entry is known and not void. */
  counts(entry) {
    return this.effective.has(entry);
  }

  /** The effective events of a subject of a type, in the order of the log. */
  of(number, type) {
    return (this.lists.get(number) ?? []).filter((entry) => entry.event.type === type);
  }

  // Without a day first, else the earliest; of two alike the one logged first.
  withdraw(entry) {
    const { target, from = -Infinity, reason } = entry.event.claims;
    const before = this.withdrawals.get(target);
    if (!before || from < before.from) this.withdrawals.set(target, { from, reason });
  }

  /** The withdrawal that ends a record: its own or that of one it replaces; or undefined. */
  withdrawal(entry) {
    let found;
    for (let at = entry; at; at = this.register.events.get(at.event.claims.replaces)) {
      const each = this.withdrawals.get(at.event.id);
      if (each && (!found || each.from < found.from)) found = each;
    }
    return found;
  }

  /** The first day on which a record no longer holds; Infinity where it is not withdrawn. */
  withdrawnFrom(entry) {
    return this.withdrawal(entry)?.from ?? Infinity;
  }
}
