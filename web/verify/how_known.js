// How a paper is known: grade, age, and whose own clinic said it (docs/verdict.md, "How a paper is
// known").

import { formatDay } from './day.js';
import { gradeRank } from './power.js';

/**
 * Says what is against an entry for how it is known.
 * @param {Assessment} assessment to say it in
 * @param {{on: number, clinics: Set, version: object}} context `version` the claims of the rules
 * @param {'training'|'insurance'} kind
 */
export function assessHowKnown(assessment, entry, { on, clinics, version }, kind) {
  const { grade, confirmed, seen_on: seenOn } = entry.event.claims;
  if (gradeRank(grade) < gradeRank(version[`${kind}_grade`])) {
    assessment.unsure('grade_too_low', grade, entry);
  }
  if (grade === 'issuer_signed') return;
  const age = version[`${kind}_max_age_days`];
  if (age !== undefined) {
    const last = confirmed?.on ?? seenOn;
    const until = last === undefined ? -Infinity : last + Number(age);
    if (until < on) {
      assessment.unsure('confirmation_too_old', last === undefined ? '' : formatDay(last), entry);
    }
    assessment.bound(until);
  }
  if (!version.own_clinic_may_attest && clinics.has(entry.event.iss)) {
    assessment.unsure('attested_by_own_clinic', String(entry.event.iss), entry);
  }
}
