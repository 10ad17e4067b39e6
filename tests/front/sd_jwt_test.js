// Documents of the register before verifiers that know nothing of it: @sd-jwt/sd-jwt-vc and jose,
// as npm has them, with keys found as JWT VC Issuer Metadata prescribes (from `iss` alone) and as a
// JSON Web Key Set.

import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import https from 'node:https';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readEventEntry, readFrames } from '../../web/verify/entry.js';
import { readFile } from '../../web/verify/evidence_json.js';
import { openRegister } from './register.js';
import { ask, jsonOf } from './wire.js';

const npm = createRequire(new URL('../../build/npm/', import.meta.url));
const { SDJwtVcInstance } = npm('@sd-jwt/sd-jwt-vc');
const jose = npm('jose');

const TODAY = new Date().toISOString().slice(0, 10);
const sha256 = (data) => createHash('sha256').update(data).digest();
const fromJwtPart = (part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));

let register;
let tokens; // of the events in the evidence of several people, each an SD-JWT
before(async () => {
  register = await openRegister();
  const newcomer = await addEd25519();
  const numbers = Object.values(register.story.cases).map(({ number }) => number);
  tokens = new Map();
  for (const number of [...numbers, newcomer]) {
    for (const token of await tokensOf(number)) tokens.set(token.split('~')[0], token);
  }
});
after(() => register?.stop());

const numberIn = ({ stdout, stderr }) => /new number is ([0-9-]+)/.exec(stdout + stderr)[1];

/** Somebody whom an organisation with an Ed25519 key registered. The story's keys are P-256. */
async function addEd25519() {
  const key = join(register.directory, 'edwards.key');
  await register.command('keygen', '-q', '--algorithm', 'Ed25519', key);
  const clinic = numberIn(await register.command('org', 'admit', '--kind', 'clinic', '--name',
    'Example Clinic East', '--public-key', `${key}.jwk`));
  await register.command('org', 'accredit', clinic, '--power', 'register', '--scope', '*',
    '--from', '2010-01-01');
  return numberIn(await register.command('practitioner', 'register', '--name', 'Example Newcomer',
    '--as', clinic, '--key', key));
}

/** The events in the evidence of a practitioner as SD-JWTs, each with the disclosures it names. */
async function tokensOf(number) {
  const query = `treatment=${register.story.treatment}&territory=gb-eng&on=${TODAY}`;
  const answer = await ask(register, `/v1/practitioners/${number}/evidence?${query}`);
  assert.equal(answer.status, 200, String(answer.body));
  const found = [];
  for (const { entries, disclosures } of readFile(answer.body).evidence.subjects) {
    const shown = disclosures.split('~').filter((disclosure) => disclosure !== '');
    for (const frame of readFrames(entries, 16384)) {
      const jwt = Buffer.from(readEventEntry(frame).token).toString('latin1');
      const payload = Buffer.from(jwt.split('.')[1], 'base64url').toString('utf8');
      const own = shown.filter((text) => payload.includes(sha256(text).toString('base64url')));
      found.push([jwt, ...own, ''].join('~'));
    }
  }
  return found;
}

/** `https://host/path` becomes `https://host/.well-known/jwt-vc-issuer/path`. */
function metadataUrl(iss) {
  const url = new URL(iss);
  url.pathname = `/.well-known/jwt-vc-issuer${url.pathname === '/' ? '' : url.pathname}`;
  return url;
}

/** What an issuer publishes about itself, read as the draft says. */
async function metadataOf(iss) {
  const url = metadataUrl(iss);
  const answer = await ask(register, url.pathname + url.search);
  assert.equal(answer.status, 200, String(answer.body));
  assert.match(answer.headers['content-type'], /^application\/json\b/);
  const metadata = jsonOf(answer);
  assert.equal(metadata.issuer, iss);
  assert.notEqual('jwks' in metadata, 'jwks_uri' in metadata, 'exactly one of them');
  return metadata;
}

/** A verifier's way from a token to the key that its header names. */
async function keyOf(token) {
  const [header, payload] = token.split('.');
  const { kid } = fromJwtPart(header);
  const { jwks } = await metadataOf(fromJwtPart(payload).iss);
  const found = jwks.keys.filter((key) => key.kid === kid);
  assert.equal(found.length, 1, `keys of the kid ${kid}`);
  return found[0];
}

function sdJwtVerifier(jwk) {
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const algorithm = jwk.kty === 'OKP' ? null : 'sha256';
  return new SDJwtVcInstance({
    hasher: (data, name) => createHash(name.replace('-', '')).update(data).digest(),
    hashAlg: 'sha-256',
    verifier: (data, signature) =>
      verify(algorithm, Buffer.from(data), { key, dsaEncoding: 'ieee-p1363' },
        Buffer.from(signature, 'base64url')),
  });
}

