// What a theft that came out voids, and what it leaves (docs/protocol.md, section 9).

import assert from 'node:assert/strict';
import test from 'node:test';
import { checkEvidence } from '../../web/verify/verify.js';
import { ed25519 } from './issuer.js';
import { INSURANCE, makeWorld, NOW_MS, QUESTION, TRAINING } from './world.js';

async function ask({ register }, changes = {}) {
  const question = { ...QUESTION, ...changes };
  const evidence = register.evidence(question, register.head({ timeMs: NOW_MS }));
  const answer = await checkEvidence({
    trust: register.trust(), evidence, question, nowMs: NOW_MS,
  });
  assert.ok(answer.ok, `${answer.reason}: ${answer.message} (${answer.where})`);
  return answer;
}
const counted = async (world, entry, changes) => {
  const answer = await ask(world, changes);
  const events = answer.subjects.flatMap((subject) => subject.events);
  return events.find((event) => event.id === entry.id).counts;
};
const revoke = (w, of, claims, by) => w.register.log('key-revoked', {
  by, sub: of.number, claims: { key: of.key.kid, reason: 'compromised', ...claims },
});
const file = (w, by = w.body, claims = {}) =>
  w.register.log('training', { by, sub: 6, claims: { ...TRAINING, ...claims } });

test('a key cut voids what the key signed from there on', async () => {
  const world = makeWorld();
  const [before, after] = [file(world), file(world)];
  revoke(world, world.body, { cut: after.index });
  assert.ok(await counted(world, before));
  assert.ok(!(await counted(world, after)));
});

test('of several cuts the least counts, and a revocation without one voids nothing', async () => {
  const world = makeWorld();
  const events = [file(world), file(world), file(world)];
  revoke(world, world.body, {}, world.body);
  assert.ok(await counted(world, events[0]));
  revoke(world, world.body, { cut: events[1].index });
  revoke(world, world.body, { cut: events[2].index });
  const found = await Promise.all(events.map((each) => counted(world, each)));
  assert.deepEqual(found, [true, false, false]);
});

test('as known before the theft came out everything stands', async () => {
  const world = makeWorld();
  const filed = file(world);
  world.register.at(world.register.clockMs + 1000);
  revoke(world, world.body, { cut: filed.index });
  assert.ok(await counted(world, filed, { knownAtMs: String(filed.timeMs) }));
  assert.ok(!(await counted(world, filed)));
});

test('a key that a stolen key added falls with it, and what it signed', async () => {
  const world = makeWorld();
  const thief = ed25519('thief');
  const added = world.register.log('key-added', {
    by: world.body, sub: 3, claims: { key: thief.jwk },
  });
  const filed = file(world, { number: 3, key: thief });
  revoke(world, world.body, { cut: added.index });
  assert.ok(!(await counted(world, added)));
  assert.ok(!(await counted(world, filed)));
});

test('an organisation that a stolen key created falls with all it signed', async () => {
  const world = makeWorld();
  const { register } = world;
  register.grant(world.registrar, 'admit', ['clinic']);
  register.grant(world.registrar, 'register', ['*'], { delegable: true });
  const clinic = register.organisation('clinic', 'Thief', { by: world.registrar });
  register.grant(clinic, 'register', ['*'], { by: world.registrar });
  const { number } = register.practitioner(clinic, { name: 'Eve Sample' });
  revoke(world, world.registrar, { cut: clinic.index });
  const { verdict } = await ask(world, { practitioner: number });
  assert.equal(verdict.legs[0].reasons[0].code, 'registration_void');
  assert.equal(verdict.outcome, 'NO');
});

test('a grant cut voids what the grant was needed for', async () => {
  const world = makeWorld();
  const [before, after] = [file(world), file(world)];
  world.register.log('accreditation-ended', {
    sub: 3, claims: { target: world.bodyGrant.id, last_day: '2030-01-01', cut: after.index },
  });
  assert.ok(await counted(world, before));
  assert.ok(!(await counted(world, after)));
});

test('another grant for the same keeps what a cut would void', async () => {
  const world = makeWorld();
  world.register.grant(world.body, 'issue_training', ['*']);
  const filed = file(world);
  world.register.log('accreditation-ended', {
    sub: 3, claims: { target: world.bodyGrant.id, last_day: '2024-01-01', cut: 0 },
  });
  assert.ok(await counted(world, filed));
});

// The registrar's stolen key cut the clinic's key; the regulator cuts the registrar's, later.
test('a void revocation cuts nothing, whatever stands first in the log', async () => {
  const world = makeWorld();
  const { register } = world;
  register.grant(world.registrar, 'admit', ['clinic']);
  register.grant(world.registrar, 'register', ['*'], { delegable: true });
  const clinic = register.organisation('clinic', 'Low', { by: world.registrar });
  register.grant(clinic, 'register', ['*'], { by: world.registrar });
  const person = register.practitioner(clinic, { name: 'Eve Sample' });
  const cut = revoke(world, clinic, { cut: person.index }, world.registrar);
  const asked = { practitioner: person.number };
  assert.equal((await ask(world, asked)).verdict.legs[0].outcome, 'NO');
  revoke(world, world.registrar, { cut: cut.index });
  assert.equal((await ask(world, asked)).verdict.legs[0].outcome, 'YES');
});

test('a suspension of a number that a thief registered weighs on the linked person', async () => {
  const world = makeWorld();
  const { register } = world;
  register.log('sanction', { sub: 7, claims: { kind: 'suspension', from: '2025-01-01' } });
  register.log('same-person', {
    by: world.registrar, sub: 6, claims: { other: 7, other_anchor: world.second.id },
  });
  revoke(world, world.clinic, { cut: world.second.index });
  const { verdict } = await ask(world);
  const standing = verdict.legs[4];
  assert.equal(standing.outcome, 'NO');
  assert.equal(standing.reasons[0].detail, '7');
});

test('a void end of a grant ends nothing, and a void grant gives nothing', async () => {
  const world = makeWorld();
  const { register } = world;
  const high = register.organisation('registrar', 'High');
  const sections = ['treatment_risk', 'public_liability'];
  register.grant(high, 'issue_insurance', sections, { delegable: true });
  register.grant(high, 'admit', ['insurer', 'coverholder'], { delegable: true });
  const cover = register.organisation('coverholder', 'Cover', { by: high });
  const given = register.grant(cover, 'issue_insurance', sections, { by: high, insurer: 4 });
  const policy = register.log('insurance', { by: cover, sub: 6, claims: INSURANCE });
  const ended = register.log('accreditation-ended', {
    by: high,
    sub: cover.number,
    claims: { target: given.id, last_day: '2024-01-01', cut: policy.index },
  });
  assert.ok(!(await counted(world, policy)));
  const cut = revoke(world, high, { cut: ended.index });
  assert.ok(cut.index > policy.index && (await counted(world, policy)));
  revoke(world, high, { cut: given.index });
  assert.ok(!(await counted(world, policy)));
});
