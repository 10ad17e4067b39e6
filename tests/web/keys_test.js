// Public keys, tokens and questions that are none (docs/protocol.md, sections 1 and 2).

import assert from 'node:assert/strict';
import test from 'node:test';
import { readJwk } from '../../web/verify/jwk.js';
import { readPolicy } from '../../web/verify/policy.js';
import { readQuestion } from '../../web/verify/question.js';
import { readToken } from '../../web/verify/token.js';
import { refused } from './admission_asks.js';
import { ed25519, vkey } from './issuer.js';
import { QUESTION } from './world.js';

const { jwk, kid } = ed25519('somebody');
const read = (value) => readJwk(value instanceof Map ? value : new Map(Object.entries(value)));

test('JWKs', () => {
  assert.equal(read(jwk).thumbprint, kid);
  assert.equal(read({ ...jwk, alg: 'Ed25519', use: 'sig', kid }).thumbprint, kid);
  assert.throws(() => readJwk('key'), { reason: 'claim_type' });
  assert.throws(() => readJwk([jwk]), { reason: 'claim_type' });
  for (const [reason, changes] of [
    ['jwk_member', { x: 7n }],
    ['jwk_member', { y: jwk.x }],
    ['jwk_member', { x: undefined }],
    ['jwk_member', { crv: undefined }],
    ['jwk_member', { kty: undefined }],
    ['jwk_algorithm', { kty: 'RSA' }],
    ['jwk_algorithm', { kty: 'constructor' }],
    ['jwk_algorithm', { alg: 'EdDSA' }],
    ['jwk_algorithm', { use: 'enc' }],
    ['key_encoding', { x: `${jwk.x}AAAA` }],
    ['key_encoding', { x: '' }],
    ['base64url', { x: `${jwk.x}=` }],
  ]) {
    const made = { ...jwk, ...changes };
    for (const name of Object.keys(made)) if (made[name] === undefined) delete made[name];
    assert.throws(() => read(made), { reason }, JSON.stringify(Object.keys(changes)));
  }
});

test('tokens', () => {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const header = { alg: 'Ed25519', kid, typ: 'dc+sd-jwt' };
  const signature = Buffer.alloc(64).toString('base64url');
  const token = (head, payload = {}) =>
    readToken(Buffer.from(`${part(head)}.${part(payload)}.${signature}`));
  assert.equal(token(header).kid, kid);
  for (const [reason, head, payload] of [
    ['token_header', []],
    ['token_header', { ...header, typ: undefined }],
    ['token_header', { ...header, alg: 7 }],
    ['token_header', { ...header, typ: null }],
    ['sd_payload', header, []],
    ['sd_payload', header, 'text'],
    ['token_size', header, { long: 'x'.repeat(32768) }],
  ]) {
    assert.throws(() => token(head, payload), { reason }, JSON.stringify(head));
  }
  assert.throws(() => readToken(Buffer.from('a.b')), { reason: 'token_parts' });
  assert.throws(() => readToken(Buffer.from([0x2e, 0xe9, 0x2e])), { reason: 'base64url' });
});

test('questions', () => {
  const asked = readQuestion({ ...QUESTION, at: '2', knownAtMs: 5, claimOn: '', under18: true });
  assert.deepEqual([asked.practitioner, asked.at, asked.knownAtMs], [6n, 2n, 5n]);
  assert.equal(asked.claimOn, undefined);
  for (const changes of [
    { territory: '' }, { territory: 7 }, { treatment: undefined }, { under18: 'yes' }, { on: '' },
    { practitioner: '' }, { practitioner: 1.5 }, { practitioner: '007' }, { at: '2 ' },
    { practitioner: 2n ** 53n }, { knownAtMs: '-1' }, { claimOn: '2025-06-14' },
    { claimOn: 'soon' },
  ]) {
    assert.throws(() => readQuestion({ ...QUESTION, ...changes }), { reason: 'question' });
  }
});

test('a policy line has no more words than it may', () => {
  const key = vkey('w.example', ed25519('w'), 4).text;
  assert.ok(readPolicy(`witness w ${key} https://w.example\nquorum w\n`));
  for (const line of [`witness w ${key} a b`, `log ${vkey('l', ed25519('l')).text} a b`, 'log']) {
    assert.throws(() => readPolicy(`${line}\nquorum none\n`), { reason: 'policy_syntax' }, line);
  }
});

refused('claim_range', 'a power with a scope of its own where it has none', (w) =>
  w.register.grant(w.clinic, 'register', ['clinic']));
refused('claim_range', 'two grades in one grant', (w) =>
  w.register.grant(w.clinic, 'attest', ['document_seen', 'self_declared']));
refused('claim_range', 'a grant to attest what issuers sign', (w) =>
  w.register.grant(w.clinic, 'attest', ['issuer_signed']));
