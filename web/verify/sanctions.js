// The standing leg: sanctions under every number of the person (docs/verdict.md, "Standing").

import { CANNOT_SAY, NO, YES } from './assessment.js';

function effectOn(treatment, { claims }) {
  if (claims.kind === 'suspension') return { code: 'suspended', outcome: NO };
  if (claims.kind === 'removal') return { code: 'removed', outcome: NO };
  if (!claims.barred) return { code: 'conditions_unclear', outcome: CANNOT_SAY };
  if (claims.barred.includes(treatment)) return { code: 'conditions_bar_treatment', outcome: NO };
  return { code: 'conditions_on_other_treatments', outcome: YES };
}

/**
 * The standing leg.
 * @param {{facts, practitioner: bigint, numbers: Set, treatment: string, on: number}} context
 * @returns {{outcome, reasons, records, until, conditions}} `conditions` on other treatments
 */
export function judgeStanding({ facts, practitioner, numbers, treatment, on }) {
  const inForce = [];
  let until = Infinity;
  const ordered = [...numbers].sort((a, b) => (a < b ? -1 : 1));
  const sanctions = ordered.flatMap((number) => facts.of(number, 'sanction'));
  for (const record of sanctions) {
    const { claims, sub } = record.event;
    const effect = effectOn(treatment, record.event);
    const last = Math.min(claims.until ?? Infinity, facts.withdrawnFrom(record) - 1);
    if (claims.from > last || last < on) continue;
    if (claims.from > on) {
      if (effect.outcome !== YES) until = Math.min(until, claims.from - 1);
      continue;
    }
    const other = effect.outcome === YES ? claims.barred.join(', ') : undefined;
    const detail = other ?? (sub === practitioner ? '' : String(sub));
    inForce.push({ ...effect, detail, record });
  }
  const outcome = [NO, CANNOT_SAY, YES].find(
    (each) => each === YES || inForce.some((found) => found.outcome === each));
  const said = inForce.filter((found) => found.outcome === outcome);
  const reasons = outcome === YES ? [] : said;
  const conditions = inForce.filter((found) => found.outcome === YES);
  return { outcome, reasons, records: reasons.map(({ record }) => record), until, conditions };
}
