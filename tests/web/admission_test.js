// Events that their signers may not sign: evidence that holds one is refused (docs/protocol.md,
// sections 8.2 to 8.4).

import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import test from 'node:test';
import { admitted, answerOf, confirmed, insurance, refused, training } from './admission_asks.js';
import { ed25519, p256 } from './issuer.js';
import { makeWorld, RULES } from './world.js';

// --- who may

refused('power_missing', 'training for another qualification', (w) =>
  training(w, { qualification: '999/0002/6' }));
refused('power_missing', "training in another body's name", (w) => {
  const other = w.register.organisation('awarding_body', 'Other');
  return training(w, { issuer: { name: 'Other', number: other.number } });
});
refused('kind', 'training issued by an insurer', (w) =>
  training(w, {
    issuer: { name: 'x', number: 4 }, grade: 'issuer_confirmed', confirmed,
  }, { by: w.clinic }));
refused('power_missing', 'a body that attests', (w) =>
  training(w, { grade: 'issuer_confirmed', confirmed }));
refused('issuer_unknown', 'signed by a practitioner', (w) =>
  training(w, {}, { by: { number: 7, key: w.body.key } }));
refused('kind', 'training of an organisation', (w) => {
  training(w, {}, { sub: 2 });
});
refused('power_missing', 'a registration by the body', (w) => {
  const { number } = w.register.practitioner(w.body, { name: 'Cy Example' });
  return { asked: { practitioner: number } };
});
refused('slot_missing', 'a registration without a name', (w) => {
  const { number } = w.register.practitioner(w.clinic, { town: 'Exampleham' });
  return { asked: { practitioner: number } };
});
refused('power_missing', "another clinic's affiliation", (w) => w.register.log('affiliation', {
  by: w.registrar, sub: 6, claims: { clinic: 2, from: '2024-01-01' },
}));
refused('kind', 'a clinic that confirms its own affiliation', (w) => {
  const { id: target } = w.register.log('affiliation', {
    by: w.clinic, sub: 6, claims: { clinic: 2, from: '2024-01-01' },
  });
  return void w.register.log('affiliation-confirmed', { by: w.clinic, sub: 6, claims: { target } });
});
refused('target', 'a confirmation of a training', (w) => w.register.log('affiliation-confirmed', {
  by: w.registrar, sub: 6, claims: { target: w.training.id },
}));
refused('replacement', 'a replacement with another award day', (w) =>
  training(w, { replaces: w.training.id, awarded_on: '2023-11-21' }));
refused('target', 'a replacement of a policy by a training', (w) =>
  training(w, { replaces: w.insurance.id }));
refused('already', 'a second scheme for a treatment', (w) => w.register.log('scheme', {
  claims: { treatment: 'scalp_pigmentation', territory: 'exampleland', name: 'Again' },
}));
refused('same_person', 'a link with oneself through another entry', (w) => {
  w.register.log('same-person', {
    by: w.registrar, sub: 6, claims: { other: 2, other_anchor: w.clinic.id },
  });
});
refused('anchor_wrong', 'a link with a wrong anchor', (w) => w.register.log('same-person', {
  by: w.registrar, sub: 6, claims: { other: 7, other_anchor: w.person.id },
}));
refused('kind', 'an erasure by the registrar', (w) =>
  w.register.log('erasure', { by: w.registrar, sub: 6 }));
refused('target', 'an erasure of an event without slots', (w) => {
  const { id: target } = training(w);
  return void w.register.log('erasure', { sub: 6, claims: { target } });
});
const withdraw = (w, target, by, claims = {}) => w.register.log('withdrawal', {
  by, sub: 6, claims: { target, reason: 'error', ...claims },
});
refused('power_missing', 'a withdrawal by a stranger', (w) =>
  withdraw(w, w.training.id, w.insurer));
refused('already', 'the same withdrawal again', (w) => {
  withdraw(w, w.training.id, w.body);
  withdraw(w, w.training.id, w.body);
});
refused('target', 'a withdrawal of a registration', (w) => withdraw(w, w.person.id, w.clinic));
refused('claim_conflict', 'a link withdrawn from a day', (w) => {
  const { id } = w.register.log('same-person', {
    by: w.registrar, sub: 6, claims: { other: 7, other_anchor: w.second.id },
  });
  withdraw(w, id, w.registrar, { from: '2025-01-01' });
});
admitted('a withdrawal by the issuer that an attested paper names', (w) => {
  const { id } = training(w, { grade: 'issuer_confirmed', confirmed }, { by: w.registrar });
  withdraw(w, id, w.body);
});

// --- ranks, grants, keys

