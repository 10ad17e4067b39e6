// From asking to the checked answer, with honest and hostile registers behind the API.

import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import test from 'node:test';
import { HeadMemory } from '../../web/head_memory.js';
import { Inquiry, sameQuestion } from '../../web/inquiry.js';
import { personOf } from '../../web/person.js';
import { ApiFault } from '../../web/register_api.js';
import { listSchemes } from '../../web/schemes.js';
import { fromBase64 } from '../../web/verify/base64.js';
import { fileOf, Register } from './issuer.js';

globalThis.crypto ??= webcrypto;

const utf8 = (text) => new TextEncoder().encode(text);

class FakeStorage {
  items = new Map();
  getItem(key) { return this.items.get(key) ?? null; }
  setItem(key, value) { this.items.set(key, value); }
  removeItem(key) { this.items.delete(key); }
}

function world(changes = {}) {
  const register = new Register({ startMs: Date.now() - 40 * 86400000, ...changes });
  register.genesis();
  const clinic = register.organisation('clinic', 'Example Clinic');
  register.grant(clinic, 'register', ['*']);
  for (const treatment of ['scalp_pigmentation', 'lip_pigmentation']) {
    const claims = { treatment, territory: 'exampleland', name: 'Example Scheme' };
    register.log('scheme', { claims });
  }
  const ada = register.practitioner(clinic, { name: 'Ada Example', town: 'Westexample' });
  const ben = register.practitioner(clinic, { name: 'Ben Example' });
  return { register, clinic, ada: ada.number, ben: ben.number };
}

const question = (number) => ({
  practitioner: BigInt(number), treatment: 'scalp_pigmentation', territory: 'exampleland',
  on: '2026-06-15',
});
const plain = (asked) => ({ ...asked, practitioner: Number(asked.practitioner) });

// An API that answers what `file` makes of the question.
const serving = (file) => ({
  evidence: async (asked) => utf8(file(plain(asked))),
  consistencyProof: async () => '',
});

function inquiryOf(register, file, memory = new HeadMemory(new FakeStorage())) {
  return new Inquiry({ trust: JSON.stringify(register.trust()) }, serving(file), memory);
}
const now = (register) => register.head({ timeMs: Date.now() });

test('an honest register is believed because it proves', async () => {
  const { register, ada } = world();
  const inquiry = inquiryOf(register, (asked) => register.file(asked, now(register)));
  const found = await inquiry.ask(question(ada));
  assert.equal(found.kind, 'answer', JSON.stringify(found.code));
  // A scheme without rules: the answer itself is of no interest here.
  assert.equal(found.verdict.outcome, 'CANNOT_SAY');
  assert.equal(found.history.kind, 'first');
  const person = personOf(found.subjects, BigInt(ada), found.question.on);
  assert.deepEqual([person.name, person.town], ['Ada Example', 'Westexample']);
  assert.equal(person.photo, undefined);
});

