// Evidence that a dishonest register could hand out: each twin of good evidence is refused, for its
// reason (docs/protocol.md, section 7).

import assert from 'node:assert/strict';
import test from 'node:test';
import { checkEvidence, checkFile } from '../../web/verify/verify.js';
import { ed25519, fileOf, leafOf, root, vkey } from './issuer.js';
import { FILED_MS, makeWorld, NOW_MS, QUESTION } from './world.js';

const world = makeWorld();
const { register } = world;
const good = () => register.head({ timeMs: NOW_MS });

function ask(evidence, changes = {}) {
  const question = changes.question ?? QUESTION;
  return checkEvidence({ trust: register.trust(), evidence, question, nowMs: NOW_MS, ...changes });
}

async function refuses(answer, ...reasons) {
  const { ok, reason, message, verdict } = await answer;
  assert.equal(ok, false, `accepted: ${verdict?.outcome}`);
  assert.ok(reasons.includes(reason), `${reason}: ${message}`);
}

// Evidence with one part changed; `change` gets the evidence.
function twin(change, head = good(), numbers = undefined) {
  const evidence = register.evidence(QUESTION, head, numbers);
  change(evidence);
  return evidence;
}
const subjectOf = (evidence, number) =>
  evidence.subjects.find((subject) => subject.number === String(number));
const decoded = (base64) => Buffer.from(base64, 'base64');
const joined = (parts) => Buffer.concat(parts).toString('base64');
const other = (character) => (character === 'A' ? 'B' : 'A');
function flipped(base64, at) {
  const bytes = decoded(base64);
  bytes[at < 0 ? bytes.length + at : at] ^= 1;
  return bytes.toString('base64');
}
function frames(base64) {
  const bytes = decoded(base64);
  const found = [];
  for (let at = 0; at < bytes.length; at += 2 + bytes.readUInt16BE(at)) {
    found.push(bytes.subarray(at, at + 2 + bytes.readUInt16BE(at)));
  }
  return found;
}

test('good evidence answers, with what was checked', async () => {
  const answer = await ask(register.evidence(QUESTION, good()));
  assert.ok(answer.ok, answer.message);
  assert.equal(answer.verdict.outcome, 'YES');
  assert.equal(answer.verdict.holdsUntil, '2025-12-31');
  assert.equal(answer.steps.origin, 'register.example/demo');
  assert.equal(answer.steps.treeSize, BigInt(register.entries.length + 1));
  assert.equal(answer.steps.root, root(good().leaves).toString('hex'));
  assert.deepEqual(answer.steps.subjects.map((each) => each.number), [0n, 2n, 3n, 4n, 5n, 6n]);
  assert.equal(answer.steps.subjects[5].entries, 3);
  assert.equal(answer.steps.disclosed, 4);
  const shown = answer.subjects.find((subject) => subject.number === 6n);
  const name = { name: 'name', value: 'Ada Example' };
  assert.deepEqual(shown.events[0].slots[0], name);
});

test('a number that does not exist is an answer', async () => {
  const question = { ...QUESTION, practitioner: '9007199254740991' };
  const answer = await ask(register.evidence(question, good()), { question });
  assert.ok(answer.ok, answer.message);
  assert.equal(answer.verdict.legs[0].reasons[0].code, 'number_not_registered');
});

