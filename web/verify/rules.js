// Which version of a scheme's rules is in force (docs/verdict.md, "The rules in force").

import { schemeKey } from './register.js';

function laterThan(a, b) {
  const [x, y] = [a.event.claims.from, b.event.claims.from];
  return x > y || (x === y && a.index > b.index);
}

/**
 * The rules of a treatment and territory on a day.
 * @returns {{scheme?: bigint, version?: object, until: number, fault?: string}} `version` the entry
 *     in force, `until` its last day; `fault` the code of why nothing can be judged
 */
export function rulesInForce(facts, { treatment, territory, on }) {
  const scheme = facts.register.schemes.get(schemeKey(treatment, territory));
  const created = scheme !== undefined && facts.register.scheme(scheme).creation;
  if (!created || !facts.counts(created)) return { until: Infinity, fault: 'no_scheme' };
  const versions = facts.of(scheme, 'scheme-version');
  if (versions.some(({ event }) => event.newerRules)) {
    return { scheme, until: Infinity, fault: 'update_needed' };
  }
  let version;
  let next = Infinity;
  for (const entry of versions) {
    const { from } = entry.event.claims;
    const withdrawn = facts.withdrawnFrom(entry);
    if (from > on && from < withdrawn) next = Math.min(next, from);
    if (from <= on && on < withdrawn && (!version || laterThan(entry, version))) version = entry;
  }
  if (!version) return { scheme, until: Infinity, fault: 'no_rules_on_day' };
  return { scheme, version, until: Math.min(next, facts.withdrawnFrom(version)) - 1 };
}
