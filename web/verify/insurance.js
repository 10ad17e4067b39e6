// The insurance legs (docs/verdict.md, "Insurance on the day" and "Insurance if you claim").

import { Assessment, best, NO } from './assessment.js';
import { formatDay } from './day.js';
import { assessHowKnown } from './how_known.js';
import { standsUntil } from './standing.js';
import { toldWithdrawal } from './training.js';

const listed = (claims, treatment) =>
  claims.treatments.find((each) => each.treatment === treatment);

const EXCLUSIONS = ['under_18', 'no_patch_test', 'no_consent'];

// What a policy does not do for a treatment.
function leftOut(record, { facts, treatment }) {
  const { claims } = record.event;
  if (facts.withdrawnFrom(record) === -Infinity) return [];
  const said = (code) => ({ code, detail: treatment, record });
  if (claims.not_covered?.includes(treatment)) return [said('insurance_treatment_excluded')];
  const found = listed(claims, treatment);
  if (!found) return [said('insurance_treatment_not_listed')];
  const excluded = EXCLUSIONS.filter((each) => found.excludes?.includes(each));
  return excluded.map((each) => said(`insurance_excludes_${each}`));
}

// The last day of cover, and the withdrawal where that moved it.
function endOf(facts, entry) {
  const withdrawal = facts.withdrawal(entry);
  const { until } = entry.event.claims;
  if (!withdrawal || withdrawal.from > until) return { end: until };
  return { end: withdrawal.from - 1, cancelled: withdrawal };
}

function assessTreatment(assessment, entry, context) {
  for (const { code, detail } of leftOut(entry, context)) {
    const always = !code.startsWith('insurance_excludes_');
    if (always || (context.under18 && code === 'insurance_excludes_under_18')) {
      assessment.no(code, detail);
    }
  }
  if (!entry.event.claims.territories.includes(context.territory)) {
    assessment.no('insurance_other_territory', context.territory);
  }
}

// A day after the end of cover, or a policy that was never in force.
function assessEnd(assessment, { claims }, { end, cancelled }, { facts, on }) {
  assessment.bound(end);
  if (cancelled && (on > end || end < claims.from)) {
    assessment.no('insurance_cancelled', toldWithdrawal(cancelled));
  }
  if (cancelled || on <= end) return;
  if (on > facts.asOfDay && end >= facts.asOfDay) {
    assessment.unsure('insurance_not_renewed_yet', formatDay(end));
  } else {
    assessment.no('insurance_ended', formatDay(end));
  }
}

function assessDays(assessment, event, term, context) {
  const { from } = event.claims;
  if (context.on < from) assessment.no('insurance_not_started', formatDay(from));
  assessEnd(assessment, event, term, context);
}

// The days of a claims-made policy for a claim made on the claim day.
function assessClaim(assessment, event, term, context) {
  const { facts, on, claimOn } = context;
  const { from, retroactive, extended_until: extended } = event.claims;
  const { end, cancelled } = term;
  if (retroactive === undefined && on < from) assessment.unsure('retroactive_missing');
  if (retroactive > on) assessment.no('retroactive_after_day', formatDay(retroactive));
  assessEnd(assessment, event, term, context);
  const last = Math.max(end, extended ?? end);
  if (claimOn < from) {
    assessment.no('claim_before_cover', formatDay(from));
  } else if (claimOn > last) {
    if (!cancelled && claimOn > facts.asOfDay && end >= facts.asOfDay) {
      assessment.unsure('insurance_not_renewed_yet', formatDay(last));
    } else {
      assessment.no('claim_after_cover', formatDay(last));
    }
  }
}

function assessLimit(assessment, section, least, stated) {
  if (least === undefined) return;
  if (stated === undefined) assessment.unsure('insurance_limit_missing', section);
  else if (stated < least) assessment.no('insurance_limit_too_low', section);
}