const twins = {
  'a flipped signature of the head': ['note_signature_wrong', (e) => {
    e.checkpoint = e.checkpoint.replace(/(.)(..=?=?\n)$/, (_, c, rest) => other(c) + rest);
  }],
  'an unsigned head': ['note_unsigned', (e) => {
    e.checkpoint = e.checkpoint.replace(/\u2014 \S+/, '\u2014 other.example/log');
  }],
  'a wrong root': ['note_signature_wrong', (e) => {
    e.checkpoint = e.checkpoint.replace(/\n(.)(.{43}\n)/, (_, c, rest) => `\n${other(c)}${rest}`);
  }],
  'a state entry of another root': ['proof_root', (e) => {
    e.stateEntry = flipped(e.stateEntry, 40);
  }],
  'a state entry of another index': ['evidence_state_entry', (e) => {
    e.stateEntry = flipped(e.stateEntry, 8);
  }],
  'a state entry of another kind': ['entry_kind', (e) => {
    e.stateEntry = flipped(e.stateEntry, 0);
  }],
  'a wrong proof of the state entry': ['proof_root', (e) => {
    e.stateInclusion = flipped(e.stateInclusion, 0);
  }],
  'a short proof of the state entry': ['proof_length', (e) => {
    e.stateInclusion = Buffer.from(e.stateInclusion, 'base64').subarray(32).toString('base64');
  }],
  'a long proof of a subject': ['proof_length', (e) => {
    const subject = subjectOf(e, 6);
    subject.proof = joined([decoded(subject.proof), Buffer.alloc(32)]);
  }],
  'a wrong proof of a subject': ['proof_root', (e) => {
    subjectOf(e, 6).proof = flipped(subjectOf(e, 6).proof, 3);
  }],
  'reordered subjects': ['evidence_order', (e) => { e.subjects.reverse(); }],
  'a subject twice': ['evidence_order', (e) => { e.subjects.push(e.subjects.at(-1)); }],
  'no subjects': ['evidence_subject_missing', (e) => { e.subjects = []; }],
  'without subject 0': ['evidence_subject_missing', (e) => { e.subjects.shift(); }],
  'without an organisation that signed': ['issuer_unknown', 'evidence_subject_missing', (e) => {
    e.subjects = e.subjects.filter((subject) => subject.number !== '3');
  }],
  'without the scheme': ['evidence_subject_missing', (e) => {
    e.subjects = e.subjects.filter((subject) => subject.number !== '5');
  }],
  'without the practitioner': ['evidence_subject_missing', (e) => {
    e.subjects = e.subjects.filter((subject) => subject.number !== '6');
  }],
  'without the last entry of a subject': ['proof_root', (e) => {
    subjectOf(e, 6).entries = joined(frames(subjectOf(e, 6).entries).slice(0, -1));
  }],
  'with entries left out that the reader has': ['evidence_frames', (e) => {
    subjectOf(e, 6).knownEntries = '1';
  }],
  'a subject without entries': ['evidence_frames', (e) => { subjectOf(e, 6).entries = ''; }],
  'entries in another order': ['proof_root', (e) => {
    subjectOf(e, 6).entries = joined(frames(subjectOf(e, 6).entries).reverse());
  }],
  'an entry of another subject': ['proof_root', (e) => {
    const foreign = frames(subjectOf(e, 4).entries)[1];
    subjectOf(e, 6).entries = joined([foreign, decoded(subjectOf(e, 6).entries)]);
  }],
  'bytes that end within an entry': ['frame_truncated', (e) => {
    subjectOf(e, 6).entries = joined([decoded(subjectOf(e, 6).entries).subarray(0, -1)]);
  }],
  'a frame of no bytes': ['frame_size', (e) => {
    subjectOf(e, 6).entries = joined([decoded(subjectOf(e, 6).entries), Buffer.alloc(2)]);
  }],
  'a flipped bit of a token': ['proof_root', 'base64url', 'json_syntax', (e) => {
    subjectOf(e, 6).entries = flipped(subjectOf(e, 6).entries, -9);
  }],
  'another version': ['evidence_version', (e) => { e.version = 2; }],
  'too many subjects': ['evidence_too_large', (e) => {
    e.subjects = Array.from({ length: 4097 }, (_, i) => ({ ...e.subjects[0], number: String(i) }));
  }],
  'too many bytes': ['evidence_too_large', (e) => {
    subjectOf(e, 6).disclosures = `${'A'.repeat(33 * 1024 * 1024)}~`;
  }],
  'disclosures in another order': ['evidence_disclosure', (e) => {
    const parts = subjectOf(e, 6).disclosures.split('~').slice(0, -1);
    subjectOf(e, 6).disclosures = parts.reverse().map((part) => `${part}~`).join('');
  }],
  'a disclosure twice': ['evidence_disclosure', (e) => {
    const [first] = subjectOf(e, 6).disclosures.split('~');
    subjectOf(e, 6).disclosures = `${first}~${subjectOf(e, 6).disclosures}`;
  }],
  'a disclosure of nothing': ['evidence_disclosure', (e) => {
    subjectOf(e, 6).disclosures += 'WyJhIl0~';
  }],
  'a disclosure without its ~': ['evidence_disclosure', (e) => {
    subjectOf(e, 6).disclosures = subjectOf(e, 6).disclosures.slice(0, -1);
  }],
  'a member that does not exist': ['json_syntax', (e) => { e.extra = 1; }],
};

for (const [name, parts] of Object.entries(twins)) {
  const change = parts.at(-1);
  test(`refused: ${name}`, () => refuses(ask(twin(change)), ...parts.slice(0, -1)));
}

test('refused: an extra subject', () =>
  refuses(ask(twin(() => {}, good(), [0, 1, 2, 3, 4, 5, 6])), 'evidence_subject_extra'));

