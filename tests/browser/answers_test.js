// The demo's cases as a patient meets them: by link, by number, by name.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Scene } from './scene.js';

const day = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);

// What the page says of each case of the demo, today.
const CASES = {
  'everything is in order': /^The papers filed for Zoë Example-Jones meet the rules/,
  'the papers were confirmed with their issuers': /^The papers filed for Siân Enghraifft meet/,
  'the cover has lapsed': /The cover ended on .*, and no other is filed/,
  'a certificate for another treatment': /A certificate is filed, but for something else: .*Face/,
  suspended: /The practitioner is suspended on this day/,
  'the second number of a suspended person': /The practitioner is suspended on this day/,
  'the certificate was withdrawn': /The certificate was withdrawn from the start: fraud/,
  'covered only at one clinic, which the question does not name': /only the work at Example Clinic/,
};

describe('answers', () => {
  const scene = Scene.ofSuite();

  test('every case of the demo is known here', () => {
    assert.deepEqual(Object.keys(scene.demo.cases).sort(), Object.keys(CASES).sort());
  });

  for (const [why, words] of Object.entries(CASES)) {
    test(`by link: ${why}`, async () => {
      const { number, outcome } = scene.demo.cases[why];
      const reader = await scene.reader();
      await reader.opens(`/p/${number}`);
      const answer = await reader.answer();
      assert.equal(answer.outcome, outcome);
      assert.match(outcome === 'YES' ? answer.sentence : answer.because, words);
      assert.match(await reader.text('.person'), new RegExp(number));
      await reader.leaves();
    });
  }

  test('by number, typed without hyphens, on another day', async () => {
    const reader = await scene.reader();
    await reader.opens();
    await reader.formIsReady();
    await reader.asks({ person: scene.suspended.replaceAll('-', ''), on: day(-1) });
    assert.equal((await reader.answer()).outcome, 'YES');
    await reader.asks({ person: scene.suspended, on: day(14) });
    await reader.sees('#outcome', 'NO');
    assert.match(await reader.text('.leg.NO'), /Suspended while a complaint is heard/);
    assert.match(reader.page.url(), new RegExp(`on=${day(14)}`));
    await reader.page.goBack();
    await reader.sees('#outcome', 'YES');
    await reader.leaves();
  });

  test('by name, with a typing error, of two that one person bears', async () => {
    const reader = await scene.reader({ width: 390, height: 844 });
    await reader.opens();
    await reader.formIsReady();
    await reader.asks({ person: 'lukas przyklad' });
    await reader.sees('.search h2', 'Who do you mean?');
    const found = await reader.text('.search');
    assert.match(found, new RegExp(scene.suspended));
    assert.match(found, new RegExp(scene.numberOf('the second number of a suspended person')));
    assert.match(found, /nothing about them is proven yet/);
    assert.equal(await reader.page.locator('.answer').count(), 0);
    await reader.page.click(`.match:has-text("${scene.suspended}")`);
    assert.equal((await reader.answer()).outcome, 'NO');
    await reader.leaves();
  });

  test('at a clinic, which the policy asks for', async () => {
    const reader = await scene.reader();
    await reader.opens(`/p/${scene.numberOf(Object.keys(CASES).at(-1))}`);
    assert.equal((await reader.answer()).outcome, 'CANNOT SAY');
    await reader.page.click('text=Yes, I will be treated there');
    await reader.sees('#outcome', 'YES');
    assert.match(await reader.text('.answer .facts'), /at Example Clinic North/);
    await reader.leaves();
  });

  test('a link that names treatment, territory and day', async () => {
    const reader = await scene.reader();
    const query = `treatment=${scene.demo.treatment}&territory=gb-eng&on=${day(3650)}`;
    await reader.opens(`/p/${scene.yes}?${query}`);
    const answer = await reader.answer();
    assert.equal(answer.outcome, 'CANNOT SAY');
    assert.match(answer.because, /A renewal may follow/);
    const other = 'treatment=tattoo&territory=gb-wls';
    await reader.opens(`/p/${scene.yes}?${other}`);
    await reader.sees('.because', 'No regulator has set rules for this treatment here.');
    await reader.leaves();
  });

  test('a number that nobody has, and one that is none', async () => {
    const reader = await scene.reader();
    await reader.opens('/p/0000-4711-30');
    const answer = await reader.answer();
    assert.equal(answer.outcome, 'NO');
    assert.match(answer.sentence, /No practitioner is registered under the number 0000-4711-30/);
    assert.equal(await reader.page.locator('.person, .qr').count(), 0);
    await reader.asks({ person: '0000-4711-31' });
    await reader.sees('#person-fault', 'There is a mistake in this number');
    assert.equal(await reader.focused(), 'person');
    await reader.leaves();
  });

  test('the photograph is the one that was filed, and a paper is fetched', async () => {
    const reader = await scene.reader();
    await reader.opens(`/p/${scene.yes}`);
    const photo = reader.page.locator('.photo img');
    assert.match(await photo.getAttribute('alt'), /Photograph of Zoë Example-Jones, as filed/);
    await reader.page.waitForFunction(() => document.querySelector('.photo img').naturalWidth > 0);
    await reader.page.click('.paper button');
    await reader.sees('.paper', 'It is the very paper that was signed for.');
    await reader.leaves();
  });
});
