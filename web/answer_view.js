// The answer as a patient reads it: one word, why, who, the legs, whom to ask (docs/verdict.md).

import { element, facts, sign } from './element.js';
import { capital } from './language.js';
import { legView } from './leg_view.js';
import { photoView } from './paper_view.js';
import { isPast, pastText, pastView } from './past_view.js';
import { personOf } from './person.js';
import { filedText, Names, reasonText, whomToAsk } from './reason_text.js';
import { stepsView } from './steps_view.js';
import { formatDay } from './verify/day.js';
import { formatRegistrationNumber } from './verify/registration_number.js';

// Without a person behind the number the other legs say nothing that helps.
const NOBODY = ['number_not_registered', 'not_a_practitioner', 'registration_void'];

const WORST_FIRST = ['NO', 'CANNOT_SAY', 'YES'];

/** Whether an answer is about a number that is no practitioner's. */
export function isNobody({ legs: [registration] }) {
  return registration.reasons.some(({ code }) => NOBODY.includes(code));
}

// What stands in the way comes first.
function legsToShow(verdict) {
  if (isNobody(verdict)) return verdict.legs.slice(0, 1);
  const rank = ({ outcome }) => WORST_FIRST.indexOf(outcome);
  return [...verdict.legs].sort((a, b) => rank(a) - rank(b));
}

// The reason that is named first: a sanction outweighs all else that is wrong.
function mainReason({ outcome, legs, updateNeeded }) {
  const deciding = legs.filter((leg) => leg.decides && leg.outcome === outcome);
  const standing = deciding.find((leg) => leg.name === 'STANDING');
  const [registration] = legs;
  const first = registration.outcome === outcome ? registration : standing ?? deciding[0];
  if (updateNeeded && outcome === 'CANNOT_SAY') return { code: 'update_needed' };
  return first?.reasons[0];
}

// What was asked beyond the treatment and the day.
function askedText(language, names, { at, under18, claimOn }) {
  const said = [];
  if (at !== undefined) said.push(language.say('answer.at', { clinic: names.of(at) }));
  if (under18) said.push(language.say('answer.under_18'));
  if (claimOn !== undefined) {
    said.push(language.say('answer.claim_on', { day: language.day(claimOn) }));
  }
  return said.join(', ');
}

function summary({ language, names, question }, { verdict, saved }) {
  const { holdsUntil, asOfMs, weakestGrade, scheme, schemeVersionFrom, outcome } = verdict;
  const rules = { scheme: names.of(scheme), day: language.day(schemeVersionFrom) };
  const known = outcome !== 'NO' && weakestGrade;
  return facts([
    [language.say('answer.asked'), askedText(language, names, question)],
    [language.say('answer.holds_until'), holdsUntil && [
      element('strong', {}, language.day(holdsUntil)), ' ',
      !saved && language.say('answer.holds_hint')]],
    [language.say('answer.as_of'), language.time(asOfMs)],
    [language.say('answer.weakest'), known && capital(language.say(`grade.${weakestGrade}`))],
    [language.say('answer.scheme'),
      schemeVersionFrom && language.say('answer.scheme_from', rules)],
  ]);
}

/** An answer in one sentence, and another where its day has passed. */
export function announcementOf(language, answer) {
  const { question } = answer;
  const sentence = sentenceOf(language, answer);
  return isPast(question) ? `${sentence} ${pastText(language, question)}` : sentence;
}

/** An answer in one sentence. */
export function sentenceOf(language, answer) {
  const { question: { practitioner, treatment, territory, on }, verdict } = answer;
  return language.say(`answer.${isNobody(verdict) ? 'NOBODY' : verdict.outcome}`, {
    name: nameIn(language, answer),
    number: formatRegistrationNumber(practitioner),
    treatment: language.words(treatment),
    territory: language.words(territory),
    day: language.day(on),
  });
}

