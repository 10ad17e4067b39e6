// Events that the register should never have admitted: evidence that holds one is refused
// (docs/protocol.md, sections 2, 3 and 8).

import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import test from 'node:test';
import { checkEvidence } from '../../web/verify/verify.js';
import { ed25519, p256 } from './issuer.js';
import { INSURANCE, makeWorld, NOW_MS, QUESTION, RULES, TRAINING } from './world.js';

async function answerOf({ register }, changes = {}) {
  const head = register.head({ timeMs: NOW_MS });
  const question = { ...QUESTION, ...changes };
  const evidence = register.evidence(question, head);
  return checkEvidence({ trust: register.trust(), evidence, question, nowMs: NOW_MS });
}

function admitted(name, file, check = () => {}) {
  test(`admitted: ${name}`, async () => {
    const world = makeWorld();
    const made = file(world);
    const answer = await answerOf(world, made?.asked);
    assert.ok(answer.ok, `${answer.reason}: ${answer.message} (${answer.where})`);
    check(answer);
  });
}

function refused(reason, name, file) {
  test(`refused: ${name} (${reason})`, async () => {
    const world = makeWorld();
    const made = file(world);
    const answer = await answerOf(world, made?.asked);
    assert.equal(answer.ok, false, 'accepted');
    assert.equal(answer.reason, reason, answer.message);
  });
}

const training = (w, claims = {}, how = {}) =>
  w.register.log('training', { by: w.body, sub: 6, claims: { ...TRAINING, ...claims }, ...how });
const insurance = (w, claims = {}, how = {}) =>
  w.register.log('insurance', { by: w.insurer, sub: 6, claims: { ...INSURANCE, ...claims }, ...how });
const raw = (w, edit, how) => training(w, {}, { edit, ...how });
const confirmed = { with: 'Example Desk', on: '2024-03-01', how: 'email' };
const text = (value) => (w) => w.register.log('dispute', {
  by: w.registrar, sub: 6, claims: { target: w.training.id }, slots: { text: value },
});

// --- the token

refused('token_signature_wrong', 'a signature that does not verify', (w) =>
  training(w, {}, { signature: Buffer.alloc(64, 1) }));
refused('token_signature_size', 'a short signature', (w) =>
  training(w, {}, { signature: Buffer.alloc(63) }));
refused('token_signature_wrong', 'S that is not below L', (w) => {
  const { key } = w.body;
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const high = (message) => {
    const signature = Buffer.from(key.sign(message));
    let s = order;
    for (let i = 0; i < 32; i += 1) s += BigInt(signature[32 + i]) << BigInt(8 * i);
    for (let i = 0; i < 32; i += 1) signature[32 + i] = Number((s >> BigInt(8 * i)) & 255n);
    return signature;
  };
  return training(w, {}, { key: { ...key, sign: high } });
});
for (const [reason, name, header] of [
  ['token_header', 'crit in the header', { crit: [] }],
  ['token_header', 'a jwk in the header', { jwk: {} }],
  ['token_typ', 'a typ of a request', { typ: 'bonafide-request+jwt' }],
  ['token_alg', 'alg none', { alg: 'none' }],
  ['token_alg', 'alg EdDSA', { alg: 'EdDSA' }],
  ['token_key', 'the alg of another key', { alg: 'ES256' }],
  ['token_kid', 'a kid that is no thumbprint', { kid: 'a' }],
]) {
  refused(reason, name, (w) => training(w, {}, {
    header: { alg: 'Ed25519', kid: w.body.key.kid, typ: 'dc+sd-jwt', ...header },
  }));
}
refused('key_unknown', "another organisation's key", (w) => training(w, {}, { key: w.insurer.key }));
refused('token_parts', 'two parts', (w) => training(w, {}, { input: 'e30' }));
refused('json_duplicate_name', 'a claim twice', (w) => {
  const header = Buffer.from(
    JSON.stringify({ alg: 'Ed25519', kid: w.body.key.kid, typ: 'dc+sd-jwt' }));
  const input = `${header.toString('base64url')}.${Buffer.from('{"iss":1,"iss":2}').toString('base64url')}`;
  return training(w, {}, { input });
});

// --- common claims

