// The day of a question: one that has passed, one that nobody chose, one that is none.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import cy from '../../web/texts/cy.js';
import { Scene } from './scene.js';

const DAY_MS = 86400000;
const day = (days) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

describe('the day', () => {
  const scene = Scene.ofSuite();
  const link = (number, rest) =>
    `/p/${number}?treatment=${scene.demo.treatment}&territory=gb-eng&${rest}`;
  const onDay = (number, days) => link(number, `on=${day(days)}`);
  const tone = ({ page }) => page.evaluate(() =>
    getComputedStyle(document.querySelector('.answer')).borderColor);

  for (const scheme of ['light', 'dark']) {
    test(`a day that has passed is no plain YES, on a telephone, ${scheme}`, async () => {
      const reader = await scene.reader({ width: 390, height: 844, scheme });
      await reader.opens(`/p/${scene.yes}`);
      await reader.sees('#outcome', 'YES');
      const plain = await tone(reader);
      assert.equal(await reader.page.locator('.past').count(), 0);
      await reader.opens(onDay(scene.suspended, -1));
      await reader.sees('#outcome', 'YES');
      const said = await reader.page.locator('.past').innerText();
      assert.match(said, /^You asked about .*, which has passed\./);
      assert.match(said, /Asked for today, the answer is NO\. .* is suspended/);
      assert.notEqual(await tone(reader), plain);
      // Directly below the word, and all of it on the first screen.
      const { word, past } = await reader.page.evaluate(() => ({
        word: document.querySelector('#outcome').getBoundingClientRect(),
        past: document.querySelector('#outcome + .past').getBoundingClientRect(),
      }));
      assert.ok(past.top >= word.bottom && past.bottom <= 844, `${word.bottom} ${past.bottom}`);
      assert.match(await reader.text('#status'), /which has passed/);
      await reader.page.click('.past button');
      await reader.sees('#outcome', 'NO');
      assert.equal(await reader.page.locator('.past').count(), 0);
      assert.match(reader.page.url(), new RegExp(`on=${day(0)}`));
      assert.equal(await reader.page.inputValue('#on'), day(0));
      await reader.leaves();
    });
  }

  test('who is in order today as well is said to be', async () => {
    const reader = await scene.reader();
    await reader.opens(onDay(scene.yes, -1));
    await reader.sees('.past', 'Asked for today, the answer is YES.');
    await reader.leaves();
  });

  test('a saved answer for a day that has passed says nothing of today', async () => {
    const reader = await scene.reader();
    await reader.opens(onDay(scene.suspended, -1));
    await reader.sees('#outcome', 'YES');
    const [download] = await Promise.all([
      reader.page.waitForEvent('download'), reader.page.click('text=Save the evidence'),
    ]);
    await reader.page.setInputFiles('#file-drop input', await download.path());
    await reader.sees('.banner', 'This is a saved answer');
    assert.match(await reader.text('.past'), /which has passed/);
    assert.doesNotMatch(await reader.text('.past'), /the answer is/);
    await reader.leaves();
  });

  test('a page that was left open over night asks for the new day', async () => {
    const reader = await scene.reader({ clock: Date.now() - DAY_MS });
    await reader.opens();
    await reader.formIsReady();
    assert.equal(await reader.page.inputValue('#on'), day(-1));
    await reader.page.clock.setFixedTime(Date.now());
    // A change of language is none of the day.
    await reader.page.click('#languages button[lang=cy]');
    await reader.asks({ person: scene.suspended });
    assert.equal((await reader.answer()).outcome, cy['outcome.NO']);
    assert.match(reader.page.url(), new RegExp(`on=${day(0)}`));
    assert.equal(await reader.page.inputValue('#on'), day(0));
    await reader.leaves();
  });

  test('a day that somebody chose stays, however long the page was open', async () => {
    const reader = await scene.reader({ clock: Date.now() - DAY_MS });
    await reader.opens();
    await reader.formIsReady();
    await reader.page.fill('#on', day(0));
    await reader.page.clock.setFixedTime(Date.now());
    await reader.asks({ person: scene.suspended, on: day(-1) });
    assert.equal((await reader.answer()).outcome, 'YES');
    assert.match(reader.page.url(), new RegExp(`on=${day(-1)}`));
    await reader.leaves();
  });

  for (const on of ['2026-02-30', 'tomorrow', '1800-01-01']) {
    test(`no answer to a link with a day that is none: ${on}`, async () => {
      const reader = await scene.reader();
      await reader.opens(link(scene.yes, `on=${on}`));
      await reader.sees('#on-fault', 'Choose the day of the appointment.');
      assert.equal(await reader.page.locator('.answer, .working').count(), 0);
      await reader.leaves();
    });
  }

  test('no answer to a link with a day of a claim that is none', async () => {
    const reader = await scene.reader();
    await reader.opens(link(scene.yes, 'claim_on=2026-02-30'));
    await reader.sees('#claim_on-fault', 'cannot be read');
    assert.ok(await reader.page.locator('#claim_on').isVisible());
    assert.equal(await reader.page.locator('.answer, .working').count(), 0);
    // Without one, now that it was said.
    await reader.page.click('#question button[type=submit]');
    await reader.sees('#outcome', 'YES');
    assert.ok(!await reader.page.locator('#claim_on-fault').isVisible());
    await reader.leaves();
  });

  test('a link that names half of a treatment does not get another', async () => {
    const reader = await scene.reader();
    await reader.opens(`/p/${scene.yes}?treatment=tattoo`);
    await reader.sees('#treatment-fault', 'Choose the treatment.');
    assert.equal(await reader.page.locator('.answer, .working').count(), 0);
    await reader.leaves();
  });
});
