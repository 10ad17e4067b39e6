// Asks evidence with one event too many, for the tests of admission.

import assert from 'node:assert/strict';
import test from 'node:test';
import { checkEvidence } from '../../web/verify/verify.js';
import { INSURANCE, makeWorld, NOW_MS, QUESTION, TRAINING } from './world.js';

/** The answer over a world, for its usual question with changes. */
export async function answerOf({ register }, changes = {}) {
  const head = register.head({ timeMs: NOW_MS });
  const question = { ...QUESTION, ...changes };
  const evidence = register.evidence(question, head);
  return checkEvidence({ trust: register.trust(), evidence, question, nowMs: NOW_MS });
}

/** A test that evidence with what `file` logs is accepted. */
export function admitted(name, file, check = () => {}) {
  test(`admitted: ${name}`, async () => {
    const world = makeWorld();
    const made = file(world);
    const answer = await answerOf(world, made?.asked);
    assert.ok(answer.ok, `${answer.reason}: ${answer.message} (${answer.where})`);
    check(answer);
  });
}

/** A test that it is refused, for a reason. */
export function refused(reason, name, file) {
  test(`refused: ${name} (${reason})`, async () => {
    const world = makeWorld();
    const made = file(world);
    const answer = await answerOf(world, made?.asked);
    assert.equal(answer.ok, false, 'accepted');
    assert.equal(answer.reason, reason, answer.message);
  });
}

/** Logs a training, or a policy, that is as it should be but for the changes. */
export const training = (w, claims = {}, how = {}) =>
  w.register.log('training', { by: w.body, sub: 6, claims: { ...TRAINING, ...claims }, ...how });
export const insurance = (w, changes = {}, how = {}) => {
  const claims = { ...INSURANCE, ...changes };
  return w.register.log('insurance', { by: w.insurer, sub: 6, claims, ...how });
};

/** How an issuer was asked. */
export const confirmed = { with: 'Example Desk', on: '2024-03-01', how: 'email' };