refused('aud', 'another register', (w) => raw(w, (p) => { p.aud = 'other.example'; }));
refused('iss', 'an iss with a leading zero', (w) => raw(w, (p) => { p.iss = p.iss.replace(/3$/, '03'); }));
refused('iss', 'an iss elsewhere', (w) => raw(w, (p) => { p.iss = 'https://other.example/o/3'; }));
refused('vct', 'a vct that is none', (w) => raw(w, (p) => { p.vct = 'training'; }));
refused('claim_range', 'a short jti', (w) => raw(w, (p) => { p.jti = 'abc'; }));
refused('claim_type', 'iat as a string', (w) => raw(w, (p) => { p.iat = String(p.iat); }));
refused('claim_type', 'a level with a fraction', (w) => training(w, { level: 4.5 }));
refused('sub', 'sub without anchor', (w) => raw(w, (p) => { delete p.anchor; }));
refused('anchor_wrong', 'an anchor of another subject', (w) => raw(w, (p) => { p.anchor = w.second.id; }));
refused('sd_alg', 'another hash', (w) => raw(w, (p) => { p._sd_alg = 'sha-512'; }));
refused('claim_unknown', 'exp', (w) => raw(w, (p) => { p.exp = p.iat + 1; }));
refused('claim_missing', 'no title', (w) => raw(w, (p) => { delete p.title; }));
refused('slot_digest', 'a digest beside the slots', (w) => raw(w, (p) => { p.issuer._sd = []; }));
refused('sd_digest', 'an ellipsis', (w) => raw(w, (p) => { p.issuer['...'] = 'x'; }));
for (const [name, iat, ok] of [
  ['7 days before', -7 * 86400, true], ['more than 7 days before', -7 * 86400 - 1, false],
  ['5 minutes after', 300, true], ['more than 5 minutes after', 301, false],
]) {
  const file = (w) => {
    w.register.at(Math.ceil(w.register.clockMs / 1000) * 1000);
    return raw(w, (p) => { p.iat = w.register.clockMs / 1000 + iat; });
  };
  if (ok) admitted(`iat ${name}`, file);
  else refused('issued_at', `iat ${name}`, file);
}
refused('already', 'a jti twice', (w) => raw(w, (p) => { p.jti = w.training.payload.jti; }));
refused('already', 'the same event twice', (w) => w.register.append({ ...w.training }));

// --- slots

refused('slot_unknown', 'a slot of another event', (w) => training(w, {}, { slots: { text: 'x' } }));
refused('slot_missing', 'a dispute without a text', (w) => w.register.log('dispute', {
  by: w.registrar, sub: 6, claims: { target: w.training.id },
}));
for (const [name, value] of [
  ['empty', ''], ['a space before', ' a'], ['an ideographic space behind', 'a\u3000'],
  ['a control', 'a\u0007b'], ['a soft hyphen', 'a\u00adb'], ['right to left', 'a\u202eb'],
  ['a zero width joiner', 'a\u200db'], ['a private character', 'a\ue000b'],
  ['a tag', 'a\u{e0041}b'], ['a noncharacter', 'a\u{1fffe}b'], ['a byte order mark', 'a\ufeffb'],
  ['9 marks in a row', `a${'\u0301'.repeat(9)}`], ['2,001 code points', 'a'.repeat(2001)],
]) {
  refused('slot_value', `a text with ${name}`, text(value));
}
admitted('a text of 1,400 code points beyond the first plane', text('\u{1f600}'.repeat(1400)));
admitted('a text with 8 marks in a row', text(`a${'\u0301'.repeat(8)}`));
refused('slot_value', 'a paper of another type', (w) => training(w, {}, {
  slots: { papers: [{ sha256: '0'.repeat(64), type: 'text/html' }] },
}));

// --- claims of the events

refused('claim_conflict', 'confirmed on a signed paper', (w) => training(w, { confirmed }));
refused('claim_missing', 'issuer_confirmed without it', (w) =>
  training(w, { grade: 'issuer_confirmed' }, { by: w.registrar }));
refused('day', '30 February', (w) => training(w, { awarded_on: '2023-02-30' }));
refused('day', 'the year 2200', (w) => training(w, { awarded_on: '2200-01-01' }));
refused('claim_range', 'level 9', (w) => training(w, { level: 9 }));
refused('claim_range', 'a framework in capitals', (w) => training(w, { framework: 'RQF' }));
refused('claim_conflict', 'until before from', (w) => insurance(w, { until: '2024-12-31' }));
refused('claim_conflict', 'extended on an occurrence policy', (w) =>
  insurance(w, { extended_until: '2026-12-31' }));
refused('claim_conflict', 'extended before until', (w) =>
  insurance(w, { basis: 'claims_made', extended_until: '2025-12-30' }));