function headline(context, answer) {
  const { language, names, question, person } = context;
  const { verdict, saved } = answer;
  const { outcome } = verdict;
  const advice = isNobody(verdict) ? 'NOBODY' : outcome;
  const whom = person.name ?? language.say('answer.the_practitioner');
  const reason = outcome === 'YES' ? undefined : mainReason(verdict);
  const time = language.time(verdict.asOfMs);
  const isAhead = outcome === 'YES' && !saved && verdict.asOf < formatDay(question.on);
  const past = isPast(question);
  const kind = `answer ${outcome}${past ? ' of-the-past' : ''}`;
  return element('section', { class: kind, 'aria-labelledby': 'outcome' },
    element('h2', { id: 'outcome', tabindex: -1 },
      sign(outcome), element('span', {}, language.say(`outcome.${outcome}`),
        saved && element('small', {}, language.say('answer.saved_on', { time })))),
    past && pastView(context, answer, mainReason),
    saved && element('p', { class: 'banner' }, language.say('answer.saved')),
    element('p', { class: 'sentence' }, sentenceOf(language, answer)),
    reason && element('p', { class: 'because' },
      element('strong', {}, language.say('answer.because')), ' ',
      reasonText(language, reason, names)),
    element('p', {}, language.say(`answer.advice_${advice}`, { name: whom }),
      isAhead ? ` ${language.say('answer.ahead')}` : ''),
    summary(context, answer),
    element('p', { class: 'minor seal' }, language.say('answer.checked', {
      signatures: language.number(answer.steps.signatures),
      entries: language.number(answer.steps.entries),
    })));
}

function personView(context, name) {
  const { language, person, question } = context;
  if (!person.name) return undefined;
  return element('section', { class: 'card person' },
    photoView(context, person),
    element('div', {},
      element('p', { class: 'minor' }, language.say('person.heading')),
      element('h3', {}, name),
      facts([
        [language.say('person.number'), formatRegistrationNumber(question.practitioner)],
        [language.say('person.town'), person.town],
        [language.say('person.also'), person.earlier.length > 0 && language.list(person.earlier)],
      ])));
}

function notesView({ language, names, question }, { warnings, negatives, conditions, legs }) {
  // What a leg says as its reason need not be said again.
  const said = new Set(legs.flatMap((leg) => leg.reasons.map(({ code, record }) =>
    `${code} ${record?.event.id}`)));
  const notes = [...conditions, ...negatives, ...warnings]
    .filter(({ code, record }) => !said.has(`${code} ${record?.event.id}`));
  if (notes.length === 0) return undefined;
  return element('section', { class: 'card notes' },
    element('h3', {}, language.say('answer.notes')),
    element('ul', {}, notes.map((note) => element('li', {}, reasonText(language, note, names),
      element('div', { class: 'minor' },
        filedText(language, note, names, question.practitioner))))));
}

function helpView({ language, names, person }, { outcome, legs }) {
  const asked = new Map();
  for (const leg of legs.filter((each) => each.outcome !== 'YES')) {
    for (const reason of leg.reasons) {
      const whom = whomToAsk(reason, names);
      if (whom?.name) asked.set(`${whom.role} ${whom.name}`, whom);
    }
  }
  const rows = [...asked.values()].map(({ role, name }) => language.say(`help.${role}`, { name }));
  rows.push(language.say('help.practitioner'));
  if (outcome !== 'YES' && person.signer !== undefined) {
    rows.push(language.say('help.registered_by', { name: names.of(person.signer) }));
  }
  return element('section', { class: 'card help' },
    element('h3', {}, language.say('help.heading')),
    element('ul', {}, rows.map((row) => element('li', {}, row))));
}

/** The name by which an answer speaks of its practitioner. */
export function nameIn(language, answer) {
  const { practitioner, on } = answer.question;
  return personOf(answer.subjects, practitioner, on).name
    ?? language.say('answer.nobody', { number: formatRegistrationNumber(practitioner) });
}

/**
 * An answer on the page.
 * @param {{language, api, askAt, askOn}} page `askAt` asks again for a clinic's number, `askOn`
 *     for a day
 * @param answer as Inquiry gives it, of kind `answer`
 * @returns {Node[]}
 */
export function answerView(page, answer) {
  const { question, subjects, verdict, saved } = answer;
  const names = new Names(subjects);
  const person = personOf(subjects, question.practitioner, question.on);
  const context = { ...page, names, person, question, offline: saved };
  const name = nameIn(page.language, answer);
  const legs = legsToShow(verdict);
  const shown = { ...verdict, legs };
  return [
    headline(context, answer),
    personView(context, name),
    notesView(context, shown),
    element('section', { class: 'legs' },
      element('h3', {}, page.language.say('answer.legs')),
      legs.map((leg) => legView(context, leg, legs))),
    helpView(context, shown),
    stepsView(context, answer),
  ].filter((node) => node !== undefined);
}
