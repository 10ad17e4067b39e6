// Admission of events about schemes and practitioners (docs/protocol.md, sections 3 and 8.4). A
// rule checks all but powers and returns which powers are needed.

import { refuse } from './refusal.js';

const OVERSIGHT = ['registrar', 'regulator'];
const WITHDRAWABLE = [
  'practitioner-amended', 'affiliation', 'training', 'insurance', 'sanction', 'same-person',
  'dispute', 'scheme-version',
];

const needs = (power, item = '*') => (holds) => holds(power, item);
const registering = () => needs('register');

function needKind(signer, kinds) {
  if (!kinds.includes(signer.kind)) refuse('kind', `signed by a ${signer.kind}`);
}

// An earlier event of the same subject, of one of these types; a link is an event of both numbers.
function targetOf(register, entry, types, id = entry.event.claims.target) {
  const target = register.events.get(id);
  if (!target || target.event.creation || !target.subjects.includes(entry.event.sub)) {
    refuse('target', 'no earlier event of this subject');
  }
  if (!types.includes(target.event.type)) refuse('target', 'not an event that can be named here');
  return target;
}

function schemeVersion(register, entry) {
  return needs('set_scheme', register.scheme(entry.event.sub).treatment);
}

function amended(register, entry, signer) {
  const registrant = register.subjects.get(entry.event.sub).creation.event.iss;
  if (registrant !== signer.number) needKind(signer, OVERSIGHT);
  return needs('register');
}

function affiliation(register, entry, signer) {
  if (entry.event.claims.clinic !== signer.number) refuse('power_missing', 'another clinic');
  needKind(signer, ['clinic']);
  return needs('register');
}

function affiliationConfirmed(register, entry, signer) {
  needKind(signer, OVERSIGHT);
  targetOf(register, entry, ['affiliation']);
  return needs('register');
}

function dispute(register, entry, signer) {
  needKind(signer, OVERSIGHT);
  targetOf(register, entry, ['training', 'insurance', 'sanction']);
  return needs('register');
}

// The issuer that a paper names by number is what it should be.
function checkIssuer(register, { number }, kind) {
  if (number === undefined) return;
  const named = register.organisation(number) ?? refuse('subject_unknown', 'no such issuer');
  if (named.kind !== kind) refuse('kind', `an issuer that is no ${kind}`);
}

function checkReplacement(register, entry, kept) {
  const { type, claims } = entry.event;
  if (claims.replaces === undefined) return;
  const { event: replaced } = targetOf(register, entry, [type], claims.replaces);
  if (kept(claims) !== kept(replaced.claims)) refuse('replacement', 'it changes what it must keep');
}

function training(register, entry, signer) {
  const { issuer, grade, qualification } = entry.event.claims;
  checkIssuer(register, issuer, 'awarding_body');
  checkReplacement(register, entry, (claims) => `${claims.awarded_on} ${claims.qualification}`);
  if (grade !== 'issuer_signed') return needs('attest', grade);
  if (issuer.number !== signer.number) refuse('power_missing', 'signed by another than its issuer');
  return needs('issue_training', qualification);
}

function insurance(register, entry, signer) {
  const { issuer, grade, sections } = entry.event.claims;
  checkIssuer(register, issuer, 'insurer');
  checkReplacement(register, entry, ({ issuer: { name, recognition, number } }) =>
    [name, recognition, number].join('\n'));
  if (grade !== 'issuer_signed') return needs('attest', grade);
  const insurer = issuer.number;
  if (signer.kind !== 'coverholder' && insurer !== signer.number) {
    refuse('power_missing', 'signed by another than its issuer');
  }
  return (holds) => sections.every(({ section }) => holds('issue_insurance', section, { insurer }));
}

function withdrawal(register, entry, signer) {
  const { event } = entry;
  const { target: id, from } = event.claims;
  const { event: target } = targetOf(register, entry, WITHDRAWABLE);
  const said = `withdrawal ${event.kid} ${id} ${from}`;
  if (register.said.has(said)) refuse('already', 'the same withdrawal');
  register.said.add(said);
  if (target.type === 'scheme-version') {
    return needs('set_scheme', register.scheme(event.sub).treatment);
  }
  if (target.type === 'same-person' && from !== undefined) {
    refuse('claim_conflict', 'a link is withdrawn only from the start', 'from');
  }
  const overseen = (holds) => signer.kind === 'regulator' && holds('sanction', '*');
  const own = { sanction: 'sanction', 'same-person': 'register' }[target.type];
  if (target.iss === signer.number) {
    return own ? (holds) => holds(own, '*') || overseen(holds) : undefined;
  }
  return target.claims.issuer?.number === signer.number ? undefined : overseen;
}

function sanction() {
  return needs('sanction');
}

function samePerson(register, entry, signer) {
  needKind(signer, OVERSIGHT);
  const { sub, claims } = entry.event;
  if (claims.other === sub || !register.isPractitioner(claims.other)) {
    refuse('same_person', 'other is not another practitioner');
  }
  return needs('register');
}

function erasure(register, entry, signer) {
  const { sub, claims } = entry.event;
  needKind(signer, ['regulator']);
  if (claims.target === undefined) {
    if (!register.isPractitioner(sub)) refuse('kind', 'an erasure of no practitioner');
  } else {
    const target = register.events.get(claims.target);
    if (!target?.subjects.includes(sub) || target.event.slots.length === 0) {
      refuse('target', 'no earlier event of this subject with slots');
    }
  }
  return needs('erase');
}

/** Rules by type. */
export const RECORD_RULES = {
  scheme: (register, entry) => needs('set_scheme', entry.event.claims.treatment),
  'scheme-version': schemeVersion,
  practitioner: registering,
  'practitioner-amended': amended,
  affiliation,
  'affiliation-confirmed': affiliationConfirmed,
  training,
  insurance,
  withdrawal,
  sanction,
  'same-person': samePerson,
  dispute,
  erasure,
};
