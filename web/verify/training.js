// The training leg (docs/verdict.md, "Training").

import { Assessment, best, distinct, NO, worst, YES } from './assessment.js';
import { addMonths, formatDay } from './day.js';
import { assessHowKnown } from './how_known.js';
import { standsUntil } from './standing.js';

/** How a withdrawal is told: why, and from which day. */
export function toldWithdrawal({ reason, from }) {
  return from === -Infinity ? reason : `${reason} from ${formatDay(from)}`;
}

// What a refresher has to pass, too: steps 1, 5 and 6, the body under the record's own number.
function assessPaper(assessment, entry, context) {
  const { facts, on } = context;
  const { awarded_on: awarded, issuer, qualification } = entry.event.claims;
  if (facts.withdrawnFrom(entry) <= on) {
    assessment.no('training_withdrawn', toldWithdrawal(facts.withdrawal(entry)), entry);
  }
  assessment.bound(facts.withdrawnFrom(entry) - 1);
  if (awarded > on) assessment.no('training_not_yet_awarded', formatDay(awarded), entry);
  const ask = { power: 'issue_training', item: qualification };
  const { number } = issuer;
  if (number !== undefined && standsUntil(facts, number, ask, awarded) === undefined) {
    assessment.no('awarding_body_not_standing', String(number), entry);
  }
  assessHowKnown(assessment, entry, context, 'training');
}

function assessOwner(assessment, entry, qualification, { facts }) {
  const { framework, level, issuer, grade } = entry.event.claims;
  if (framework !== qualification.framework || level !== qualification.level) {
    assessment.no('training_level_differs', `${framework} ${level}`);
  }
  const registered = facts.register.organisation(issuer.number);
  const counts = registered && facts.counts(registered.creation);
  const said = [counts ? registered.recognition : undefined, issuer.recognition];
  const owners = said.filter((owner) => owner !== undefined);
  const other = owners.find((owner) => owner !== qualification.owner);
  if (other !== undefined) assessment.no('training_owner_differs', other);
  if (owners.length === 0 && grade !== 'issuer_signed') {
    assessment.unsure('training_owner_missing', issuer.name);
  }
}

function assessWindow(assessment, entry, qualification, { on }) {
  const { awarded_on: awarded } = entry.event.claims;
  const first = Math.max(
    qualification.operational_start ?? -Infinity, qualification.awarded_from ?? -Infinity);
  const last = Math.min(
    qualification.certification_end ?? Infinity, qualification.awarded_to ?? Infinity);
  if (awarded < first || awarded > last) {
    assessment.no('training_outside_window', formatDay(awarded));
  }
  const accepted = qualification.accepted_until ?? Infinity;
  if (on > accepted) assessment.no('training_no_longer_accepted', formatDay(accepted));
  assessment.bound(accepted);
}

function assess(entry, qualification, context, refresher) {
  const assessment = refresher ? new Assessment(entry, refresher) : new Assessment(entry);
  assessPaper(assessment, entry, context);
  assessOwner(assessment, entry, qualification, context);
  assessWindow(assessment, entry, qualification, context);
  if (qualification.valid_for_months !== undefined) {
    const months = Number(qualification.valid_for_months);
    const last = addMonths((refresher ?? entry).event.claims.awarded_on, months);
    if (context.on > last) assessment.no('training_expired', formatDay(last));
    assessment.bound(last);
  }
  if (refresher) assessPaper(assessment, refresher, context);
  return assessment;
}

// A record alone, and with every refresher that was awarded after it.
function alternatives(entry, qualification, filed, context) {
  const { refreshers = [], valid_for_months: months } = qualification;
  const { awarded_on: awarded } = entry.event.claims;
  const refreshing = months === undefined ? [] : filed.filter(({ event: { claims } }) =>
    refreshers.includes(claims.qualification) && claims.awarded_on >= awarded);
  return [...refreshing, undefined].map((refresher) =>
    assess(entry, qualification, context, refresher));
}

// Records of no qualification that the version asks for, and what they are instead.
function others(filed, version) {
  const qualifications = version.training.flatMap((group) => group.any_of);
  const numbers = new Set(qualifications.map((each) => each.number));
  const refreshers = new Set(qualifications.flatMap((each) => each.refreshers ?? []));
  return filed
    .filter(({ event }) => !numbers.has(event.claims.qualification))
    .map((record) => {
      const { qualification, title } = record.event.claims;
      const refreshes = refreshers.has(qualification);
      const code = refreshes ? 'training_refresher_only' : 'training_for_other_treatment';
      return { code, detail: title, record };
    });
}

function assessGroup(group, filed, context) {
  const assessments = group.any_of.flatMap((qualification) =>
    filed
      .filter(({ event }) => event.claims.qualification === qualification.number)
      .flatMap((entry) => alternatives(entry, qualification, filed, context)));
  if (assessments.length > 0) return best(assessments);
  const instead = others(filed, context.version);
  const reasons = instead.length > 0 ? instead : [{ code: 'training_none', detail: group.name }];
  return { outcome: NO, reasons, records: [], until: Infinity };
}

/**
 * The training leg.
 * @param context {facts, practitioner, on, clinics, version}
 * @returns {{outcome, reasons, records, until, shown}} `shown` what papers are for instead
 */
export function judgeTraining(context) {
  const filed = context.facts.of(context.practitioner, 'training');
  const groups = context.version.training.map((group) => assessGroup(group, filed, context));
  const outcome = worst(groups.map((group) => group.outcome));
  const alike = groups.filter((group) => group.outcome === outcome);
  const reasons = outcome === YES ? [] : distinct(alike.flatMap((group) => group.reasons));
  const records = outcome === NO ? [] : [...new Set(groups.flatMap((group) => group.records))];
  const shown = outcome === YES ? [] : others(filed, context.version)
    .filter((reason) => reason.code === 'training_for_other_treatment');
  const until = Math.min(...groups.map((group) => group.until));
  return { outcome, reasons, records, until, shown };
}
