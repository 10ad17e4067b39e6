// The closed schemas of the events (docs/protocol.md, section 3). Each: `about` which kind of
// subject, whether it is a creation, its claims, its slots (true: required), and a check of what
// claims say together.

import {
  amount, array, arrayBy, boolean, code, currency, day, grade, identity, integer, jwk, level,
  number, object, oneOf, recognition, string, text, text200, thumbprint,
} from './claim.js';
import { refuse } from './refusal.js';

const KINDS = ['regulator', 'registrar', 'awarding_body', 'insurer', 'coverholder', 'clinic'];
const DAYS_100_YEARS = integer(0n, 36500n);

const keys = array(jwk, 1, 8);

// The forms of the items of a scope, by power; powers that are not here have only `*`.
const SCOPES = {
  admit: oneOf(...KINDS),
  set_scheme: code,
  attest: oneOf('self_declared', 'document_seen', 'issuer_confirmed'),
  issue_training: recognition,
  issue_insurance: code,
};
const POWERS = [...Object.keys(SCOPES), 'register', 'sanction', 'erase'];

function inOrder(first, last) {
  if (first !== undefined && last !== undefined && last < first) {
    refuse('claim_conflict', 'an end before its beginning');
  }
}
const period = (claims) => inOrder(claims.from, claims.until);

function checkScope({ power, scope, from, until }) {
  inOrder(from, until);
  if (scope.length === 1 && scope[0] === '*') return;
  if (!SCOPES[power]) refuse('claim_range', `${power} has only the scope *`);
  if (power === 'attest' && scope.length !== 1) refuse('claim_range', 'not one grade');
  scope.forEach(SCOPES[power]);
}

const qualification = object({
  number: recognition,
  title: text200,
  framework: code,
  level,
  owner: recognition,
  'operational_start?': day,
  'certification_end?': day,
  'awarded_from?': day,
  'awarded_to?': day,
  'accepted_until?': day,
  'valid_for_months?': integer(1n, 600n),
  'refreshers?': array(recognition, 1, 16),
});

const issuer = object({ name: text200, 'recognition?': recognition, 'number?': number });

const howKnown = {
  grade,
  'seen_on?': day,
  'confirmed?': object({
    with: text200,
    on: day,
    how: oneOf('email', 'telephone', 'portal', 'letter', 'api'),
  }),
  'replaces?': identity,
};

function checkHowKnown(claims) {
  const needs = { issuer_confirmed: 'confirmed', document_seen: 'seen_on' };
  for (const [name, member] of Object.entries(needs)) {
    if (claims.grade === name && claims[member] === undefined) {
      refuse('claim_missing', `the grade ${name} needs it`, member);
    }
    if (claims.grade !== name && claims[member] !== undefined) {
      refuse('claim_conflict', 'it does not occur with this grade', member);
    }
  }
}

function checkInsurance(claims) {
  checkHowKnown(claims);
  period(claims);
  inOrder(claims.until, claims.extended_until);
  const late = claims.retroactive !== undefined || claims.extended_until !== undefined;
  if (late && claims.basis !== 'claims_made') refuse('claim_conflict', 'only with claims_made');
}

function checkSanction(claims, slots) {
  period(claims);
  const conditions = claims.kind === 'conditions';
  if (claims.barred && !conditions) refuse('claim_conflict', 'barred only with conditions');
  if (conditions && !claims.barred && !slots.some((slot) => slot.name === 'text')) {
    refuse('slot_missing', 'conditions without barred need a text');
  }
}

const personSlots = { name: false, town: false, photo: false, birth_date: false };
const paperSlots = { name_on_paper: false, papers: false, public_papers: false };

const organisations = {
  genesis: {
    creation: true,
    claims: {
      name: text200, keys, origin: string, log_key: string, max_head_gap_s: integer(1n, 86400n),
    },
  },
  organisation: {
    creation: true,
    claims: { kind: oneOf(...KINDS), name: text200, 'recognition?': recognition, keys },
  },
  accreditation: {
    claims: {
      power: oneOf(...POWERS), scope: array(string, 1, 256), 'insurer?': number,
      delegable: boolean, from: day, 'until?': day,
    },
    check: checkScope,
  },
  'accreditation-ended': { claims: { target: identity, last_day: day, 'cut?': number } },
  'key-added': { claims: { key: jwk } },
  'key-revoked': {
    claims: { key: thumbprint, 'cut?': number, reason: oneOf('retired', 'lost', 'compromised') },
  },
};