const HOSTILE = {
  'evidence about somebody else': ['question_differs',
    ({ register, ben }, asked) => register.file({ ...asked, practitioner: ben }, now(register))],
  'evidence about another day': ['question_differs',
    ({ register }, asked) => register.file({ ...asked, on: '2025-01-01' }, now(register))],
  'another treatment': ['question_differs', ({ register }, asked) =>
    register.file({ ...asked, treatment: 'lip_pigmentation' }, now(register))],
  'the question under somebody else’s evidence': ['proof', ({ register, ben }, asked) =>
    fileOf(asked, register.evidence({ ...asked, practitioner: ben }, now(register)))],
  'a stale head': ['head_too_old',
    ({ register }, asked) => register.file(asked, register.head({ timeMs: Date.now() - 3600000 }))],
  'a head of tomorrow': ['head_in_future', ({ register }, asked) =>
    register.file(asked, register.head({ timeMs: Date.now() + 86400000 }))],
  'a forged proof': ['proof', ({ register }, asked) =>
    register.file(asked, now(register)).replace(/"proof":"./, '"proof":"/')],
  'another register': ['proof', (_, asked) => {
    const other = world({ origin: 'register.example/other' }).register;
    return other.file(asked, now(other));
  }],
  'no evidence at all': ['proof', () => '{"outcome":"OUTCOME_YES"}'],
  'no JSON': ['proof', () => '<html>'],
};
for (const [name, [code, file]] of Object.entries(HOSTILE)) {
  test(`refused: ${name}`, async () => {
    const made = world();
    const inquiry = inquiryOf(made.register, (asked) => file(made, asked));
    const found = await inquiry.ask(question(made.ada));
    assert.deepEqual([found.kind, found.code], ['failure', code], found.detail);
    assert.equal(found.verdict, undefined);
  });
}

test('a hidden suspension is a fork for whoever saw the head with it', async () => {
  const { register, ada } = world();
  const before = now(register);
  const hiding = (asked) => register.file(asked, before);
  const memory = new HeadMemory(new FakeStorage());
  const subjects = register.subjects.map((each) => [...each]);
  const shorter = { subjects, entries: [...register.entries] };
  register.log('sanction', { sub: ada, claims: { kind: 'suspension', from: '2026-01-01' } });
  const seen = await inquiryOf(register, (asked) => register.file(asked, now(register)), memory)
    .ask(question(ada));
  assert.equal(seen.verdict.legs[4].outcome, 'NO');
  Object.assign(register, shorter);
  const found = await inquiryOf(register, hiding, memory).ask(question(ada));
  // No proof leads from the head without it to one that this log never had.
  assert.deepEqual([found.kind, found.code], ['failure', 'fork']);
  assert.ok(found.before.size > found.now.size);
  assert.match(found.before.note, /^register\.example\/demo\n/);
  assert.match(found.now.note, /^register\.example\/demo\n/);
});

test('what the API fails at is told apart', async () => {
  const { register, ada } = world();
  for (const code of ['unreachable', 'busy', 'refused']) {
    const inquiry = inquiryOf(register, () => { throw new ApiFault(code, 'why'); });
    assert.equal((await inquiry.ask(question(ada))).code, code);
  }
  const broken = inquiryOf(register, () => { throw new TypeError('x'); });
  assert.equal((await broken.ask(question(ada))).code, 'internal');
  const bare = new Inquiry({ fault: 'trust.json: HTTP 404' }, serving(() => ''), new HeadMemory());
  assert.equal((await bare.ask(question(ada))).code, 'no_anchors');
});

test('a saved file is checked without the register, however old', async () => {
  const { register, ada } = world();
  const file = register.file(plain(question(ada)), register.head({ timeMs: Date.now() - 9e8 }));
  const inquiry = inquiryOf(register, () => assert.fail('the register was asked'));
  const found = await inquiry.open(new Blob([file]));
  assert.deepEqual([found.kind, found.saved, found.history.kind], ['answer', true, 'saved']);
  const middle = file.indexOf('"entries"') + 400;
  const other = file[middle] === 'A' ? 'B' : 'A';
  const changed = file.slice(0, middle) + other + file.slice(middle + 1);
  assert.equal((await inquiry.open(new Blob([changed]))).code, 'proof');
});

test('questions differ in any member', () => {
  const asked = { practitioner: 1n, treatment: 'a', claimOn: undefined };
  assert.ok(sameQuestion(asked, { ...asked }));
  assert.ok(sameQuestion(asked, { practitioner: 1n, treatment: 'a' }));
  assert.ok(!sameQuestion(asked, { ...asked, practitioner: 2n }));
  assert.ok(!sameQuestion(asked, { ...asked, at: 3n }));
});

test('the treatments offered are the schemes that subject 0 lists, page by page', async () => {
  const { register } = world();
  const { entries } = register.subject(0, now(register));
  const bytes = fromBase64(entries);
  const first = 2 + bytes[0] * 256 + bytes[1];
  const parts = [bytes.slice(0, first), bytes.slice(first)];
  const api = {
    subject: async (number, token) => {
      const part = Buffer.from(parts[token === '' ? 0 : 1]).toString('base64');
      const evidence = { subjects: [{ entries: part }] };
      return { evidence, nextPageToken: token === '' ? 'next' : '' };
    },
  };
  assert.deepEqual(await listSchemes(api), [
    { treatment: 'scalp_pigmentation', territory: 'exampleland' },
    { treatment: 'lip_pigmentation', territory: 'exampleland' },
  ]);
});
