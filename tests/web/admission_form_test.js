// Events of a form that the register should never have admitted: evidence that holds one is refused
// (docs/protocol.md, sections 2, 3 and 8.1).

import assert from 'node:assert/strict';
import test from 'node:test';
import { admitted, answerOf, confirmed, insurance, refused, training } from './admission_asks.js';
import { ed25519, Register, vkey } from './issuer.js';
import { INSURANCE, NOW_MS } from './world.js';

const raw = (w, edit, how) => training(w, {}, { edit, ...how });
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
refused('key_unknown', "another organisation's key", (w) =>
  training(w, {}, { key: w.insurer.key }));
refused('token_parts', 'two parts', (w) => training(w, {}, { input: 'e30' }));
refused('json_duplicate_name', 'a claim twice', (w) => {
  const header = Buffer.from(
    JSON.stringify({ alg: 'Ed25519', kid: w.body.key.kid, typ: 'dc+sd-jwt' }));
  const payload = Buffer.from('{"iss":1,"iss":2}');
  const input = `${header.toString('base64url')}.${payload.toString('base64url')}`;
  return training(w, {}, { input });
});

// --- common claims

refused('aud', 'another register', (w) => raw(w, (p) => { p.aud = 'other.example'; }));
refused('iss', 'an iss with a leading zero', (w) =>
  raw(w, (p) => { p.iss = p.iss.replace(/3$/, '03'); }));
refused('iss', 'an iss elsewhere', (w) => raw(w, (p) => { p.iss = 'https://other.example/o/3'; }));
refused('vct', 'a vct that is none', (w) => raw(w, (p) => { p.vct = 'training'; }));
refused('claim_range', 'a short jti', (w) => raw(w, (p) => { p.jti = 'abc'; }));
refused('claim_type', 'iat as a string', (w) => raw(w, (p) => { p.iat = String(p.iat); }));
refused('claim_type', 'a level with a fraction', (w) => training(w, { level: 4.5 }));
refused('sub', 'sub without anchor', (w) => raw(w, (p) => { delete p.anchor; }));
refused('anchor_wrong', 'an anchor of another subject', (w) =>
  raw(w, (p) => { p.anchor = w.second.id; }));
refused('sub', 'a training without sub', (w) => raw(w, (p) => {
  delete p.sub;
  delete p.anchor;
}, { subjects: [6] }));
refused('sub', 'a registration with sub', (w) => w.register.log('practitioner', {
  by: w.clinic, sub: 6, slots: { name: 'Eve Sample' },
}));
refused('slot_digest', 'a digest beside the claims', (w) => raw(w, (p) => { p._sd = []; }));
refused('sd_digest', 'an ellipsis beside the claims', (w) => raw(w, (p) => { p['...'] = 'x'; }));
refused('slot_unknown', 'newer rules with slots', (w) => w.register.log('scheme-version', {
  sub: 5, claims: { rules: 2 }, slots: { name: 'x' },
}));
for (const [name, claims] of [
  ['of another register', { origin: 'other.example' }],
  ["with another log's key", { log_key: vkey('other.example', ed25519('log')).text }],
]) {
  test(`refused: a genesis ${name}`, async () => {
    const register = new Register({ startMs: NOW_MS - 1000 });
    register.genesis(claims);
    const { ok, reason } = await answerOf({ register }, { practitioner: 99 });
    assert.deepEqual([ok, reason], [false, 'checkpoint_origin']);
  });
}
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

refused('slot_unknown', 'a slot of another event', (w) =>
  training(w, {}, { slots: { text: 'x' } }));
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
