// A small register that answers YES: a regulator, a registrar, a clinic, an awarding body, an
// insurer, rules and one practitioner with papers. Everybody in it is invented.

import { Register } from './issuer.js';

export const FILED_MS = Date.UTC(2024, 0, 10, 12);
export const NOW_MS = Date.UTC(2025, 5, 15, 12);

export const QUESTION = {
  practitioner: 6, treatment: 'scalp_pigmentation', territory: 'exampleland', on: '2025-06-15',
};

const qualification = {
  number: '999/0001/4', title: 'Level 4 Certificate in Scalp Pigmentation', framework: 'rqf',
  level: 4, owner: 'EX1001',
};
const required = (section) => ({ section, currency: 'GBP', per_claim_minor: 1000000 });

export const RULES = {
  rules: 1, from: '2020-01-01', zone: 'Europe/London',
  training: [{ name: 'scalp', any_of: [qualification] }], training_grade: 'issuer_confirmed',
  insurance: [required('treatment_risk'), required('public_liability')],
  insurance_grade: 'issuer_confirmed', own_clinic_may_attest: false, spent_after_days: 1825,
};

export const TRAINING = {
  framework: 'rqf', level: 4, qualification: '999/0001/4', title: qualification.title,
  issuer: { name: 'Example Awarding Body', number: 3 }, awarded_on: '2023-11-20',
  grade: 'issuer_signed',
};

export const INSURANCE = {
  issuer: { name: 'Example Insurer', number: 4 }, basis: 'occurrence', from: '2025-01-01',
  until: '2025-12-31', territories: ['exampleland'],
  sections: [required('treatment_risk'), required('public_liability')],
  treatments: [{ treatment: 'scalp_pigmentation' }], grade: 'issuer_signed',
};

/**
 * The register, with its people by name. Numbers: regulator 0, registrar 1, clinic 2, awarding
 * body 3, insurer 4, scheme 5, practitioner 6, second practitioner 7.
 */
export function makeWorld({ papers = true, ...options } = {}) {
  const register = new Register({ startMs: Date.UTC(2020, 0, 1), ...options });
  const world = { register, genesis: register.genesis() };
  world.regulator = register.regulator;
  world.registrar = register.organisation('registrar', 'Example Registrar');
  world.clinic = register.organisation('clinic', 'Example Clinic');
  world.body = register.organisation('awarding_body', 'Example Awarding Body', {
    recognition: 'EX1001',
  });
  world.insurer = register.organisation('insurer', 'Example Insurer');
  world.scheme = register.log('scheme', {
    claims: { treatment: 'scalp_pigmentation', territory: 'exampleland', name: 'Example Scheme' },
  });
  for (const each of [world.registrar, world.clinic]) {
    register.grant(each, 'register', ['*']);
    register.grant(each, 'attest', ['issuer_confirmed']);
  }
  world.bodyGrant = register.grant(world.body, 'issue_training', ['999/0001/4']);
  world.insurerGrant = register.grant(
    world.insurer, 'issue_insurance', ['treatment_risk', 'public_liability']);
  register.log('scheme-version', { sub: 5, claims: RULES });
  register.at(FILED_MS);
  world.person = register.practitioner(world.clinic, { name: 'Ada Example', town: 'Exampleham' });
  world.second = register.practitioner(world.clinic, { name: 'Ben Example' });
  if (papers) {
    world.training = register.log('training', {
      by: world.body, sub: 6, claims: TRAINING, slots: { certificate_number: 'EX-1' },
    });
    world.insurance = register.log('insurance', {
      by: world.insurer, sub: 6, claims: INSURANCE, slots: { policy_number: 'EX-2' },
    });
  }
  return world;
}
