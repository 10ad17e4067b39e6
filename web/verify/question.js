// The reader's question (proto/bonafide/v1/evidence.proto, Question; docs/verdict.md).

import { parseDay } from './day.js';
import { refuse } from './refusal.js';

const CODE = /^[a-z][a-z0-9_.-]{0,63}$/;

function integer(value, name, least, most) {
  const text = typeof value === 'string' ? value : String(value);
  if (!/^-?(0|[1-9][0-9]{0,19})$/.test(text)) refuse('question', 'not an integer', name);
  const found = BigInt(text);
  return found >= least && found <= most ? found : refuse('question', 'out of bounds', name);
}

function day(value, name) {
  return parseDay(value) ?? refuse('question', 'not a day', name);
}

/**
 * A question as it is asked, with integers as BigInts and days as numbers.
 * @param question {practitioner, treatment, territory, on, claimOn?, at?, under18?, knownAtMs?}:
 *     integers as strings, BigInts or safe numbers, days as YYYY-MM-DD; '' is no claim day
 * @throws {Refusal} question
 */
export function readQuestion(question) {
  const { treatment, territory, claimOn = '', at, under18 = false, knownAtMs } = question;
  if (typeof treatment !== 'string' || !CODE.test(treatment)) {
    refuse('question', 'no code of a treatment', 'treatment');
  }
  if (typeof territory !== 'string' || !CODE.test(territory)) {
    refuse('question', 'no code of a territory', 'territory');
  }
  if (typeof under18 !== 'boolean') refuse('question', 'not true or false', 'under18');
  const unsigned = (value, name) => integer(value, name, 0n, 2n ** 64n - 1n);
  const on = day(question.on, 'on');
  const claim = claimOn === '' ? undefined : day(claimOn, 'claimOn');
  if (claim < on) refuse('question', 'a claim day before the day of the treatment', 'claimOn');
  return {
    practitioner: unsigned(question.practitioner ?? 0n, 'practitioner'),
    treatment,
    territory,
    on,
    claimOn: claim,
    at: at === undefined ? undefined : unsigned(at, 'at'),
    under18,
    knownAtMs:
      knownAtMs === undefined
        ? undefined
        : integer(knownAtMs, 'knownAtMs', -(2n ** 63n), 2n ** 63n - 1n),
  };
}
