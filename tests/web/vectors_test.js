// Known answers: the register's own golden tokens and notes, and, where BONAFIDE_VECTORS names
// their folder, Wycheproof, RFC 6962 and SD-JWT vectors from elsewhere.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from '../../web/verify/base64.js';
import { openCheckpoint } from '../../web/verify/checkpoint.js';
import { openSlots } from '../../web/verify/disclosure.js';
import { readEvent } from '../../web/verify/event.js';
import { readJwk } from '../../web/verify/jwk.js';
import { readVkey } from '../../web/verify/note.js';
import { readPolicy } from '../../web/verify/policy.js';
import { sha256 } from '../../web/verify/sha256.js';
import { verifySignature } from '../../web/verify/signature.js';
import { readToken } from '../../web/verify/token.js';
import { checkInclusion } from '../../web/verify/tree.js';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const folder = process.env.BONAFIDE_VECTORS ?? '';
const skip = folder === '' || !existsSync(folder) ? 'BONAFIDE_VECTORS is not set' : false;
const vectors = (path) => JSON.parse(readFileSync(`${folder}/${path}`, 'utf8'));
const bytes = (hex) => new Uint8Array(Buffer.from(hex, 'hex'));

test('golden tokens', async (t) => {
  const { origin, keys, events } = JSON.parse(read('../registry/data/events.json'));
  const known = keys.map((jwk) => readJwk(new Map(Object.entries(jwk))));
  for (const golden of events) {
    await t.test(golden.name, async () => {
      const token = readToken(Buffer.from(golden.jwt));
      assert.equal(token.id, golden.id);
      const event = readEvent(token, origin);
      assert.equal(event.known, !['unknown', 'scheme-version-rules-2'].includes(golden.name));
      assert.equal(event.newerRules ?? false, golden.name === 'scheme-version-rules-2');
      const key = known.find((each) => each.thumbprint === token.kid);
      assert.equal(key.alg, token.alg);
      for (const how of [{}, { ownEd25519: true }]) {
        assert.ok(await verifySignature(key, token.message, token.signature, how));
        const other = Uint8Array.from(token.message);
        other[9] ^= 1;
        assert.ok(!(await verifySignature(key, other, token.signature, how)));
      }
      openSlots([event], golden.disclosures.map((each) => `${each}~`).join(''));
      assert.ok(event.slots.every((slot) => slot.value !== undefined));
      assert.equal(event.slots.length, golden.disclosures.length);
    });
  }
});

test('golden notes', async () => {
  const [log, witness] = read('../merkle/data/keys.txt').trim().split('\n');
  const trust = (policy) => ({
    origin: 'register.example/log', logKey: readVkey(log), policy: readPolicy(policy),
  });
  const rules = `witness w ${witness}\nquorum w\n`;
  const bare = read('../merkle/data/checkpoint.note');
  const cosigned = read('../merkle/data/cosigned.note');
  const head = await openCheckpoint(trust(''), bare);
  assert.equal(head.size, 70000n);
  assert.equal(toBase64(head.root), createHash('sha256').update('golden root').digest('base64'));
  assert.equal((await openCheckpoint(trust(rules), cosigned)).cosignedTimeMs, 1790000000000n);
  const rejects = (promise, reason) => assert.rejects(promise, { reason });
  await rejects(openCheckpoint(trust(rules), bare), 'policy_unsatisfied');
  await rejects(openCheckpoint(trust(''), bare.replace('70000', '70001')), 'note_signature_wrong');
  await rejects(openCheckpoint(trust(''), bare.trimEnd()), 'note_syntax');
});

test('SHA-256 of all lengths up to three blocks', () => {
  for (let length = 0; length < 200; length += 1) {
    const message = Buffer.alloc(length, length);
    assert.equal(
      Buffer.from(sha256(message)).toString('hex'),
      createHash('sha256').update(message).digest('hex'));
  }
});

test('base64 has one spelling', () => {
  for (let length = 0; length < 50; length += 1) {
    const raw = Buffer.alloc(length, 0xa5 + length);
    assert.equal(toBase64(raw), raw.toString('base64'));
    assert.equal(toBase64Url(raw), raw.toString('base64url'));
    assert.deepEqual(Buffer.from(fromBase64(raw.toString('base64'))), raw);
    assert.deepEqual(Buffer.from(fromBase64Url(raw.toString('base64url'))), raw);
  }
  for (const text of [
    'A', 'AA', 'AAA', 'AB==', 'AAB=', 'A===', '====', 'AA==\n', 'A-A=', 'AA==AAAA',
  ]) {
    assert.throws(() => fromBase64(text), { reason: 'base64' }, text);
  }
  for (const text of ['A', 'AB', 'AAB', 'AA==', 'A+', 'A ', 'AA\n', '\u00e9\u00e9']) {
    assert.throws(() => fromBase64Url(text), { reason: 'base64url' }, text);
  }
});

test('Wycheproof: Ed25519, by the platform and without it', { skip }, async () => {
  for (const { publicKey, tests } of vectors('wycheproof/ed25519_test.json').testGroups) {
    const key = { alg: 'Ed25519', x: bytes(publicKey.pk) };
    for (const { tcId, msg, sig, result } of tests) {
      const platform = await verifySignature(key, bytes(msg), bytes(sig));
      const own = await verifySignature(key, bytes(msg), bytes(sig), { ownEd25519: true });
      assert.deepEqual([platform, own], [result === 'valid', result === 'valid'], `case ${tcId}`);
    }
  }
});

test('Wycheproof: ECDSA on P-256', { skip }, async () => {
  const file = 'wycheproof/ecdsa_secp256r1_sha256_p1363_test.json';
  for (const { publicKeyJwk, tests } of vectors(file).testGroups) {
    if (!publicKeyJwk) continue;
    const { kty, crv, x, y } = publicKeyJwk;
    const key = readJwk(new Map(Object.entries({ kty, crv, x, y })));
    for (const { tcId, msg, sig, result } of tests) {
      const found = await verifySignature(key, bytes(msg), bytes(sig));
      assert.equal(found, result === 'valid', `case ${tcId}`);
    }
  }
});

test('RFC 6962: inclusion', { skip }, () => {
  for (const each of vectors('rfc6962/inclusion.json')) {
    const decode = (hash) => Buffer.from(hash ?? '', 'base64');
    const hashes = (each.proof ?? []).map(decode);
    const proof = Buffer.concat(hashes);
    const [leaf, root] = [each.leafHash, each.root].map(decode);
    // Leaves and roots are hashes here, and proofs hashes joined: no other length can be said.
    if ([leaf, root, ...hashes].some((hash) => hash.length !== 32)) continue;
    const sizes = [each.leafIdx, each.treeSize].map(BigInt);
    const check = () => checkInclusion(leaf, ...sizes, proof, root);
    if (each.wantErr) assert.throws(check, { name: 'Refusal' }, each.desc);
    else check();
  }
});

test('SD-JWT: ES256 signatures', { skip }, async () => {
  const { issuer_public_jwk: jwk, cases } = vectors('sd-jwt/testcases.json');
  const key = readJwk(new Map(Object.entries(jwk)));
  for (const { name, issuance } of cases) {
    const [header, payload, signature] = issuance.split('~')[0].split('.');
    const message = Buffer.from(`${header}.${payload}`);
    assert.ok(await verifySignature(key, message, fromBase64Url(signature)), name);
  }
});
