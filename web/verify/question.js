// The reader's question (proto/bonafide/v1/evidence.proto, Question; docs/verdict.md).

import { MAX_NUMBER } from './claim.js';
import { parseDay } from './day.js';
import { refuse } from './refusal.js';

const CODE = /^[a-z][a-z0-9_.-]{0,63}$/;

function integer(value, name) {
  const found = /^(0|[1-9][0-9]{0,19})$/.test(String(value)) ? BigInt(value) : MAX_NUMBER + 1n;
  return found <= MAX_NUMBER ? found : refuse('question', 'no integer of 0 to 2^53 - 1', name);
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
  const number = (value, name) => (value === undefined ? value : integer(value, name));
  const on = day(question.on, 'on');
  const claim = claimOn === '' ? undefined : day(claimOn, 'claimOn');
  if (claim < on) refuse('question', 'a claim day before the day of the treatment', 'claimOn');
  return {
    practitioner: integer(question.practitioner ?? 0n, 'practitioner'),
    treatment,
    territory,
    on,
    claimOn: claim,
    at: number(at, 'at'),
    under18,
    knownAtMs: number(knownAtMs, 'knownAtMs'),
  };
}
