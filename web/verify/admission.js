// Admission: whether an entry may stand where it stands, after what came before it
// (docs/protocol.md, sections 8.1, 8.2 and 8.4).

import { ORGANISATION_RULES } from './admit_organisation.js';
import { RECORD_RULES } from './admit_record.js';
import { dayOfMs } from './day.js';
import { CHAIN, holds, PASSED_ON } from './power.js';
import { refuse } from './refusal.js';
import { schemeKey } from './register.js';

const EARLIEST_MS = 7n * 86400000n;
const LATEST_MS = 300000n;

const RULES = { ...ORGANISATION_RULES, ...RECORD_RULES };
const NO_POWER = () => true;

/**
 * How the rules ask for powers: `(power, item, {insurer, passOn})`.
 * @param counts {grantCounts, endCounts}: which grants and ends count
 */
export function powerAsker(register, entry, counts) {
  const at = { index: entry.index, day: dayOfMs(entry.timeMs), ...counts };
  return (power, item, { insurer, passOn = false } = {}) => {
    const ask = { power, item, insurer, ...at };
    return holds(register, entry.event.iss, ask, passOn ? PASSED_ON : CHAIN, passOn);
  };
}

const ALL_COUNT = { grantCounts: () => true, endCounts: () => true };

// The key that signed must stand; for the genesis it is one of its own.
function signingKey(register, { event, index }) {
  if (event.type === 'genesis') {
    const own = event.claims.keys.find((key) => key.thumbprint === event.kid);
    return own ?? refuse('key_unknown', 'the genesis is signed by a foreign key');
  }
  const signer = register.organisation(event.iss);
  if (!signer) refuse('issuer_unknown', `no organisation ${event.iss} before index ${index}`);
  const standing = signer.keys.get(event.kid) ?? refuse('key_unknown', 'kid is no key of iss');
  if (standing.revoked) refuse('key_revoked', 'the key that signed was revoked before');
  return standing.key;
}

function checkIssuedAt({ event, timeMs }) {
  const distance = event.iat * 1000n - BigInt(timeMs);
  if (distance < -EARLIEST_MS || distance > LATEST_MS) refuse('issued_at', 'iat beyond its window');
}

function checkOnce(register, event) {
  const nonce = `${event.iss} ${event.jti}`;
  if (register.events.has(event.id)) refuse('already', 'an event that was logged before');
  if (register.nonces.has(nonce)) refuse('already', 'a jti that was used before');
  register.nonces.add(nonce);
}

// Section 4: which subjects an entry of this version names.
function checkSubjects({ event, subjects }) {
  if (!event.known && !event.newerRules) return;
  const second =
    event.type === 'scheme' ? 0n : event.type === 'same-person' ? event.claims.other : undefined;
  if (subjects[1] !== second) refuse('entry_subjects', 'other subjects than its token asks for');
}

function addSubject(register, entry) {
  const [number] = entry.subjects;
  const { type, known } = entry.event;
  if (register.subjects.has(number)) refuse('sub', 'a creation of a subject that is there');
  register.subjects.set(number, { number, type: known ? type : undefined, creation: entry });
}

function checkKind(register, entry) {
  const { event, subjects } = entry;
  const subject = register.subjects.get(subjects[0]);
  if (!subject) refuse('subject_unknown', 'an event of a subject that is not there');
  const kinds = { organisation: subject.organisation, scheme: subject.scheme };
  const fits =
    event.about === undefined ||
    (event.about === 'practitioner' ? subject.type === 'practitioner' : kinds[event.about]);
  if (!fits) refuse('kind', `an event that is about no ${event.about}`);
}

function addScheme(register, entry) {
  const { treatment, territory } = entry.event.claims;
  const key = schemeKey(treatment, territory);
  if (register.schemes.has(key)) refuse('already', 'a second scheme for this treatment');
  const number = entry.subjects[0];
  register.schemes.set(key, number);
  register.subjects.get(number).scheme = { treatment, territory, creation: entry };
}

/**
 * Admits an entry, and sets its `needs`: whether an asker of powers holds what it needs.
 * @param {Register} register what came before; the entry is added to it
 * @param entry {index, timeMs, subjects, event}
 * @returns {{key, message, signature}} the signature that is still to be verified
 * @throws {Refusal} those of section 8
 */
export function admit(register, entry) {
  const { event, index, subjects } = entry;
  const isFirst = index === 0n && subjects[0] === 0n && event.iss === 0n;
  if ((event.type === 'genesis') !== isFirst || (index === 0n) !== isFirst) {
    refuse('genesis', 'index 0 is no genesis of subject 0, or one stands elsewhere');
  }
  checkSubjects(entry);
  const key = signingKey(register, entry);
  if (key.alg !== event.alg) refuse('token_key', 'an alg that is not that of the key');
  checkIssuedAt(entry);
  checkOnce(register, event);
  if (event.creation) addSubject(register, entry);
  else checkKind(register, entry);
  const rule = event.known || event.newerRules ? RULES[event.type] : undefined;
  if (event.type === 'scheme') addScheme(register, entry);
  entry.needs = rule?.(register, entry, register.organisation(event.iss)) ?? NO_POWER;
  if (!entry.needs(powerAsker(register, entry, ALL_COUNT))) {
    refuse('power_missing', 'the signer does not hold the power that the event needs');
  }
  register.events.set(event.id, entry);
  return { key, message: event.message, signature: event.signature };
}