refused('rank', 'a grant on an organisation of the same rank', (w) => {
  w.register.grant(w.clinic, 'register', ['*'], { by: w.registrar });
});
refused('power_missing', 'a grant that is passed on undelegated', (w) => {
  w.register.grant(w.registrar, 'admit', ['clinic'], { delegable: false });
  const low = w.register.organisation('clinic', 'Low', { by: w.registrar });
  w.register.grant(low, 'register', ['*'], { by: w.registrar });
  return { asked: { at: low.number } };
});
test('a chain of four grants holds, the fifth does not', async () => {
  for (const [length, ok] of [[4, true], [5, false]]) {
    const world = makeWorld();
    const { register } = world;
    let by = register.regulator;
    for (let i = 1; i <= length; i += 1) {
      const next = register.organisation('clinic', `Chain ${i}`, { by });
      register.grant(next, 'register', ['*'], { by, delegable: true });
      register.grant(next, 'admit', ['clinic'], { by: by.number === 0 ? by : by, delegable: true });
      by = next;
    }
    const answer = await answerOf(world, { at: by.number });
    assert.equal(answer.ok, ok, answer.message);
    if (!ok) assert.equal(answer.reason, 'power_missing');
  }
});
refused('claim_missing', 'a coverholder without its insurer', (w) => {
  const cover = w.register.organisation('coverholder', 'Cover');
  w.register.grant(cover, 'issue_insurance', ['treatment_risk']);
  return { asked: { at: cover.number } };
});
refused('claim_conflict', 'an insurer with an insurer', (w) => {
  w.register.grant(w.insurer, 'issue_insurance', ['treatment_risk'], { insurer: 4 });
});
refused('power_missing', 'a coverholder for another insurer', (w) => {
  const cover = w.register.organisation('coverholder', 'Cover');
  const other = w.register.organisation('insurer', 'Other');
  const sections = ['treatment_risk', 'public_liability'];
  w.register.grant(cover, 'issue_insurance', sections, { insurer: other.number });
  insurance(w, {}, { by: cover });
});
const end = (w, by, claims) => w.register.log('accreditation-ended', {
  by, sub: 3, claims: { target: w.bodyGrant.id, last_day: '2024-01-01', ...claims },
});
refused('power_missing', 'an end by a stranger', (w) => end(w, w.clinic, {}));
refused('cut', 'an own end with a cut', (w) => end(w, w.body, { last_day: '2024-02-01', cut: 1 }));
refused('claim_conflict', 'an own end in the past', (w) => end(w, w.body, {}));
refused('cut', 'a cut after the own index', (w) => end(w, undefined, { cut: 9999 }));
refused('power_missing', 'signed after the end of the grant', (w) => {
  end(w, undefined, {});
  training(w);
});
refused('power_missing', 'signed after a cut', (w) => {
  const { index } = end(w, undefined, { last_day: '2030-01-01', cut: 1 });
  training(w, { title: `after ${index}` });
});
const revoke = (w, claims, by) => w.register.log('key-revoked', {
  by, sub: 3, claims: { key: w.body.key.kid, reason: 'lost', ...claims },
});
refused('key_revoked', 'a key after its revocation', (w) => {
  revoke(w, {});
  training(w);
});
refused('rank', 'a revocation by a stranger', (w) => revoke(w, {}, w.clinic));
refused('cut', 'an own revocation with a cut', (w) => revoke(w, { cut: 1 }, w.body));
refused('already', 'a revocation again, without a cut', (w) => {
  revoke(w, {}, w.body);
  revoke(w, {});
});
admitted('a revocation again, by an ancestor with a cut', (w) => {
  revoke(w, {}, w.body);
  revoke(w, { cut: w.training.index });
}, ({ verdict }) => {
  assert.equal(verdict.outcome, 'NO');
  assert.equal(verdict.legs[1].reasons[0].code, 'training_none');
});
refused('last_key', 'the last key of the regulator', (w) => w.register.log('key-revoked', {
  sub: 0, claims: { key: w.regulator.key.kid, reason: 'lost' },
}));
refused('already', "another organisation's key, added", (w) => w.register.log('key-added', {
  sub: 3, claims: { key: w.insurer.key.jwk },
}));
test('an organisation has 32 keys, and its ancestors give it up to 64', async () => {
  for (const [own, above, ok] of [[31, 32, true], [32, 0, false], [31, 33, false]]) {
    const world = makeWorld();
    for (let i = 0; i < own + above; i += 1) {
      const by = i < own ? world.body : undefined;
      world.register.log('key-added', { by, sub: 3, claims: { key: ed25519(`key ${i}`).jwk } });
    }
    const answer = await answerOf(world);
    assert.equal(answer.ok, ok, answer.message);
    if (!ok) assert.equal(answer.reason, 'already');
  }
});
admitted('an ES256 key that was added', (w) => {
  const key = p256(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
  w.register.log('key-added', { by: w.body, sub: 3, claims: { key: key.jwk } });
  training(w, {}, { key });
});
for (const [reason, name, jwk] of [
  ['jwk_private', 'a private key', { ...ed25519('x').jwk, d: 'AA' }],
  ['jwk_algorithm', 'another curve', { ...ed25519('x').jwk, crv: 'X25519' }],
  ['jwk_member', 'a foreign member', { ...ed25519('x').jwk, x5u: 'https://example' }],
  ['jwk_kid', 'a wrong kid', { ...ed25519('x').jwk, kid: ed25519('y').kid }],
  ['key_point', 'the neutral point', { ...ed25519('x').jwk, x: `AQ${'A'.repeat(41)}` }],
  ['key_encoding', 'a y of p', {
    ...ed25519('x').jwk, x: Buffer.from(`ed${'ff'.repeat(30)}7f`, 'hex').toString('base64url'),
  }],
  ['key_point', 'a point off P-256', {
    kty: 'EC', crv: 'P-256', x: `${'A'.repeat(42)}E`, y: `${'A'.repeat(42)}E`,
  }],
]) {
  refused(reason, `a key that is ${name}`, (w) =>
    w.register.log('key-added', { sub: 3, claims: { key: jwk } }));
}

test('no rank is above 16', async () => {
  for (const [length, ok] of [[16, true], [17, false]]) {
    const world = makeWorld();
    const { register } = world;
    // The regulator itself lets every one admit the next, so that no chain of grants is too long.
    let by = register.regulator;
    for (let i = 1; i <= length; i += 1) {
      const next = register.organisation('clinic', `Rank ${i}`, { by });
      register.grant(next, 'admit', ['clinic']);
      by = next;
    }
    const answer = await answerOf(world, { at: by.number });
    assert.equal(answer.ok, ok, answer.message);
    if (!ok) assert.equal(answer.reason, 'rank');
  }
});
refused('kind', 'a coverholder for an insurer that is none', (w) => {
  const cover = w.register.organisation('coverholder', 'Cover');
  w.register.grant(cover, 'issue_insurance', ['treatment_risk'], { insurer: 2 });
  return { asked: { at: cover.number } };
});
refused('target', 'a withdrawal of an event of another subject', (w) => {
  const { id: target } = w.register.log('sanction', {
    sub: 7, claims: { kind: 'removal', from: '2024-01-01' },
  });
  w.register.log('same-person', {
    by: w.registrar, sub: 6, claims: { other: 7, other_anchor: w.second.id },
  });
  withdraw(w, target, w.regulator);
});
refused('power_missing', "a policy in another insurer's name", (w) => {
  const other = w.register.organisation('insurer', 'Other');
  insurance(w, { issuer: { name: 'Other', number: other.number } });
});
refused('power_missing', "a clinic's policy in an insurer's name", (w) => {
  w.register.grant(w.clinic, 'issue_insurance', ['*']);
  insurance(w, {}, { by: w.clinic });
});
refused('kind', 'an erasure of an organisation', (w) => w.register.log('erasure', { sub: 2 }));
refused('claim_type', 'an object where an array is asked for', (w) =>
  insurance(w, { territories: {} }));
refused('claim_type', 'a text where an object is asked for', (w) =>
  training(w, { issuer: 'Example Awarding Body' }));

// --- entries and newer events

refused('entry_subjects', 'a training under two subjects', (w) =>
  training(w, {}, { subjects: [6, 7] }));
refused('entry_subjects', 'a link under one subject', (w) => w.register.log('same-person', {
  by: w.registrar, sub: 6, claims: { other: 7, other_anchor: w.second.id }, subjects: [6],
}));
refused('genesis', 'a second genesis', (w) => {
  const { number } = w.register.log('genesis', {
    claims: w.genesis.payload, edit: (p) => { p.jti = 'A'.repeat(22); },
  });
  return { asked: { practitioner: number } };
});
admitted('an unknown event', (w) => {
  const claims = { beam: [1.5, null] };
  w.register.log('teleportation', { sub: 6, claims, slots: { from_where: 1 } });
  w.register.entries.at(-1).unknown = true;
}, ({ verdict }) => {
  assert.equal(verdict.outcome, 'CANNOT_SAY');
  assert.ok(verdict.updateNeeded);
});
refused('slot_digest', 'an unknown event with a digest elsewhere', (w) => {
  w.register.log('teleportation', { sub: 6, claims: { beam: { _sd: [] } } });
});
admitted('newer rules', (w) => {
  const claims = { ...RULES, rules: 2, anything: [1.5] };
  w.register.log('scheme-version', { sub: 5, claims });
}, ({ verdict }) => assert.equal(verdict.legs[1].reasons[0].code, 'update_needed'));
refused('claim_range', 'rules of language 0', (w) =>
  w.register.log('scheme-version', { sub: 5, claims: { ...RULES, rules: 0 } }));
refused('power_missing', 'newer rules by the clinic', (w) =>
  w.register.log('scheme-version', { by: w.clinic, sub: 5, claims: { ...RULES, rules: 2 } }));