// A register that signs what it should not: the state tree is made of these entries.
const dishonest = {
  'entries in another order': ['evidence_order', ({ register: r }) => {
    const [first, second, third] = r.subjects[6];
    r.subjects[6] = [first, third, second];
  }],
  'a subject that does not begin with its creation': ['sub', ({ register: r }) => {
    r.subjects[6] = r.subjects[6].slice(1);
  }],
  'an entry of another subject': ['evidence_entry', ({ register: r }) => {
    r.subjects[6] = [r.subjects[4][0], ...r.subjects[6]];
  }],
  'a link kept back from one of two numbers': ['evidence_entry', (w) => {
    const claims = { other: 7, other_anchor: w.second.id };
    w.register.log('same-person', { by: w.registrar, sub: 6, claims });
    w.register.subjects[7].pop();
  }],
  'one index in two versions': ['evidence_entry', (w) => {
    const claims = { other: 7, other_anchor: w.second.id };
    const { index } = w.register.log('same-person', { by: w.registrar, sub: 6, claims });
    const twin_ = w.register.log('same-person', { by: w.registrar, sub: 6, claims });
    twin_.bytes.writeBigUInt64BE(BigInt(index), 1);
    w.register.subjects[6].pop();
    w.register.subjects[7] = [w.register.subjects[7][0], twin_];
    w.register.subjects[7][1].leaf = leafOf(twin_.bytes);
  }],
  'an unknown event under other subjects than its own': ['entry_subjects', ({ register: r }) => {
    r.log('teleportation', { sub: 6, subjects: [7, 6] });
    r.entries.at(-1).unknown = true;
  }],
  'an event of another subject than its entry': ['entry_subjects', ({ register: r }) => {
    r.log('sanction', { sub: 7, claims: { kind: 'removal', from: '2025-01-01' }, subjects: [6] });
  }],
  'an entry beyond the head': ['evidence_entry', ({ register: r }) => {
    r.log('sanction', { sub: 6, claims: { kind: 'removal', from: '2025-01-01' } });
    r.entries.pop();
  }],
  'an entry of a subject beyond the head': ['subject_unknown', ({ register: r }) => {
    r.log('teleportation', { sub: 6, subjects: [6, 99] });
    r.subjects.length = 8;
    r.entries.at(-1).unknown = true;
  }],
  'times that fall': ['evidence_order', (w) => {
    w.register.clockMs = FILED_MS - 1000;
    w.register.log('teleportation', { by: w.regulator, sub: 6 });
    w.register.entries.at(-1).unknown = true;
  }],
  'an entry later than the head': ['evidence_order', (w) => {
    w.register.at(NOW_MS + 1).log('sanction', {
      sub: 6, claims: { kind: 'removal', from: '2025-01-01' },
    });
  }],
  'a state entry that counts too few subjects': ['proof_length', () => ({ state: { count: 6 } })],
  'a state entry in the middle': ['evidence_state_entry', () => ({ state: { index: 3 } })],
};
for (const [name, [reason, change]] of Object.entries(dishonest)) {
  test(`refused of a dishonest register: ${name}`, async () => {
    const made = makeWorld();
    const head = change(made);
    const evidence = made.register.evidence(
      QUESTION, made.register.head({ timeMs: NOW_MS, ...head }));
    await refuses(ask(evidence, { trust: made.register.trust() }), reason);
  });
}

test('a withheld disclosure is no fault', async () => {
  const answer = await ask(twin((e) => { subjectOf(e, 6).disclosures = ''; }));
  assert.ok(answer.ok, answer.message);
  assert.equal(answer.steps.withheld, 4);
});

test('the age of the head', async () => {
  const at = (timeMs) => register.evidence(QUESTION, register.head({ timeMs }));
  const later = (evidence, nowMs, saved) => ask(evidence, { nowMs, saved });
  assert.ok((await later(at(NOW_MS), NOW_MS + 600000)).ok);
  await refuses(later(at(NOW_MS), NOW_MS + 600001), 'head_too_old');
  assert.ok((await later(at(NOW_MS), NOW_MS + 600001, true)).ok);
  assert.ok((await later(at(NOW_MS + 300000), NOW_MS)).ok);
  await refuses(later(at(NOW_MS + 300001), NOW_MS), 'head_in_future');
  await refuses(later(at(NOW_MS + 300001), NOW_MS, true), 'head_in_future');
});

test('another register, another log key, another genesis', async () => {
  const evidence = register.evidence(QUESTION, good());
  const asked = (changes) => ask(evidence, { trust: register.trust(changes) });
  const other = vkey('other.example/log', register.logKey).text;
  await refuses(asked({ origin: 'other.example/log', log_key: other }), 'note_unsigned');
  const key = vkey(register.origin, ed25519('another log')).text;
  await refuses(asked({ log_key: key }), 'note_unsigned');
  await refuses(asked({ genesis: '0'.repeat(64) }), 'evidence_genesis');
});

