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
  no(code, detail = '', record = this.records[0]) {
    this.against[NO].push({ code, detail, record });
  }

  /** Says why the answer is CANNOT SAY. */
  unsure(code, detail = '', record = this.records[0]) {
    this.against[CANNOT_SAY].push({ code, detail, record });
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

const newestFirst = (a, b) => (a.records[0].index < b.records[0].index ? 1 : -1);

function byTerm(a, b) {
  if (a.until !== b.until) return b.until - a.until;
  return gradeRank(lowestGrade(b.records)) - gradeRank(lowestGrade(a.records));
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
 * The outcome of several alternatives, of which the best counts: a YES that holds longest, then the
 * better known; else the nearest misses first.
 * @param {Assessment[]} assessments at least one
 * @returns {{outcome, reasons, records, until}} `records` chosen, none for a NO
 */
export function best(assessments) {
  const outcome = [YES, CANNOT_SAY, NO].find((each) =>
    assessments.some((assessment) => assessment.outcome === each));
  const alike = assessments.filter((each) => each.outcome === outcome).sort(newestFirst);
  if (outcome === YES) {
    const [chosen] = alike.sort(byTerm);
    return { outcome, reasons: [], records: chosen.records, until: chosen.until };
  }
  alike.sort((a, b) => a.reasons.length - b.reasons.length);
  const records = outcome === NO ? [] : alike[0].records;
  const reasons = distinct(alike.flatMap((each) => each.reasons));
  return { outcome, reasons, records, until: Infinity };
}