const schemes = {
  scheme: { creation: true, claims: { treatment: code, territory: code, name: text200 } },
  'scheme-version': {
    claims: {
      rules: integer(1n, 1n),
      from: day,
      zone: text(64),
      training: array(
        object({ name: text200, any_of: array(qualification, 1, 64) }), 1, 8,
      ),
      training_grade: grade,
      'training_max_age_days?': DAYS_100_YEARS,
      insurance: array(
        object({
          section: code, currency, per_claim_minor: amount, 'aggregate_minor?': amount,
        }), 1, 16,
      ),
      insurance_grade: grade,
      'insurance_max_age_days?': DAYS_100_YEARS,
      own_clinic_may_attest: boolean,
      spent_after_days: DAYS_100_YEARS,
    },
  },
};

const practitioners = {
  practitioner: { creation: true, claims: {}, slots: { ...personSlots, name: true } },
  'practitioner-amended': {
    claims: { from: day },
    slots: personSlots,
    check: (claims, slots) => slots.length > 0 || refuse('slot_missing', 'an amendment of nothing'),
  },
  affiliation: { claims: { clinic: number, from: day, 'until?': day }, check: period },
  'affiliation-confirmed': { claims: { target: identity } },
  training: {
    claims: {
      framework: code, level, qualification: recognition, title: text200, issuer,
      awarded_on: day, ...howKnown,
    },
    slots: { ...paperSlots, certificate_number: false },
    check: checkHowKnown,
  },
  insurance: {
    claims: {
      issuer,
      'intermediary?': text200,
      basis: oneOf('occurrence', 'claims_made'),
      from: day,
      until: day,
      'retroactive?': (value) => (value === 'unlimited' ? value : day(value)),
      'extended_until?': day,
      territories: array(code, 1, 64),
      sections: arrayBy('section', object({
        section: code, currency, 'per_claim_minor?': amount, 'aggregate_minor?': amount,
        'excess_minor?': amount,
      }), 1, 16),
      treatments: arrayBy('treatment', object({
        treatment: code,
        'excludes?': array(oneOf('under_18', 'no_patch_test', 'no_consent'), 1, 3),
      }), 1, 128),
      'not_covered?': array(code, 1, 128),
      'policyholder?': number,
      'only_while_working_for?': number,
      ...howKnown,
    },
    slots: { ...paperSlots, policy_number: false },
    check: checkInsurance,
  },
  withdrawal: {
    anywhere: true,
    claims: {
      target: identity,
      'from?': day,
      reason: oneOf('false', 'error', 'cancelled', 'unpaid', 'superseded', 'fraud', 'other'),
    },
  },
  sanction: {
    claims: {
      kind: oneOf('suspension', 'removal', 'conditions'), from: day, 'until?': day,
      'barred?': array(code, 1, 128),
    },
    slots: { text: false, case_papers: false },
    check: checkSanction,
  },
  'same-person': { claims: { other: number, other_anchor: identity } },
  dispute: { claims: { target: identity }, slots: { text: true } },
  erasure: { anywhere: true, claims: { 'target?': identity } },
};

/** The schemas by type. `read` reads the claims beside the common ones. */
export const SCHEMAS = new Map();
for (const [about, types] of Object.entries({
  organisation: organisations, scheme: schemes, practitioner: practitioners,
})) {
  for (const [type, { claims, ...schema }] of Object.entries(types)) {
    const subject = schema.anywhere ? undefined : about;
    SCHEMAS.set(type, { creation: false, ...schema, about: subject, read: object(claims) });
  }
}

/** Insists on the slots of a schema. @throws {Refusal} slot_unknown, slot_missing */
export function checkSlots(schema, slots) {
  const allowed = schema.slots ?? {};
  for (const { name } of slots) {
    if (!Object.hasOwn(allowed, name)) refuse('slot_unknown', 'not a slot of this event', name);
  }
  for (const [name, required] of Object.entries(allowed)) {
    if (required && !slots.some((slot) => slot.name === name)) {
      refuse('slot_missing', 'this slot must be there', name);
    }
  }
}