refused('claim_conflict', 'a section twice', (w) =>
  insurance(w, { sections: [INSURANCE.sections[0], INSURANCE.sections[0]] }));
refused('claim_conflict', 'a territory twice', (w) =>
  insurance(w, { territories: ['exampleland', 'exampleland'] }));
refused('claim_range', 'an empty array', (w) => insurance(w, { not_covered: [] }));
refused('claim_range', 'an amount above 10^15', (w) => insurance(w, {
  sections: [{ ...INSURANCE.sections[0], per_claim_minor: 1000000000000001 }],
}));
const sanction = (w, claims, how) =>
  w.register.log('sanction', { sub: 6, claims: { from: '2025-01-01', ...claims }, ...how });
refused('claim_conflict', 'barred with a suspension', (w) =>
  sanction(w, { kind: 'suspension', barred: ['tattoo'] }));
refused('slot_missing', 'conditions without words', (w) => sanction(w, { kind: 'conditions' }));
refused('power_missing', 'a sanction by the clinic', (w) =>
  sanction(w, { kind: 'removal' }, { by: w.clinic }));

// --- who may

refused('power_missing', 'training for another qualification', (w) =>
  training(w, { qualification: '999/0002/6' }));
refused('power_missing', "training in another body's name", (w) => {
  const other = w.register.organisation('awarding_body', 'Other');
  return training(w, { issuer: { name: 'Other', number: other.number } });
});
refused('kind', 'training issued by an insurer', (w) =>
  training(w, { issuer: { name: 'x', number: 4 }, grade: 'issuer_confirmed', confirmed }, { by: w.clinic }));
refused('power_missing', 'a body that attests', (w) =>
  training(w, { grade: 'issuer_confirmed', confirmed }));
refused('issuer_unknown', 'signed by a practitioner', (w) =>
  training(w, {}, { by: { number: 7, key: w.body.key } }));
refused('kind', 'training of an organisation', (w) => {
  training(w, {}, { sub: 2 });
});
refused('power_missing', 'a registration by the body', (w) => {
  const { number } = w.register.practitioner(w.body, { name: 'Cy Example' });
  return { asked: { practitioner: number } };
});
refused('slot_missing', 'a registration without a name', (w) => {
  const { number } = w.register.practitioner(w.clinic, { town: 'Exampleham' });
  return { asked: { practitioner: number } };
});
refused('power_missing', "another clinic's affiliation", (w) => w.register.log('affiliation', {
  by: w.registrar, sub: 6, claims: { clinic: 2, from: '2024-01-01' },
}));
refused('kind', 'a clinic that confirms its own affiliation', (w) => {
  const { id: target } = w.register.log('affiliation', {
    by: w.clinic, sub: 6, claims: { clinic: 2, from: '2024-01-01' },
  });
  return void w.register.log('affiliation-confirmed', { by: w.clinic, sub: 6, claims: { target } });
});
refused('target', 'a confirmation of a training', (w) => w.register.log('affiliation-confirmed', {
  by: w.registrar, sub: 6, claims: { target: w.training.id },
}));
refused('replacement', 'a replacement with another award day', (w) =>
  training(w, { replaces: w.training.id, awarded_on: '2023-11-21' }));
refused('target', 'a replacement of a policy by a training', (w) =>
  training(w, { replaces: w.insurance.id }));
refused('already', 'a second scheme for a treatment', (w) => w.register.log('scheme', {
  claims: { treatment: 'scalp_pigmentation', territory: 'exampleland', name: 'Again' },
}));
refused('same_person', 'a link with oneself through another entry', (w) => {
  w.register.log('same-person', {
    by: w.registrar, sub: 6, claims: { other: 2, other_anchor: w.clinic.id },
  });
});
refused('anchor_wrong', 'a link with a wrong anchor', (w) => w.register.log('same-person', {
  by: w.registrar, sub: 6, claims: { other: 7, other_anchor: w.person.id },
}));
refused('kind', 'an erasure by the registrar', (w) =>
  w.register.log('erasure', { by: w.registrar, sub: 6 }));