test('another question than the evidence is for', async () => {
  const evidence = register.evidence(QUESTION, good());
  const asked = (changes) => ask(evidence, { question: { ...QUESTION, ...changes } });
  await refuses(asked({ practitioner: 7 }), 'evidence_subject_missing');
  await refuses(asked({ at: 1 }), 'evidence_subject_missing');
  await refuses(asked({ treatment: 'tattoo' }), 'evidence_subject_extra');
  await refuses(asked({ claimOn: '2025-06-14' }), 'question');
  await refuses(asked({ on: '2025-02-30' }), 'question');
  await refuses(asked({ treatment: 'Not A Code' }), 'question');
  await refuses(asked({ practitioner: '-1' }), 'question');
  assert.ok((await asked({ at: '99' })).ok, 'a clinic that does not exist brings no subject');
});

test('cosigners', async () => {
  const cosigner = { name: 'witness.example/a', key: ed25519('witness a') };
  const other = { name: 'witness.example/b', key: ed25519('witness b') };
  const line = ({ name, key }, short) => `witness ${short} ${vkey(name, key, 4).text}\n`;
  const policy = `${line(cosigner, 'a')}${line(other, 'b')}group both all a b\nquorum both\n`;
  const any = policy.replace('all', 'any');
  const seconds = (ms) => Math.floor(ms / 1000);
  const asked = (rules, cosigners, changes = {}) => ask(
    register.evidence(QUESTION, register.head({ timeMs: changes.headMs ?? NOW_MS, cosigners })),
    { trust: register.trust({ policy: rules }), ...changes });
  const [now, before] = [seconds(NOW_MS), seconds(NOW_MS) - 60];
  const both = [{ ...cosigner, timeS: now }, { ...other, timeS: before }];
  const answer = await asked(policy, both);
  assert.ok(answer.ok, answer.message);
  assert.equal(answer.steps.cosignedTimeMs, BigInt(before) * 1000n);
  assert.equal((await asked(any, both)).steps.cosignedTimeMs, BigInt(now) * 1000n);
  await refuses(asked(policy, both.slice(1)), 'policy_unsatisfied');
  assert.ok((await asked(any, both.slice(1))).ok);
  const forged = [{ ...both[0], key: { ...cosigner.key, sign: () => Buffer.alloc(64) } }, both[1]];
  await refuses(asked(any, forged), 'cosignature_wrong');
  await refuses(asked(any, [{ ...cosigner, timeS: 0 }]), 'cosignature_time');
  await refuses(asked(any, [both[0], both[0]]), 'note_key_twice');
  const ahead = both.map((each) => ({ ...each, timeS: now + 301 }));
  await refuses(asked(policy, ahead), 'head_in_future');
  const old = { headMs: NOW_MS - 3600000 };
  assert.ok((await asked(policy, both, old)).ok, 'an old head, cosigned within the gap');
  const older = { headMs: NOW_MS - 3600000 - 600001 };
  await refuses(asked(policy, both, older), 'head_too_old');
});

test('the file has one spelling', async () => {
  const file = fileOf(QUESTION, register.evidence(QUESTION, good()));
  const check = (text) => checkFile({ trust: register.trust(), file: text, nowMs: NOW_MS });
  assert.equal((await check(file)).verdict.outcome, 'YES');
  assert.equal((await check(Buffer.from(file))).verdict.outcome, 'YES');
  const spellings = {
    'a line feed behind': `${file}\n`,
    'white space': file.replace(':', ': '),
    'a byte order mark': `\ufeff${file}`,
    'a number as a number': file.replace('"practitioner":"6"', '"practitioner":6'),
    'a default written out': file.replace('"on":', '"claimOn":"","on":'),
    'another order': file.replace(/"treatment":"[^"]*","territory":"[^"]*"/, (text) =>
      text.split(',').reverse().join()),
    'an escape': file.replace('exampleland', '\\u0065xampleland'),
    'base64url': file.replace('+', '-'),
    'no padding': file.replace(/="/, '"'),
    'a member twice': file.replace('"version":1', '"version":1,"version":1'),
    'null': file.replace('"version":1', '"version":1,"stateEntry":null'),
    'snake case': file.replace('stateEntry', 'state_entry'),
    'not JSON': file.slice(0, -1),
    'nothing': '',
    'no evidence': '{"question":{}}',
  };
  for (const [name, text] of Object.entries(spellings)) {
    assert.notEqual(text, file, name);
    assert.equal((await check(text)).ok, false, name);
  }
});

test('a server may spell its answer freely, and may not invent', async () => {
  const evidence = register.evidence(QUESTION, good());
  assert.ok((await ask(JSON.stringify(evidence, undefined, 1))).ok);
  const spare = structuredClone(evidence);
  spare.stateEntry = spare.stateEntry.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  spare.subjects[0].number = 0;
  assert.ok((await ask(spare)).ok);
  await refuses(ask({ ...evidence, verdict: {} }), 'json_syntax');
  await refuses(ask('[]'), 'json_syntax');
  await refuses(ask(null), 'json_syntax');
  await refuses(ask(undefined), 'json_syntax');
});
