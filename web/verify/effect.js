// Effect: which admitted events are void, as known at a time (docs/protocol.md, section 9).

import { powerAsker } from './admission.js';

function least(cuts, name, cut) {
  if (!(cuts.get(name) <= cut)) cuts.set(name, cut);
}

/**
 * The void ones among the entries that are known.
 * @param {Register} register
 * @param entries the known ones, in the order of their indexes
 * @returns {Set} of entries
 */
export function voidEntries(register, entries) {
  const voids = new Set();
  const keyCuts = new Map();
  const grantCuts = new Map();
  const rank = (entry) => register.organisation(entry.event.iss).rank;
  // Cuts come only from lower ranks, so everything that can void an entry is decided before it.
  const ordered = [...entries].sort(
    (a, b) => rank(a) - rank(b) || (a.index < b.index ? -1 : a.index > b.index ? 1 : 0),
  );
  for (const entry of ordered) {
    const { event, index } = entry;
    const signer = register.organisation(event.iss);
    const counts = {
      grantCounts: (grant) => !voids.has(grant) && !(grantCuts.get(grant.event.id) <= index),
      endCounts: (end) => !voids.has(end),
    };
    const isVoid =
      keyCuts.get(event.kid) <= index ||
      voids.has(signer.keys.get(event.kid).entry) ||
      voids.has(signer.creation) ||
      !entry.needs(powerAsker(register, entry, counts));
    if (isVoid) voids.add(entry);
    else if (event.type === 'key-revoked' && event.claims.cut !== undefined) {
      least(keyCuts, event.claims.key, event.claims.cut);
    } else if (event.type === 'accreditation-ended' && event.claims.cut !== undefined) {
      least(grantCuts, event.claims.target, event.claims.cut);
    }
  }
  return voids;
}
