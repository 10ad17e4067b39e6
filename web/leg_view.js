// One leg of the answer (docs/verdict.md, "The answer"): what it says, why, and the papers.

import { disclosure, element, sign } from './element.js';
import { filedText, reasonText } from './reason_text.js';
import { recordView } from './record_view.js';

function reasonView(context, reason, told) {
  const { language, names, question } = context;
  const said = [element('p', { class: 'reason' }, reasonText(language, reason, names))];
  const filed = filedText(language, reason, names, question.practitioner);
  if (filed) said.push(element('p', { class: 'minor' }, filed));
  const code = reason.code;
  if (code === 'covered_only_at_clinic') {
    const again = () => context.askAt(BigInt(reason.detail));
    const label = language.say('help.at_clinic');
    said.push(element('button', { type: 'button', onclick: again }, label));
  }
  const { record } = reason;
  const view = record && !told.has(record) ? recordView(context, record) : undefined;
  told.add(record);
  // A measure is what matters itself; a paper is what somebody may want to look at.
  if (record?.event.type === 'sanction') said.push(view);
  else if (view) said.push(disclosure(language.say('leg.paper'), { class: 'inner' }, view));
  return element('li', {}, said);
}

const sameReasons = (a, b) => a.length === b.length
  && a.every(({ code, detail, record }, i) =>
    code === b[i].code && detail === b[i].detail && record === b[i].record);

function reasonsView(context, { name, reasons }, onDay) {
  if (name === 'INSURANCE_IF_CLAIMED' && sameReasons(reasons, onDay?.reasons ?? [])) {
    return element('p', { class: 'reason' }, context.language.say('leg.same_reasons'));
  }
  const told = new Set();
  const items = reasons.map((each) => reasonView(context, each, told));
  return element('ul', { class: 'reasons' }, items);
}

// What a leg that is YES rests on.
function restsOn(context, leg, onDay) {
  const { language, names } = context;
  if (leg.name === 'REGISTRATION') {
    const { signer, timeMs, withheld } = context.person;
    const values = { signer: names.of(signer), day: language.day(Math.floor(timeMs / 86400000)) };
    return [
      element('p', {}, language.say('leg.registered', values)),
      ...withheld.map((slot) => element('p', {}, language.say(`person.withheld_${slot}`))),
    ];
  }
  if (leg.name === 'STANDING') {
    return [element('p', {}, language.say('leg.standing_clear'))];
  }
  const shown = leg.restsOn.filter((record) => recordView(context, record));
  if (leg.name === 'INSURANCE_IF_CLAIMED') {
    const basis = shown[0]?.event.claims.basis;
    const same = onDay?.restsOn.includes(shown[0]);
    return [
      basis && element('p', {}, language.say(`leg.${basis}`)),
      same ? element('p', { class: 'minor' }, language.say('leg.same_policy'))
        : shown.map((record) => recordView(context, record)),
    ];
  }
  return shown.map((record) => recordView(context, record));
}

/**
 * @param context {language, names, api, question, person, askAt}
 * @param leg of a verdict
 * @param {object[]} legs all of them
 */
export function legView(context, leg, legs) {
  const { language } = context;
  const { name, outcome, decides, holdsUntil } = leg;
  const onDay = legs.find((each) => each.name === 'INSURANCE_ON_DAY');
  const content = outcome === 'YES'
    ? restsOn(context, leg, onDay) : [reasonsView(context, leg, onDay)];
  const until = holdsUntil && element('p', { class: 'minor' },
    language.say('leg.holds_until', { day: language.day(holdsUntil) }));
  return element('section', { class: `leg ${outcome}${decides ? '' : ' informs'}` },
    element('h4', {}, language.say(`leg.${name}`), ' ',
      element('span', { class: 'chip' }, sign(outcome), language.say(`leg.outcome_${outcome}`))),
    decides ? undefined : element('p', { class: 'minor' }, language.say('leg.informs')),
    ...content, until);
}
