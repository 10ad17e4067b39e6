// Events: the common claims of a token and, by its type, the others (docs/protocol.md, sections 2,
// 3 and 8.1).

import { checkSlots, SCHEMAS } from './schema.js';
import { identity, MAX_NUMBER, nonce, number, object, string } from './claim.js';
import { readSlots, refuseDigests } from './disclosure.js';
import { readVkey } from './note.js';
import { refuse } from './refusal.js';

const VCT = /^urn:bonafide:([a-z-]{1,40}):v([0-9]{1,3})$/;

const COMMON = {
  iss: string, aud: string, vct: string, jti: nonce, iat: number, 'sub?': number,
  'anchor?': identity, 'personal?': readSlots, '_sd_alg?': string,
};
const names = Object.keys(COMMON).map((name) => name.replace('?', ''));
const readCommon = object(COMMON);

function readIssuer(iss, origin) {
  const prefix = `https://${origin}/o/`;
  const digits = iss.startsWith(prefix) ? iss.slice(prefix.length) : '';
  const found = /^(0|[1-9][0-9]{0,15})$/.test(digits) ? BigInt(digits) : MAX_NUMBER + 1n;
  return found <= MAX_NUMBER ? found : refuse('iss', 'not an organisation of this register', 'iss');
}

function readGenesis(claims, origin) {
  if (claims.origin !== origin) refuse('checkpoint_origin', 'the genesis of another register');
  if (readVkey(claims.log_key).name !== origin) refuse('checkpoint_origin', 'a key of another log');
}

// What is read of an event whose claims this version does not know.
function unread(type, common, creation) {
  if (type === 'scheme-version' && common.personal) refuse('slot_unknown', 'rules with slots');
  return { known: false, creation, about: undefined, claims: {} };
}

function readClaims(type, rest, common, origin) {
  const creation = common.sub === undefined;
  const schema = SCHEMAS.get(type);
  if (!schema) return unread(type, common, creation);
  if (schema.creation !== creation) refuse('sub', 'sub where it must not be, or none', 'sub');
  const rules = rest.get('rules');
  if (type === 'scheme-version' && typeof rules === 'bigint' && rules > 1n && rules <= MAX_NUMBER) {
    return { ...unread(type, common, creation), about: 'scheme', newerRules: true };
  }
  const claims = schema.read(rest);
  const slots = common.personal ?? [];
  checkSlots(schema, slots);
  schema.check?.(claims, slots);
  if (type === 'genesis') readGenesis(claims, origin);
  return { known: true, creation, about: schema.about, claims };
}

/**
 * The event of a token.
 * @param token as read by readToken
 * @returns `type`, `known` (false: newer than this version), `creation`, `about`, `claims`, the
 *     common claims with `iss` as a number, and `slots` as {name, digest}
 * @throws {Refusal} those of section 15 on claims, slots, iss, aud, sub, vct
 */
export function readEvent(token, origin) {
  const { payload } = token;
  for (const [name, value] of payload) {
    if (name !== 'personal') refuseDigests(value);
    if (name === '_sd') refuse('slot_digest', 'a digest outside personal');
    if (name === '...') refuse('sd_digest', 'a digest where it must not stand');
  }
  const common = readCommon(new Map([...payload].filter(([name]) => names.includes(name))));
  const rest = new Map([...payload].filter(([name]) => !names.includes(name)));
  const vct = VCT.exec(common.vct) ?? refuse('vct', 'a vct that is none', 'vct');
  if (common.aud !== origin) refuse('aud', 'an event for another register', 'aud');
  if (common._sd_alg !== undefined && common._sd_alg !== 'sha-256') {
    refuse('sd_alg', 'another hash than SHA-256');
  }
  if ((common.sub === undefined) !== (common.anchor === undefined)) {
    refuse('sub', 'sub and anchor do not stand together', 'sub');
  }
  const type = vct[2] === '1' ? vct[1] : `${vct[1]}:v${vct[2]}`;
  const { id, kid, alg, message, signature } = token;
  const { jti, iat, sub, anchor, personal: slots = [] } = common;
  const iss = readIssuer(common.iss, origin);
  const event = { id, kid, alg, message, signature, type, iss, jti, iat, sub, anchor, slots };
  return Object.assign(event, readClaims(type, rest, common, origin));
}
