// Reasons of a verdict in words (docs/verdict.md, "Reason codes").

import { capital } from './language.js';
import { disclosed } from './person.js';
import { formatDay } from './verify/day.js';
import { formatRegistrationNumber } from './verify/registration_number.js';

/** Names that were proven, by number: of organisations, schemes and people. */
export class Names {
  constructor(subjects) {
    const nameOf = ({ name, events: [creation] }) =>
      name ?? creation?.claims.name ?? (creation && disclosed(creation, 'name'));
    this.byNumber = new Map(subjects.map((subject) => [String(subject.number), nameOf(subject)]));
  }

  /** The name of a number, or else its registration number. */
  of(number) {
    if (!/^[0-9]+$/.test(String(number))) return String(number);
    return this.byNumber.get(String(number)) ?? formatRegistrationNumber(number);
  }
}

// Details that begin with codes: `treatment_risk`, or `treatment_risk EUR`.
function words(language, detail) {
  const [code, ...rest] = detail.split(' ');
  return [language.words(code), ...rest].join(' ');
}

// Why and since when something was withdrawn: `unpaid from 2026-05-03`, or `false`.
function withdrawal(language, detail) {
  const [why, day] = detail.split(' from ');
  const since = day
    ? language.say('since.day', { day: language.day(day) })
    : language.say('since.start');
  return { why: language.say(`why.${why}`), since };
}

const isDay = (detail) => /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(detail);

/** A reason {code, detail, record?} as a sentence. */
export function reasonText(language, { code, detail = '', record }, names) {
  if (code === 'training_none' && detail === '') return language.say('reason.training_none_at_all');
  if (!language.has(`reason.${code}`)) return language.say('reason.other', { code, detail });
  const shown = code === 'conditions_on_other_treatments'
    ? language.codes(detail.split(', '))
    : detail;
  return capital(language.say(`reason.${code}`, {
    detail: code === 'training_for_other_treatment' && record
      ? `${detail} (${record.event.claims.qualification})` : shown,
    day: isDay(detail) ? language.day(detail) : detail,
    organisation: names.of(detail),
    words: words(language, detail),
    grade: language.say(`grade.${detail}`),
    ...withdrawal(language, detail),
  }));
}

/** Under which number and by whom a reason's record is filed; undefined without a record. */
export function filedText(language, { record }, names, practitioner) {
  if (!record) return undefined;
  const { event, timeMs } = record;
  const day = language.day(formatDay(Math.floor(timeMs / 86400000)));
  const said = [language.say('reason.filed', { signer: names.of(event.iss), day })];
  if (event.type === 'sanction' && event.sub !== practitioner) {
    const number = formatRegistrationNumber(event.sub);
    said.unshift(language.say('reason.other_number', { number }));
  }
  return said.join(' ');
}

const ASKED = {
  issuer: [
    'grade_too_low', 'confirmation_too_old', 'attested_by_own_clinic', 'training_owner_missing',
    'insurance_limit_missing', 'insurance_currency_differs', 'retroactive_missing',
  ],
  clinic: ['affiliation_missing', 'affiliation_unconfirmed'],
  regulator: ['suspended', 'removed', 'conditions_bar_treatment', 'conditions_unclear'],
};

/** Whom to ask about a reason: {role, name}, or undefined. */
export function whomToAsk({ code, detail, record }, names) {
  const role = Object.keys(ASKED).find((each) => ASKED[each].includes(code));
  if (role === 'issuer') return { role, name: record?.event.claims.issuer?.name };
  if (role === 'clinic') return { role, name: names.of(detail) };
  return role && { role, name: names.of(record?.event.iss ?? 0n) };
}
