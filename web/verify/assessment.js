// How records are weighed: what speaks against each, and which of several counts (docs/verdict.md,
// "The answer").

import { gradeRank } from './power.js';

/** Outcomes, worst first. */
export const NO = 'NO';
export const CANNOT_SAY = 'CANNOT_SAY';
export const YES = 'YES';
const WORST_FIRST = [NO, CANNOT_SAY, YES];

/** The worst of outcomes. */
export const worst = (outcomes) => WORST_FIRST.find((each) => outcomes.includes(each)) ?? YES;

/** The lowest grade of records; undefined where none has a grade. */
export function lowestGrade(records) {
  const grades = records.map((entry) => entry.event.claims.grade).filter((grade) => grade);
  return grades.sort((a, b) => gradeRank(a) - gradeRank(b))[0];
}

/** What is said about one record, or about one with the record that refreshes it. */
export class Assessment {
  constructor(...records) {
    this.records = records;
    this.against = { [NO]: [], [CANNOT_SAY]: [] };
    /** Last day on which the same records give the same YES. */
    this.until = Infinity;
  }

  /** Says why the answer is NO. */
  no(code, detail, record) {
    this.say(NO, code, detail, record);
  }

  /** Says why the answer is CANNOT SAY. */
  unsure(code, detail, record) {
    this.say(CANNOT_SAY, code, detail, record);
  }

  // Once: a section can lack two limits.
  say(outcome, code, detail = '', record = this.records[0]) {
    this.against[outcome] = distinct([...this.against[outcome], { code, detail, record }]);
  }

  /** Says that a YES ends with a day. */
  bound(day) {
    this.until = Math.min(this.until, day);
  }

  get outcome() {
    return WORST_FIRST.find((outcome) => outcome === YES || this.against[outcome].length > 0);
  }

  /** The reasons of its own outcome. */
  get reasons() {
    return this.against[this.outcome] ?? [];
  }
}

const newestFirst = (a, b) => Number(b.records[0].index - a.records[0].index);
const rank = (assessment) => -WORST_FIRST.indexOf(assessment.outcome);

// The best first: of two YES the one that holds longer, then the better known, then the one that
// needs fewer records; of two others the one with fewer reasons; at last the newer.
function byMerit(a, b) {
  if (a.outcome !== b.outcome) return rank(a) - rank(b);
  if (a.outcome !== YES) return a.reasons.length - b.reasons.length || newestFirst(a, b);
  if (a.until !== b.until) return b.until - a.until;
  const known = gradeRank(lowestGrade(b.records)) - gradeRank(lowestGrade(a.records));
  return known || a.records.length - b.records.length || newestFirst(a, b);
}

/** Reasons, each once. */
export function distinct(reasons) {
  const found = new Map();
  for (const reason of reasons) {
    const key = `${reason.code}\n${reason.detail}\n${reason.record?.event.id}`;
    if (!found.has(key)) found.set(key, reason);
  }
  return [...found.values()];
}

/**
 * The outcome of several alternatives, of which the best counts.
 * @param {Assessment[]} assessments at least one
 * @returns {{outcome, reasons, records, until, weighed}} `records` those chosen, none for a NO;
 *     `weighed` the record chosen, or for a NO all of them, the best first
 */
export function best(assessments) {
  const ranked = [...assessments].sort(byMerit);
  const [{ outcome, records, until }] = ranked;
  const alike = ranked.filter((each) => each.outcome === outcome);
  return {
    outcome,
    reasons: distinct(alike.flatMap((each) => each.reasons)),
    records: outcome === NO ? [] : records,
    until: outcome === YES ? until : Infinity,
    weighed: (outcome === NO ? alike : [ranked[0]]).map((each) => each.records[0]),
  };
}