refused('target', 'an erasure of an event without slots', (w) => {
  const { id: target } = training(w);
  return void w.register.log('erasure', { sub: 6, claims: { target } });
});
const withdraw = (w, target, by, claims = {}) => w.register.log('withdrawal', {
  by, sub: 6, claims: { target, reason: 'error', ...claims },
});
refused('power_missing', 'a withdrawal by a stranger', (w) => withdraw(w, w.training.id, w.insurer));
refused('already', 'the same withdrawal again', (w) => {
  withdraw(w, w.training.id, w.body);
  withdraw(w, w.training.id, w.body);
});
refused('target', 'a withdrawal of a registration', (w) => withdraw(w, w.person.id, w.clinic));
refused('claim_conflict', 'a link withdrawn from a day', (w) => {
  const { id } = w.register.log('same-person', {
    by: w.registrar, sub: 6, claims: { other: 7, other_anchor: w.second.id },
  });
  withdraw(w, id, w.registrar, { from: '2025-01-01' });
});
admitted('a withdrawal by the issuer that an attested paper names', (w) => {
  const { id } = training(w, { grade: 'issuer_confirmed', confirmed }, { by: w.registrar });
  withdraw(w, id, w.body);
});

// --- ranks, grants, keys

refused('rank', 'a grant on an organisation of the same rank', (w) => {
  w.register.grant(w.clinic, 'register', ['*'], { by: w.registrar });
});
refused('power_missing', 'a grant that is passed on undelegated', (w) => {
  w.register.grant(w.registrar, 'admit', ['clinic'], { delegable: false });
  const low = w.register.organisation('clinic', 'Low', { by: w.registrar });
  w.register.grant(low, 'register', ['*'], { by: w.registrar });
  return { asked: { at: low.number } };
});
test('a chain of four grants holds, the fifth does not', async () => {
  for (const [length, ok] of [[4, true], [5, false]]) {
    const world = makeWorld();
    const { register } = world;
    let by = register.regulator;
    for (let i = 1; i <= length; i += 1) {
      const next = register.organisation('clinic', `Chain ${i}`, { by });
      register.grant(next, 'register', ['*'], { by, delegable: true });
      register.grant(next, 'admit', ['clinic'], { by: by.number === 0 ? by : by, delegable: true });
      by = next;
    }
    const answer = await answerOf(world, { at: by.number });
    assert.equal(answer.ok, ok, answer.message);
    if (!ok) assert.equal(answer.reason, 'power_missing');
  }
});
refused('claim_missing', 'a coverholder without its insurer', (w) => {
  const cover = w.register.organisation('coverholder', 'Cover');
  w.register.grant(cover, 'issue_insurance', ['treatment_risk']);
  return { asked: { at: cover.number } };
});
refused('claim_conflict', 'an insurer with an insurer', (w) => {
  w.register.grant(w.insurer, 'issue_insurance', ['treatment_risk'], { insurer: 4 });
});
refused('power_missing', 'a coverholder for another insurer', (w) => {
  const cover = w.register.organisation('coverholder', 'Cover');
  const other = w.register.organisation('insurer', 'Other');
  w.register.grant(cover, 'issue_insurance', ['treatment_risk', 'public_liability'], { insurer: other.number });
  insurance(w, {}, { by: cover });
});
const end = (w, by, claims) => w.register.log('accreditation-ended', {
  by, sub: 3, claims: { target: w.bodyGrant.id, last_day: '2024-01-01', ...claims },
});
refused('power_missing', 'an end by a stranger', (w) => end(w, w.clinic, {}));
refused('cut', 'an own end with a cut', (w) => end(w, w.body, { last_day: '2024-02-01', cut: 1 }));
refused('claim_conflict', 'an own end in the past', (w) => end(w, w.body, {}));
refused('cut', 'a cut after the own index', (w) => end(w, undefined, { cut: 9999 }));
refused('power_missing', 'signed after the end of the grant', (w) => {
  end(w, undefined, {});
  training(w);
});
refused('power_missing', 'signed after a cut', (w) => {
  const { index } = end(w, undefined, { last_day: '2030-01-01', cut: 1 });
  training(w, { title: `after ${index}` });
});
const revoke = (w, claims, by) => w.register.log('key-revoked', {
  by, sub: 3, claims: { key: w.body.key.kid, reason: 'lost', ...claims },
});
refused('key_revoked', 'a key after its revocation', (w) => {
  revoke(w, {});
  training(w);
});
refused('rank', 'a revocation by a stranger', (w) => revoke(w, {}, w.clinic));
refused('cut', 'an own revocation with a cut', (w) => revoke(w, { cut: 1 }, w.body));
refused('already', 'a revocation again, without a cut', (w) => {
  revoke(w, {}, w.body);
  revoke(w, {});
});
admitted('a revocation again, by an ancestor with a cut', (w) => {
  revoke(w, {}, w.body);
  revoke(w, { cut: w.training.index });
}, ({ verdict }) => {
  assert.equal(verdict.outcome, 'NO');
  assert.equal(verdict.legs[1].reasons[0].code, 'training_none');
});
refused('last_key', 'the last key of the regulator', (w) => w.register.log('key-revoked', {
  sub: 0, claims: { key: w.regulator.key.kid, reason: 'lost' },
}));
refused('already', "another organisation's key, added", (w) => w.register.log('key-added', {
  sub: 3, claims: { key: w.insurer.key.jwk },
}));
test('an organisation has 32 keys, and its ancestors give it up to 64', async () => {
  for (const [own, above, ok] of [[31, 32, true], [32, 0, false], [31, 33, false]]) {
    const world = makeWorld();
    for (let i = 0; i < own + above; i += 1) {
      const by = i < own ? world.body : undefined;
      world.register.log('key-added', { by, sub: 3, claims: { key: ed25519(`key ${i}`).jwk } });
    }
    const answer = await answerOf(world);
    assert.equal(answer.ok, ok, answer.message);
    if (!ok) assert.equal(answer.reason, 'already');
  }
});
admitted('an ES256 key that was added', (w) => {
  const key = p256(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
  w.register.log('key-added', { by: w.body, sub: 3, claims: { key: key.jwk } });
  training(w, {}, { key });
});
for (const [reason, name, jwk] of [
  ['jwk_private', 'a private key', { ...ed25519('x').jwk, d: 'AA' }],
  ['jwk_algorithm', 'another curve', { ...ed25519('x').jwk, crv: 'X25519' }],
  ['jwk_member', 'a foreign member', { ...ed25519('x').jwk, x5u: 'https://example' }],
  ['jwk_kid', 'a wrong kid', { ...ed25519('x').jwk, kid: ed25519('y').kid }],
  ['key_point', 'the neutral point', { ...ed25519('x').jwk, x: `AQ${'A'.repeat(41)}` }],
  ['key_encoding', 'a y of p', {
    ...ed25519('x').jwk, x: Buffer.from(`ed${'ff'.repeat(30)}7f`, 'hex').toString('base64url'),
  }],
  ['key_point', 'a point off P-256', {
    kty: 'EC', crv: 'P-256', x: `${'A'.repeat(42)}E`, y: `${'A'.repeat(42)}E`,
  }],
]) {
  refused(reason, `a key that is ${name}`, (w) =>
    w.register.log('key-added', { sub: 3, claims: { key: jwk } }));
}

// --- entries and newer events

refused('entry_subjects', 'a training under two subjects', (w) =>
  training(w, {}, { subjects: [6, 7] }));
refused('entry_subjects', 'a link under one subject', (w) => w.register.log('same-person', {
  by: w.registrar, sub: 6, claims: { other: 7, other_anchor: w.second.id }, subjects: [6],
}));
refused('genesis', 'a second genesis', (w) => {
  const { number } = w.register.log('genesis', { claims: { ...w.genesis.payload, iss: undefined } , edit: (p) => {
    for (const name of Object.keys(p)) if (p[name] === undefined) delete p[name];
    p.iss = `https://${w.register.origin}/o/0`;
    p.jti = 'A'.repeat(22);
  } });
  return { asked: { practitioner: number } };
});
admitted('an unknown event', (w) => {
  const made = w.register.log('teleportation', { sub: 6, claims: { beam: [1.5, null] }, slots: { from_where: 1 } });
  w.register.entries.at(-1).unknown = true;
  return void made;
}, ({ verdict }) => {
  assert.equal(verdict.outcome, 'CANNOT_SAY');
  assert.ok(verdict.updateNeeded);
});
refused('slot_digest', 'an unknown event with a digest elsewhere', (w) => {
  w.register.log('teleportation', { sub: 6, claims: { beam: { _sd: [] } } });
});
admitted('newer rules', (w) => {
  const claims = { ...RULES, rules: 2, anything: [1.5] };
  w.register.log('scheme-version', { sub: 5, claims });
}, ({ verdict }) => assert.equal(verdict.legs[1].reasons[0].code, 'update_needed'));
refused('claim_range', 'rules of language 0', (w) =>
  w.register.log('scheme-version', { sub: 5, claims: { ...RULES, rules: 0 } }));
refused('power_missing', 'newer rules by the clinic', (w) =>
  w.register.log('scheme-version', { by: w.clinic, sub: 5, claims: { ...RULES, rules: 2 } }));
