// Admission of events about organisations: ranks, grants, keys (docs/protocol.md, sections 8.3 and
// 8.4). A rule checks all but powers, adds to the register, and returns which powers are needed.

import { dayOfMs } from './day.js';
import { refuse } from './refusal.js';

const MAX_RANK = 16;
const MAX_KEYS_OWN = 32;
const MAX_KEYS_ABOVE = 64;

function addKey(register, organisation, key, entry) {
  if (register.thumbprints.has(key.thumbprint)) refuse('already', 'a key that was there before');
  register.thumbprints.add(key.thumbprint);
  organisation.keys.set(key.thumbprint, { key, entry, revoked: undefined });
}

function addOrganisation(register, entry, kind, rank) {
  const { name, recognition, keys } = entry.event.claims;
  const number = entry.subjects[0];
  const organisation = {
    number, kind, rank, name, recognition, creation: entry, keys: new Map(), grants: [],
  };
  register.subjects.get(number).organisation = organisation;
  for (const key of keys) addKey(register, organisation, key, entry);
}

function genesis(register, entry) {
  addOrganisation(register, entry, 'regulator', 0);
}

function organisation(register, entry, signer) {
  if (signer.rank >= MAX_RANK) refuse('rank', 'a rank above 16');
  const { kind } = entry.event.claims;
  addOrganisation(register, entry, kind, signer.rank + 1);
  return (holds) => holds('admit', kind);
}

function accreditation(register, entry, signer) {
  const { power, scope, insurer } = entry.event.claims;
  const target = register.organisation(entry.event.sub);
  if (signer.rank >= target.rank) refuse('rank', 'the signer does not stand above it');
  const forCoverholder = power === 'issue_insurance' && target.kind === 'coverholder';
  if (forCoverholder !== (insurer !== undefined)) {
    const reason = forCoverholder ? 'claim_missing' : 'claim_conflict';
    refuse(reason, 'a coverholder issues insurance for an insurer, and nobody else', 'insurer');
  }
  if (insurer !== undefined) {
    const named = register.organisation(insurer) ?? refuse('subject_unknown', 'no such insurer');
    if (named.kind !== 'insurer') refuse('kind', 'an insurer that is none');
  }
  const chainFor = power !== 'issue_insurance' ? undefined
    : target.kind === 'insurer' ? target.number : insurer;
  entry.ends = [];
  target.grants.push(entry);
  return (holds) => scope.every((item) => holds(power, item, { insurer: chainFor, passOn: true }));
}

function checkCut(cut, entry, isOwn) {
  if (cut === undefined) return;
  if (isOwn) refuse('cut', 'an organisation that would reach back over itself');
  if (cut > entry.index) refuse('cut', 'a cut after the own index');
}

function accreditationEnded(register, entry) {
  const { target, last_day: lastDay, cut } = entry.event.claims;
  const { sub, iss } = entry.event;
  const grant = register.grant(sub, target) ?? refuse('target', 'no grant on this organisation');
  const isOwn = iss === sub;
  checkCut(cut, entry, isOwn);
  if (isOwn && lastDay < dayOfMs(entry.timeMs)) {
    refuse('claim_conflict', 'an organisation ends its own grant only from today', 'last_day');
  }
  if (!isOwn && grant.event.iss !== iss && !register.isAncestor(iss, sub)) {
    refuse('power_missing', 'neither the grantor nor an ancestor');
  }
  grant.ends.push(entry);
}

function checkAbove(register, { iss, sub }) {
  if (iss !== sub && !register.isAncestor(iss, sub)) refuse('rank', 'the signer is no ancestor');
}

function keyAdded(register, entry) {
  const { event } = entry;
  checkAbove(register, event);
  const target = register.organisation(event.sub);
  const most = event.iss === event.sub ? MAX_KEYS_OWN : MAX_KEYS_ABOVE;
  if (target.keys.size >= most) refuse('already', 'it has had all the keys it may have');
  addKey(register, target, event.claims.key, entry);
}

function keyRevoked(register, entry) {
  const { event } = entry;
  const { key, cut } = event.claims;
  checkAbove(register, event);
  const isOwn = event.iss === event.sub;
  checkCut(cut, entry, isOwn);
  const { keys } = register.organisation(event.sub);
  const revoked = keys.get(key) ?? refuse('key_unknown', 'not a key of this organisation');
  if (revoked.revoked && (isOwn || cut === undefined)) refuse('already', 'a key revoked before');
  const standing = [...keys.values()].filter((each) => !each.revoked).length;
  if (event.sub === 0n && standing === 1) refuse('last_key', 'the last standing key of subject 0');
  revoked.revoked ??= entry;
}

/** Rules by type. */
export const ORGANISATION_RULES = {
  genesis,
  organisation,
  accreditation,
  'accreditation-ended': accreditationEnded,
  'key-added': keyAdded,
  'key-revoked': keyRevoked,
};
