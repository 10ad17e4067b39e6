// Which subjects evidence must hold: the least set that answers the question (docs/protocol.md,
// section 7, "The set of subjects").

import { refuse } from './refusal.js';

// The numbers that an entry brings with it.
function named({ event }) {
  const { iss, sub, type, known, claims } = event;
  const numbers = [iss];
  if (!known && !event.newerRules) numbers.push(sub);
  if (type === 'same-person') numbers.push(sub, claims.other);
  if (type === 'training' || type === 'insurance') numbers.push(claims.issuer?.number);
  if (type === 'accreditation') numbers.push(claims.insurer);
  return numbers.filter((number) => number !== undefined);
}

/** The entry of subject 0 that creates the scheme for a treatment and territory, or undefined. */
export function schemeEntry(zero, { treatment, territory }) {
  return zero.entries.find(({ event }) => {
    const { type, known, claims } = event;
    const isScheme = type === 'scheme' && known;
    return isScheme && claims.treatment === treatment && claims.territory === territory;
  });
}

/**
 * Insists on exactly the least set.
 * @param {Map<bigint, {entries: object[]}>} subjects of the evidence
 * @param {bigint} count how many the register has
 * @throws {Refusal} evidence_subject_missing, evidence_subject_extra
 */
export function checkSubjectSet(subjects, question, count) {
  const exists = (number) => number !== undefined && number < count;
  const first = [question.practitioner, question.at].filter(exists);
  const needed = new Set([0n, ...first]);
  for (const number of needed) {
    const subject = subjects.get(number);
    if (!subject) refuse('evidence_subject_missing', `subject ${number} is needed`);
    if (number === 0n) {
      const scheme = schemeEntry(subject, question);
      if (scheme) needed.add(scheme.subjects[0]);
    }
    for (const entry of subject.entries) for (const each of named(entry)) needed.add(each);
  }
  for (const number of subjects.keys()) {
    if (!needed.has(number)) refuse('evidence_subject_extra', `subject ${number} is not needed`);
  }
}
