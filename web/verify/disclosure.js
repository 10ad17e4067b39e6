// Personal slots and the disclosures that open them (docs/protocol.md, section 2; RFC 9901).

import { fromBase64Url, isBase64UrlOf, toBase64Url } from './base64.js';
import { utf8 } from './bytes.js';
import { array, day, object, oneOf, pattern, text } from './claim.js';
import { parseJson } from './json.js';
import { Refusal, refuse } from './refusal.js';
import { sha256 } from './sha256.js';

const MAX_SLOTS = 16;
const MAX_DISCLOSURE_BYTES = 8192;
const CODE = /^[a-z][a-z0-9_.-]{0,63}$/;

const paper = object({
  sha256: pattern(/^[0-9a-f]{64}$/, 'digest_hex'),
  type: oneOf('application/pdf', 'image/png', 'image/jpeg'),
});
const papers = array(paper, 1, 8);

/** The form of the value of each slot. */
const VALUES = {
  name: text(200),
  town: text(100),
  photo: paper,
  birth_date: day,
  name_on_paper: text(200),
  certificate_number: text(64),
  policy_number: text(64),
  papers,
  public_papers: papers,
  case_papers: papers,
  text: text(2000),
};

/** Insists on a value without `_sd` and `...`. @throws {Refusal} slot_digest, sd_digest */
export function refuseDigests(value) {
  if (Array.isArray(value)) value.forEach(refuseDigests);
  if (!(value instanceof Map)) return;
  if (value.has('_sd')) refuse('slot_digest', 'a digest outside personal');
  if (value.has('...')) refuse('sd_digest', 'a digest in an array');
  for (const member of value.values()) refuseDigests(member);
}

/**
 * The slots of `personal`, in the order in which they stand there.
 * @returns {{name: string, digest: string}[]}
 * @throws {Refusal} claim_type, claim_range, slot_unknown, slot_digest, sd_digest
 */
export function readSlots(personal) {
  if (!(personal instanceof Map)) refuse('claim_type', 'personal is no object');
  if (personal.size < 1 || personal.size > MAX_SLOTS) refuse('claim_range', 'not 1 to 16 slots');
  const slots = [];
  for (const [name, slot] of personal) {
    if (!CODE.test(name)) refuse('slot_unknown', 'the name of a slot is a code', name);
    const digests = slot instanceof Map && slot.size === 1 ? slot.get('_sd') : undefined;
    if (!Array.isArray(digests) || digests.length !== 1) {
      refuse('slot_digest', 'a slot that is not exactly one digest', name);
    }
    if (!isBase64UrlOf(digests[0], 32)) refuse('sd_digest', 'a digest that is none', name);
    slots.push({ name, digest: digests[0] });
  }
  if (new Set(slots.map((slot) => slot.digest)).size !== slots.length) {
    refuse('slot_digest', 'one digest in two slots');
  }
  return slots;
}

function readDisclosure(encoded, slot, known) {
  const parts = parseJson(fromBase64Url(encoded));
  if (!Array.isArray(parts) || parts.length !== 3) {
    refuse('disclosure_shape', 'no array of salt, name and value', slot);
  }
  const [salt, name, value] = parts;
  if (typeof salt !== 'string' || !/^[A-Za-z0-9_-]{22,64}$/.test(salt)) {
    refuse('disclosure_salt', 'a salt that is none', slot);
  }
  if (name !== 'value') refuse('disclosure_name', 'a disclosure that is not named value', slot);
  refuseDigests(value);
  if (!known || !Object.hasOwn(VALUES, slot)) return value;
  try {
    VALUES[slot](value);
  } catch (error) {
    if (error instanceof Refusal) refuse('slot_value', error.message, slot);
    throw error;
  }
  return value;
}

/**
 * Opens slots of a subject's own events: sets `value` of each slot opened.
 * @param {{known: boolean, slots: object[]}[]} events in the order of their entries
 * @param {string} text each disclosure followed by `~`
 * @throws {Refusal} evidence_disclosure, sd_jwt_limits, disclosure_*, slot_value, json_*, base64url
 */
export function openSlots(events, text) {
  if (text === '') return;
  if (!text.endsWith('~')) refuse('evidence_disclosure', 'a disclosure without its ~');
  const slots = events.flatMap((event) => event.slots.map((slot) => ({ event, slot })));
  let next = 0;
  for (const encoded of text.slice(0, -1).split('~')) {
    if (encoded.length > MAX_DISCLOSURE_BYTES) refuse('sd_jwt_limits', 'a disclosure too large');
    const digest = toBase64Url(sha256(utf8(encoded)));
    while (next < slots.length && slots[next].slot.digest !== digest) next += 1;
    if (next === slots.length) refuse('evidence_disclosure', 'it opens nothing, or out of order');
    const { event, slot } = slots[next];
    next += 1;
    slot.value = readDisclosure(encoded, slot.name, event.known);
  }
}
