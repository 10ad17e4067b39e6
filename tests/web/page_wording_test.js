// How the page writes days, money, codes and reasons, and how it reads what people type.

import assert from 'node:assert/strict';
import test from 'node:test';
import { readAddress, writeAddress } from '../../web/address.js';
import { badgeSnippet } from '../../web/keep_view.js';
import { chooseLanguage, Language, today } from '../../web/language.js';
import { readName, readNumber } from '../../web/question_form.js';
import { Names, reasonText, whomToAsk } from '../../web/reason_text.js';
import cy from '../../web/texts/cy.js';
import en from '../../web/texts/en.js';

const english = new Language('en', en);
const welsh = new Language('cy', cy);
const names = new Names([
  { number: 4n, name: 'Example Insurer', events: [] },
  { number: 10n, events: [{ claims: { name: 'Example Scheme' }, slots: [] }] },
  { number: 11n, events: [{ claims: {}, slots: [{ name: 'name', value: 'Ada Example' }] }] },
]);

test('a day is written as people write it', () => {
  assert.equal(english.day('2026-11-03'), '3\u00a0November 2026');
  assert.equal(english.day(20760), '3\u00a0November 2026');
  assert.equal(welsh.day('2026-11-03'), '3\u00a0Tachwedd 2026');
  assert.equal(english.day('soon'), 'soon');
});

test('a time is in UTC and says so', () => {
  assert.equal(english.time(Date.UTC(2026, 10, 3, 14, 5)), '3\u00a0November 2026, 14:05 UTC');
  assert.match(english.time(BigInt(Date.UTC(2026, 10, 3))), /00:00 UTC$/);
});

test('money is written in the major unit, without a fraction of zero', () => {
  assert.equal(english.money(200000000n, 'GBP'), '£2,000,000');
  assert.equal(english.money(12345n, 'GBP'), '£123.45');
  assert.equal(english.money(5000n, 'JPY'), 'JP¥5,000');
  assert.equal(english.money(10n ** 15n, 'GBP'), '£10,000,000,000,000');
});

test('a code without words of its own is written in its own words', () => {
  assert.equal(english.words('scalp_micropigmentation'), 'scalp micropigmentation');
  assert.equal(english.words('gb-eng'), 'England');
  assert.equal(welsh.words('gb-wls'), 'Cymru');
});

test('today is the day of this device, not of Greenwich', () => {
  assert.equal(today(new Date(2026, 0, 2, 0, 30)), '2026-01-02');
  assert.equal(today(new Date(2026, 0, 2, 23, 30)), '2026-01-02');
});

test('the language is the first wish that there is', () => {
  assert.equal(chooseLanguage([undefined, 'fr-FR', 'cy-GB', 'en']), 'cy');
  assert.equal(chooseLanguage(['fr']), 'en');
  assert.equal(chooseLanguage(['toString', 'constructor']), 'en');
});

test('a value that is missing leaves no braces, and a value is never read as a text', () => {
  assert.equal(english.say('answer.at', {}), 'at ');
  assert.equal(english.say('answer.at', { clinic: '{day}$&' }), 'at {day}$&');
  assert.equal(english.say('no.such.key'), 'no.such.key');
});

test('reasons are sentences with days, names and words in them', () => {
  const say = (code, detail, record) => reasonText(english, { code, detail, record }, names);
  assert.equal(say('insurance_ended', '2025-12-31'),
    'The cover ended on 31\u00a0December 2025, and no other is filed.');
  assert.equal(say('insurer_not_standing', '4'),
    'Example Insurer was not accredited for this insurance on this day.');
  assert.equal(say('insurance_only_at_other_clinic', '4711'),
    'The policy covers only the work at 0000-4711-30.');
  assert.equal(say('training_withdrawn', 'fraud'),
    'The certificate was withdrawn from the start: fraud.');
  assert.equal(say('insurance_cancelled', 'unpaid from 2025-06-15'),
    'The policy was ended from 15\u00a0June 2025 on: not paid for.');
  assert.equal(say('insurance_currency_differs', 'treatment_risk EUR'),
    'The limit is in another currency than the rules: treatment risk EUR.');
  assert.equal(say('training_none', ''), 'No certificate is filed.');
  assert.equal(say('conditions_on_other_treatments', 'lip_pigmentation, face_pigmentation'),
    'Conditions are in force, but for other treatments: lip pigmentation, face pigmentation.');
  assert.match(say('a_code_of_tomorrow', 'x'), /a_code_of_tomorrow x/);
});

test('whom to ask is a name on the paper or in the register', () => {
  const record = { event: { iss: 4n, claims: { issuer: { name: 'Example Body' } } } };
  assert.deepEqual(whomToAsk({ code: 'grade_too_low', record }, names),
    { role: 'issuer', name: 'Example Body' });
  assert.deepEqual(whomToAsk({ code: 'suspended', record }, names),
    { role: 'regulator', name: 'Example Insurer' });
  assert.equal(whomToAsk({ code: 'insurance_none' }, names), undefined);
});

test('what is typed is a number, a mistyped number, or a name', () => {
  assert.deepEqual(readNumber('0000-4711-30'), { number: 4711n });
  assert.deepEqual(readNumber('0000471130'), { number: 4711n });
  assert.deepEqual(readNumber('0000 4711 31'), { fault: 'registration_number_check' });
  assert.deepEqual(readNumber('4711'), { fault: 'registration_number' });
  assert.deepEqual(readNumber('Ada Example'), {});
  assert.deepEqual(readName(' Ada Example , Westexample '),
    { name: 'Ada Example', town: 'Westexample' });
  assert.deepEqual(readName('Ada'), { name: 'Ada', town: '' });
});

test('an address asks what was asked', () => {
  const question = {
    practitioner: 4711n, treatment: 'scalp_micropigmentation', territory: 'gb-eng',
    on: '2026-12-01', at: 6n, claimOn: '2027-01-01', under18: true,
  };
  assert.deepEqual(readAddress(writeAddress(question, 'cy')), {
    person: '0000-4711-30', scheme: 'scalp_micropigmentation gb-eng', on: '2026-12-01',
    at: '0000-0006-80', claimOn: '2027-01-01', under18: true, lang: 'cy',
  });
  assert.equal(readAddress('').person, undefined);
});

test('a badge for pasting is text, whatever the name', () => {
  const [link, badge] = ['https://register.example/?number=1', 'https://register.example/b.svg'];
  const snippet = badgeSnippet(link, badge, 'A "quoted" <b>&amp;');
  assert.equal(snippet, '<a href="https://register.example/?number=1"><img '
    + 'src="https://register.example/b.svg" alt="A &quot;quoted&quot; &lt;b&gt;&amp;amp;"></a>');
});