function assessSections(assessment, { claims }, { version }) {
  for (const required of version.insurance) {
    const { section } = required;
    const found = claims.sections.find((each) => each.section === section);
    if (!found) {
      assessment.no('insurance_section_missing', section);
    } else if (found.currency !== required.currency) {
      assessment.unsure('insurance_currency_differs', `${section} ${found.currency}`);
    } else {
      assessLimit(assessment, section, required.per_claim_minor, found.per_claim_minor);
      assessLimit(assessment, section, required.aggregate_minor, found.aggregate_minor);
    }
  }
}

function assessClinic(assessment, { claims }, { facts, practitioner, at, on }) {
  const clinic = claims.only_while_working_for;
  if (clinic === undefined) return;
  const detail = String(clinic);
  if (at === undefined) {
    assessment.unsure('covered_only_at_clinic', detail);
    return;
  }
  if (at !== clinic) {
    assessment.no('insurance_only_at_other_clinic', detail);
    return;
  }
  const confirmed = new Set(
    facts.of(practitioner, 'affiliation-confirmed').map(({ event }) => event.claims.target));
  const lastDay = (entry) =>
    Math.min(entry.event.claims.until ?? Infinity, facts.withdrawnFrom(entry) - 1);
  const work = facts.of(practitioner, 'affiliation').filter((entry) => {
    const { clinic: where, from } = entry.event.claims;
    return where === clinic && from <= on && on <= lastDay(entry);
  });
  if (work.length === 0) {
    assessment.no('affiliation_missing', detail);
    return;
  }
  const sure = work.filter((entry) => confirmed.has(entry.event.id));
  const [chosen] = (sure.length > 0 ? sure : work).sort((a, b) => lastDay(b) - lastDay(a) || 0);
  assessment.records.push(chosen);
  if (sure.length === 0) assessment.unsure('affiliation_unconfirmed', detail);
  else assessment.bound(lastDay(chosen));
}

function assessInsurer(assessment, { iss, claims }, { facts, version }, day) {
  const insurer = claims.issuer.number;
  if (insurer === undefined) return;
  const signed = claims.grade === 'issuer_signed' && iss !== insurer ? [iss] : [];
  for (const number of [insurer, ...signed]) {
    const lasts = version.insurance.map(({ section }) =>
      standsUntil(facts, number, { power: 'issue_insurance', item: section, insurer }, day));
    if (lasts.includes(undefined)) assessment.no('insurer_not_standing', String(number));
    else assessment.bound(Math.min(...lasts));
  }
}

function assess(entry, context, forClaim) {
  const { event } = entry;
  const assessment = new Assessment(entry);
  const term = endOf(context.facts, entry);
  const claimsMade = forClaim && event.claims.basis === 'claims_made';
  if (term.cancelled?.from === -Infinity) {
    assessment.no('insurance_withdrawn', toldWithdrawal(term.cancelled));
    return assessment;
  }
  (claimsMade ? assessClaim : assessDays)(assessment, event, term, context);
  assessTreatment(assessment, entry, context);
  assessSections(assessment, event, context);
  assessClinic(assessment, event, context);
  const day = claimsMade ? Math.max(context.on, event.claims.from) : context.on;
  assessInsurer(assessment, event, context, day);
  assessHowKnown(assessment, entry, context, 'insurance');
  return assessment;
}

/**
 * An insurance leg.
 * @param context {facts, practitioner, treatment, territory, on, claimOn, at, under18, clinics,
 *     version}
 * @param {boolean} forClaim whether it asks about a claim made on `claimOn`
 * @returns {{outcome, reasons, records, until, shown}} `shown` what the policies leave out
 */
export function judgeInsurance(context, forClaim) {
  const filed = context.facts.of(context.practitioner, 'insurance');
  if (filed.length > 0) {
    const judged = best(filed.map((entry) => assess(entry, context, forClaim)));
    const shown = judged.weighed.flatMap((record) => leftOut(record, context));
    return { ...judged, shown };
  }
  return { outcome: NO, reasons: [{ code: 'insurance_none' }], records: [], until: Infinity };
}
