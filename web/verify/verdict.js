// The verdict: five legs and the answer (docs/protocol.md, section 10; docs/verdict.md).

import { CANNOT_SAY, distinct, lowestGrade, NO, worst, YES } from './assessment.js';
import { formatDay } from './day.js';
import { judgeInsurance } from './insurance.js';
import { ownClinics, samePerson } from './persons.js';
import { rulesInForce } from './rules.js';
import { judgeStanding } from './sanctions.js';
import { judgeTraining } from './training.js';
import { warningsOf } from './warnings.js';

const found = (outcome, code, record) => ({
  outcome, reasons: code ? [{ code, detail: '', record }] : [], records: [], until: Infinity,
});

function judgeRegistration(facts, number) {
  const subject = facts.register.subjects.get(number);
  const creation = subject?.creation;
  if (!facts.known.includes(creation)) return found(NO, 'number_not_registered');
  // A subject of a kind that is newer than this program.
  if (subject.type === undefined) return found(CANNOT_SAY, 'update_needed', creation);
  if (subject.type !== 'practitioner') return found(NO, 'not_a_practitioner', creation);
  if (!facts.counts(creation)) return found(NO, 'registration_void', creation);
  const erased = facts.of(number, 'erasure').find(({ event }) => {
    return event.claims.target === undefined || event.claims.target === creation.event.id;
  });
  return erased ? found(NO, 'erased', erased) : { ...found(YES), records: [creation] };
}

function judgePapers(context, registered, fault) {
  if (!registered) {
    const uninsured = found(NO, 'insurance_none');
    return [found(NO, 'training_none'), uninsured, uninsured];
  }
  if (fault) {
    const unsure = found(CANNOT_SAY, fault);
    return [unsure, unsure, unsure];
  }
  const insurance = [false, true].map((forClaim) => judgeInsurance(context, forClaim));
  return [judgeTraining(context), ...insurance];
}

const date = (day) => (Number.isFinite(day) ? formatDay(day) : '');

function toLeg(name, judged, decides) {
  const { outcome, reasons, records, until } = judged;
  const holdsUntil = outcome === YES ? date(until) : '';
  const weakestGrade = lowestGrade(records);
  return { name, outcome, decides, reasons, restsOn: records, weakestGrade, holdsUntil };
}

/**
 * The verdict over facts.
 * @param {Facts} facts
 * @param question as readQuestion returns it
 * @returns {{outcome, legs, warnings, negatives, conditions, weakestGrade, holdsUntil,
 *     updateNeeded, scheme, schemeVersionFrom, asOf, asOfMs}} outcomes are YES, CANNOT_SAY or NO;
 *     reasons {code, detail, record?} with entries as records; days YYYY-MM-DD or empty
 */
export function judge(facts, question) {
  const { practitioner, treatment, on } = question;
  const registration = judgeRegistration(facts, practitioner);
  const registered = registration.outcome === YES || registration.reasons[0].code === 'erased';
  const rules = rulesInForce(facts, question);
  const numbers = samePerson(facts, practitioner);
  const context = {
    ...question,
    claimOn: question.claimOn ?? on,
    facts,
    numbers,
    clinics: ownClinics(facts, numbers),
    version: rules.version?.event.claims,
  };
  const [training, onDay, ifClaimed] = judgePapers(context, registered, rules.fault);
  const standing = registered
    ? judgeStanding(context)
    : { ...found(CANNOT_SAY, registration.reasons[0].code), conditions: [] };
  const judged = [
    ['REGISTRATION', registration, true],
    ['TRAINING', training, true],
    ['INSURANCE_ON_DAY', onDay, true],
    ['INSURANCE_IF_CLAIMED', ifClaimed, question.claimOn !== undefined],
    ['STANDING', standing, true],
  ];
  for (const leg of [training, onDay, ifClaimed]) leg.until = Math.min(leg.until, rules.until);
  const deciding = judged.filter(([, , decides]) => decides).map(([, leg]) => leg);
  const updateNeeded = facts.known.some((entry) => !entry.event.known);
  let outcome = worst(deciding.map((leg) => leg.outcome));
  if (updateNeeded && standing.outcome !== NO) outcome = CANNOT_SAY;
  const records = deciding.flatMap((leg) => leg.records);
  const rested = judged.flatMap(([, leg]) => leg.records);
  const lapse = Math.min(...deciding.map((leg) => leg.until));
  return {
    outcome,
    legs: judged.map((leg) => toLeg(...leg)),
    warnings: warningsOf(rested, { ...context, version: rules.version }),
    negatives: distinct(judged.flatMap(([, leg]) => leg.shown ?? [])),
    conditions: standing.conditions,
    weakestGrade: lowestGrade(records),
    holdsUntil: outcome === YES ? date(lapse) : '',
    updateNeeded,
    scheme: rules.scheme,
    schemeVersionFrom: rules.version ? formatDay(rules.version.event.claims.from) : '',
    asOf: formatDay(facts.asOfDay),
    asOfMs: facts.asOfMs,
  };
}