test('sd-jwt-vc verifies every document and opens what it discloses', async () => {
  const seen = { vct: new Set(), alg: new Set(), names: new Set() };
  for (const token of tokens.values()) {
    const { header, payload } = await sdJwtVerifier(await keyOf(token)).verify(token);
    assert.equal(header.typ, 'dc+sd-jwt');
    seen.vct.add(payload.vct);
    seen.alg.add(header.alg);
    if (payload.personal?.name?.value) seen.names.add(payload.personal.name.value);
  }
  assert.ok(tokens.size > 30, `${tokens.size} documents`);
  assert.deepEqual([...seen.alg].sort(), ['ES256', 'Ed25519']);
  for (const type of ['genesis', 'organisation', 'practitioner', 'training', 'insurance']) {
    assert.ok(seen.vct.has(`urn:bonafide:${type}:v1`), type);
  }
  assert.ok(seen.names.has('Zoë Example-Jones'), [...seen.names].join());
});

test('sd-jwt-vc refuses what was changed', async () => {
  const token = [...tokens.values()].find((text) => text.split('~').length > 2);
  const verifier = sdJwtVerifier(await keyOf(token));
  const [jwt, ...disclosures] = token.split('~');
  const [header, payload, signature] = jwt.split('.');
  const other = [...tokens.keys()].find((text) => text !== jwt);
  const claims = fromJwtPart(payload);
  const altered = Buffer.from(JSON.stringify({ ...claims, iat: claims.iat - 1 }));
  for (const [what, parts] of [
    ['a claim', [header, altered.toString('base64url'), signature]],
    ['the signature of another document', [header, payload, other.split('.')[2]]],
  ]) {
    const changed = [parts.join('.'), ...disclosures].join('~');
    await assert.rejects(() => verifier.verify(changed), what);
  }
  const another = await keyOf([...tokens.values()].find((text) =>
    fromJwtPart(text.split('.')[0]).kid !== fromJwtPart(header).kid));
  await assert.rejects(() => sdJwtVerifier(another).verify(token), 'the key of another issuer');
});

test('jose verifies every document with the key set that its issuer publishes', async () => {
  const sets = new Map();
  for (const jwt of tokens.keys()) {
    const { iss, aud } = fromJwtPart(jwt.split('.')[1]);
    if (!sets.has(iss)) sets.set(iss, jose.createLocalJWKSet((await metadataOf(iss)).jwks));
    const algorithms = ['ES256', 'Ed25519'];
    const rules = { typ: 'dc+sd-jwt', issuer: iss, audience: aud, algorithms };
    await jose.jwtVerify(jwt, sets.get(iss), rules);
    await assert.rejects(() => jose.jwtVerify(jwt, sets.get(iss), { ...rules, typ: 'JWT' }));
  }
  assert.ok(sets.size >= 3, `${sets.size} issuers`);
});

test('jose fetches a key set by itself; its names are thumbprints', async () => {
  const agent = new https.Agent({ ca: register.ca });
  const byIssuer = new Map();
  for (const jwt of tokens.keys()) byIssuer.set(fromJwtPart(jwt.split('.')[1]).iss, jwt);
  for (const [iss, jwt] of byIssuer) {
    const number = iss.slice(iss.lastIndexOf('/') + 1);
    const path = `/v1/organisations/${number}/jwks`;
    const url = new URL(`https://${register.host}:${register.port}${path}`);
    await jose.jwtVerify(jwt, jose.createRemoteJWKSet(url, { agent }));
    const { keys } = jsonOf(await ask(register, path));
    assert.deepEqual({ keys }, (await metadataOf(iss)).jwks);
    for (const key of keys) {
      assert.equal(key.kid, await jose.calculateJwkThumbprint(key));
      assert.ok(!('d' in key));
    }
  }
  agent.destroy();
});

test('whoever is no issuer has no keys', async () => {
  const practitioner = '7';
  const { origin } = JSON.parse(register.trust);
  const folder = origin.slice(origin.indexOf('/'));
  const wellKnown = '/.well-known/jwt-vc-issuer';
  for (const path of [
    `${wellKnown}${folder}/o/${practitioner}`, `${wellKnown}${folder}/o/999999`,
    `${wellKnown}${folder}/o/01`, `${wellKnown}${folder}/o/`, `${wellKnown}${folder}/o/1/`,
    `${wellKnown}${folder}/o/1/x`, `${wellKnown}${folder}`, `${wellKnown}/o/1`, `${wellKnown}/1`,
    `${wellKnown}${folder}x/o/1`, `${wellKnown}${folder}/o/18446744073709551616`, wellKnown,
    `/v1/organisations/${practitioner}/jwks`, '/v1/organisations/01/jwks',
    '/v1/organisations/-1/jwks', '/v1/organisations/x/jwks',
  ]) {
    const answer = await ask(register, path);
    assert.ok([400, 404].includes(answer.status), `${path}: ${answer.status}`);
    assert.equal(answer.headers['content-type'], 'application/problem+json');
  }
});
