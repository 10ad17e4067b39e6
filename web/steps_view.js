// "How was this checked?": the steps of docs/protocol.md, section 7, with their values.

import { disclosure, element } from './element.js';
import { formatRegistrationNumber } from './verify/registration_number.js';

const code = (digits) => element('code', {}, digits);

// A text with elements in the place of its values.
function woven(language, key, values) {
  const mark = '\u0000';
  const names = Object.keys(values);
  const slots = Object.fromEntries(names.map((name) => [name, `${mark}${name}${mark}`]));
  return language.say(key, slots).split(mark)
    .map((part, i) => (i % 2 === 1 ? values[part] : part));
}

function historyText(language, { kind, before, hashes }, steps) {
  const size = language.number(steps.treeSize);
  const seen = before && language.number(before.size);
  return language.say(`steps.history_${kind}`, { size, before: seen, hashes });
}

function headText(language, { steps, saved }) {
  const { treeSize, root, headTimeMs, cosigners, cosignedTimeMs } = steps;
  const said = [woven(language, 'steps.head_text', {
    size: language.number(treeSize), root: code(root), time: language.time(headTimeMs),
  })];
  said.push(' ', language.say(saved ? 'steps.head_saved' : 'steps.head_new'));
  const time = cosignedTimeMs === undefined ? '' : language.time(cosignedTimeMs);
  said.push(' ', cosigners.length > 0
    ? language.say('steps.cosigned', {
      cosigners: language.list(cosigners.map(({ name }) => name)),
      time: time || language.time(cosigners[0].timeMs),
    })
    : language.say('steps.cosigned_none'));
  return said;
}

function subjectList({ language, names }, { steps }) {
  return element('ul', { class: 'proofs' }, steps.subjects.map(({ number, entries, root }) => {
    const registration = formatRegistrationNumber(number);
    const named = names.of(number);
    return element('li', {}, woven(language, 'steps.subject', {
      number: registration, name: named === registration ? '' : named,
      entries: language.number(entries), root: code(root),
    }));
  }));
}

function verdictText({ language, names }, { verdict }) {
  const { scheme, schemeVersionFrom, asOfMs } = verdict;
  const rules = scheme === undefined
    ? language.say('steps.no_scheme')
    : language.say('answer.scheme_from', {
      scheme: names.of(scheme), day: language.day(schemeVersionFrom),
    });
  return language.say('steps.verdict_text', { scheme: rules, time: language.time(asOfMs) });
}

/**
 * The steps of a check.
 * @param {{language, names}} context
 * @param answer as Inquiry gives it
 */
export function stepsView(context, answer) {
  const { language } = context;
  const { steps, history } = answer;
  const count = (name) => ({ [name]: language.number(steps[name]) });
  const step = (key, ...content) => element('li', {},
    element('strong', {}, language.say(key)), element('div', {}, content));
  return disclosure(language.say('steps.heading'), { class: 'card steps' },
    element('p', {}, language.say('steps.lead')),
    element('ol', {},
      step('steps.anchors', woven(language, 'steps.anchors_text', {
        origin: steps.origin, key: code(steps.logKeyId), genesis: code(steps.genesis),
      })),
      step('steps.head', headText(language, answer)),
      step('steps.history', historyText(language, history, steps)),
      step('steps.state', woven(language, 'steps.state_text', {
        subjects: language.number(steps.registerSubjects), root: code(steps.stateRoot),
      })),
      step('steps.subjects', language.say('steps.subjects_text', {
        subjects: language.number(steps.subjects.length), ...count('entries'),
      }), subjectList(context, answer)),
      step('steps.signatures', language.say('steps.signatures_text', count('signatures'))),
      step('steps.disclosed', language.say('steps.disclosed_text', {
        ...count('disclosed'), ...count('withheld'),
      })),
      step('steps.verdict', verdictText(context, answer))));
}
