// Public keys as JWKs, and their thumbprints (docs/protocol.md, section 1; RFC 7517, 7638, 8037).

import { fromBase64Url, toBase64Url } from './base64.js';
import { utf8 } from './bytes.js';
import { ed25519KeyFault } from './ed25519.js';
import { refuse } from './refusal.js';
import { sha256 } from './sha256.js';
import { isP256Point } from './signature.js';

const KINDS = {
  EC: { crv: 'P-256', alg: 'ES256', coordinates: ['x', 'y'] },
  OKP: { crv: 'Ed25519', alg: 'Ed25519', coordinates: ['x'] },
};
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/**
 * The key of a JWK.
 * @param {Map} jwk as parsed from JSON
 * @returns {{alg: string, x: Uint8Array, y?: Uint8Array, thumbprint: string}}
 * @throws {Refusal} jwk_*, key_encoding, key_point
 */
export function readJwk(jwk) {
  if (!(jwk instanceof Map)) refuse('claim_type', 'a JWK is an object');
  if (PRIVATE.some((name) => jwk.has(name))) refuse('jwk_private', 'a JWK with a private part');
  for (const value of jwk.values()) {
    if (typeof value !== 'string') refuse('jwk_member', 'every member of a JWK is a string');
  }
  const kty = jwk.get('kty') ?? refuse('jwk_member', 'a JWK without kty');
  const kind = Object.hasOwn(KINDS, kty) ? KINDS[kty] : undefined;
  if (!kind) refuse('jwk_algorithm', `a key of type ${kty}`);
  const allowed = ['kty', 'crv', 'alg', 'use', 'kid', ...kind.coordinates];
  for (const name of jwk.keys()) {
    if (!allowed.includes(name)) refuse('jwk_member', `a JWK with the member ${name}`);
  }
  for (const name of ['crv', ...kind.coordinates]) {
    if (!jwk.has(name)) refuse('jwk_member', `a JWK without ${name}`);
  }
  const agrees = { crv: kind.crv, alg: kind.alg, use: 'sig' };
  for (const [name, value] of Object.entries(agrees)) {
    if (jwk.has(name) && jwk.get(name) !== value) refuse('jwk_algorithm', `a JWK of other ${name}`);
  }
  const key = { alg: kind.alg };
  for (const name of kind.coordinates) {
    key[name] = fromBase64Url(jwk.get(name));
    if (key[name].length !== 32) refuse('key_encoding', 'a coordinate that is not 32 bytes');
  }
  const fault =
    kty === 'OKP' ? ed25519KeyFault(key.x) : isP256Point(key.x, key.y) ? undefined : 'key_point';
  if (fault) refuse(fault, 'no usable point of the curve');
  // Canonical base64url needs no escapes, so this is the JSON that RFC 7638 hashes.
  const names = ['crv', 'kty', ...kind.coordinates];
  const json = `{${names.map((name) => `"${name}":"${jwk.get(name)}"`).join()}}`;
  key.thumbprint = toBase64Url(sha256(utf8(json)));
  if (jwk.has('kid') && jwk.get('kid') !== key.thumbprint) {
    refuse('jwk_kid', 'a kid that is not the thumbprint');
  }
  return key;
}
