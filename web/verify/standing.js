// Whether an organisation stood accredited on a day: by days alone, over all grants that count
// (docs/protocol.md, section 8.4, last paragraph but the list).

import { dayOfMs } from './day.js';
import { CHAIN, fits } from './power.js';

// The days of a lower grant on which the chain above holds: above, a day is that of the lower
// grant's logging where that is later.
function below({ first, last }, logged) {
  if (logged > last) return undefined;
  return { first: logged >= first ? -Infinity : first, last };
}

function intersect(a, b) {
  const both = { first: Math.max(a.first, b.first), last: Math.min(a.last, b.last) };
  return both.first <= both.last ? both : undefined;
}

function periods(facts, number, ask, chain, delegable, seen) {
  if (number === 0n) return [{ first: -Infinity, last: Infinity }];
  const organisation = facts.register.organisation(number);
  if (chain === 0 || !organisation || !facts.counts(organisation.creation)) return [];
  const key = `${number} ${chain} ${delegable}`;
  if (seen.has(key)) return seen.get(key);
  seen.set(key, []);
  const found = new Map();
  for (const grant of organisation.grants) {
    const { claims, iss } = grant.event;
    if (!facts.counts(grant) || (delegable && !claims.delegable)) continue;
    if (!fits(organisation, grant, ask)) continue;
    const ends = grant.ends.filter((end) => facts.counts(end)).map((end) => end.event.claims);
    const last = Math.min(claims.until ?? Infinity, ...ends.map((end) => end.last_day));
    const own = { first: claims.from, last };
    for (const above of periods(facts, iss, ask, chain - 1, true, seen)) {
      const held = below(above, dayOfMs(grant.timeMs));
      const period = held && intersect(own, held);
      if (period) found.set(`${period.first} ${period.last}`, period);
    }
  }
  seen.set(key, [...found.values()]);
  return seen.get(key);
}

/**
 * The last day up to which an organisation stands without a gap from a day on: undefined where it
 * does not stand on that day, Infinity where no end is filed.
 * @param {{power: string, item: string, insurer?: bigint}} ask
 */
export function standsUntil(facts, number, ask, day) {
  const all = periods(facts, number, ask, CHAIN, false, new Map());
  let last;
  for (let next = day; ; ) {
    const reached = all
      .filter((period) => period.first <= next && next <= period.last)
      .reduce((most, period) => Math.max(most, period.last), -Infinity);
    if (reached < next) return last;
    last = reached;
    if (last === Infinity) return last;
    next = last + 1;
  }
}
