// The issuer-signed JWT of an event: framing, header, payload (docs/protocol.md, section 2;
// RFC 7515).

import { fromBase64Url, isBase64UrlOf, toBase64Url } from './base64.js';
import { parseJson } from './json.js';
import { refuse } from './refusal.js';
import { sha256 } from './sha256.js';

const MAX_BYTES = 32768;
const TYP = 'dc+sd-jwt';

function readHeader(header) {
  if (!(header instanceof Map) || header.size !== 3) refuse('token_header', 'not three members');
  for (const name of ['alg', 'kid', 'typ']) {
    if (typeof header.get(name) !== 'string') refuse('token_header', `${name} is no string`);
  }
  const alg = header.get('alg');
  const kid = header.get('kid');
  if (alg !== 'ES256' && alg !== 'Ed25519') refuse('token_alg', `the algorithm ${alg}`);
  if (!isBase64UrlOf(kid, 32)) refuse('token_kid', 'a kid that is no thumbprint');
  if (header.get('typ') !== TYP) refuse('token_typ', 'a typ of something else');
  return { alg, kid };
}

/**
 * A token without disclosures. Its signature is not verified yet.
 * @param {Uint8Array} bytes
 * @returns {{id: string, alg: string, kid: string, payload: Map, message: Uint8Array,
 *     signature: Uint8Array}}
 * @throws {Refusal} token_*, base64url, json_*, sd_payload
 */
export function readToken(bytes) {
  if (bytes.length > MAX_BYTES) refuse('token_size', 'a token of more than 32,768 bytes');
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  const parts = text.split('.');
  if (parts.length !== 3) refuse('token_parts', 'a token that is not three parts');
  const [header, payload, signature] = parts.map((part) => fromBase64Url(part));
  const { alg, kid } = readHeader(parseJson(header));
  const claims = parseJson(payload);
  if (!(claims instanceof Map)) refuse('sd_payload', 'a payload that is no object');
  if (signature.length !== 64) refuse('token_signature_size', 'a signature that is not 64 bytes');
  const message = bytes.subarray(0, parts[0].length + 1 + parts[1].length);
  return { id: toBase64Url(sha256(message)), alg, kid, payload: claims, message, signature };
}
