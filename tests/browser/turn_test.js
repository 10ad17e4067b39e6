// One question after another: no answer stands, or comes late, under a question that is not its.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Scene } from './scene.js';

const day = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);

describe('one question after another', () => {
  const scene = Scene.ofSuite();
  const back = async ({ page }) => {
    await page.evaluate(() => history.back());
  };

  // A reader on the blank page whose next answer waits until `release` is called.
  async function waiting() {
    const reader = await scene.reader();
    await reader.opens();
    await reader.formIsReady();
    let release;
    const gate = new Promise((resolve) => { release = resolve; });
    await reader.page.route('**/evidence?**', async (route) => {
      await gate;
      await route.continue();
    });
    await reader.asks({ person: scene.yes });
    await reader.sees('.working', 'checking');
    return { reader, release };
  }

  // The head is remembered at the end of a check, just before its answer would be shown.
  async function checked({ page }) {
    await page.waitForFunction(() => localStorage.length > 0);
    await page.evaluate(() => new Promise((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve));
    }));
  }

  test('a late answer does not come to the blank page that was gone back to', async () => {
    const { reader, release } = await waiting();
    await back(reader);
    await reader.sees('.intro h2', 'What you will see');
    assert.equal(await reader.page.inputValue('#person'), '');
    release();
    await checked(reader);
    assert.equal(await reader.page.locator('.answer').count(), 0);
    await reader.leaves();
  });

  test('a late answer does not come beside a number with a mistake', async () => {
    const { reader, release } = await waiting();
    await reader.asks({ person: '0000-4711-31' });
    await reader.sees('#person-fault', 'There is a mistake');
    assert.equal(await reader.page.locator('.working').count(), 0);
    release();
    await checked(reader);
    assert.equal(await reader.page.locator('.answer').count(), 0);
    await reader.leaves();
  });

  test('a number with a mistake takes the earlier answer away', async () => {
    const reader = await scene.reader({ width: 390 });
    await reader.opens(`/p/${scene.yes}`);
    await reader.sees('#outcome', 'YES');
    await reader.asks({ person: '0000-4711-31' });
    await reader.sees('#person-fault', 'There is a mistake');
    assert.equal(await reader.page.locator('.answer').count(), 0);
    assert.equal(await reader.focused(), 'person');
    await reader.leaves();
  });

  test('back to a link with a mistake there is no earlier answer', async () => {
    const reader = await scene.reader({ width: 390 });
    await reader.opens('/?number=0000-4711-31');
    await reader.sees('#person-fault', 'There is a mistake');
    await reader.formIsReady();
    await reader.asks({ person: scene.yes });
    await reader.sees('#outcome', 'YES');
    await back(reader);
    await reader.sees('#person-fault', 'There is a mistake');
    assert.equal(await reader.page.locator('.answer').count(), 0);
    assert.equal(await reader.page.inputValue('#person'), '0000-4711-31');
    await reader.leaves();
  });

  test('back to a short link asks what it asked before, and what a reload asks', async () => {
    const reader = await scene.reader();
    const { page } = reader;
    await reader.opens(`/p/${scene.suspended}`);
    await reader.sees('#outcome', 'NO');
    assert.match(page.url(), new RegExp(`treatment=${scene.demo.treatment}.*on=${day(0)}`));
    await reader.asks({ person: scene.suspended, on: day(-1) });
    await reader.sees('#outcome', 'YES');
    await back(reader);
    await reader.sees('#outcome', 'NO');
    assert.equal(await page.inputValue('#on'), day(0));
    await page.reload();
    await reader.sees('#outcome', 'NO');
    await reader.leaves();
  });

  test('back to the blank page nothing is left in the form', async () => {
    const reader = await scene.reader();
    const { page } = reader;
    await reader.opens();
    await reader.formIsReady();
    const values = () => page.evaluate(() =>
      [...document.querySelectorAll('#question :is(input, select)')].map((field) =>
        (field.type === 'checkbox' ? field.checked : field.value)));
    const blank = await values();
    await reader.opens(`/p/${scene.yes}?treatment=tattoo&territory=gb-wls&under_18=true`
      + `&on=${day(7)}&claim_on=${day(9)}`);
    await reader.answer();
    await page.evaluate(() => {
      history.replaceState(null, '', '/');
      dispatchEvent(new PopStateEvent('popstate'));
    });
    await reader.sees('.intro h2', 'What you will see');
    assert.deepEqual(await values(), blank);
    await reader.leaves();
  });

  test('a file of another person leaves nothing of the first', async () => {
    const reader = await scene.reader();
    const { page } = reader;
    await reader.opens(`/p/${scene.yes}`);
    await reader.sees('#outcome', 'YES');
    const [download] = await Promise.all([
      page.waitForEvent('download'), page.click('text=Save the evidence'),
    ]);
    const file = await download.path();
    await reader.opens(`/p/${scene.suspended}?lang=en`);
    await reader.sees('#outcome', 'NO');
    await page.setInputFiles('#file-drop input', file);
    await reader.sees('.banner', 'This is a saved answer');
    assert.equal(await page.inputValue('#person'), scene.yes);
    assert.equal(new URL(page.url()).search, '?lang=en');
    await page.setInputFiles('#file-drop input', {
      name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('not evidence at all'),
    });
    await reader.sees('#outcome', 'COULD NOT CHECK');
    assert.equal(await page.inputValue('#person'), '');
    await back(reader);
    await reader.sees('#outcome', 'NO');
    assert.equal(await page.inputValue('#person'), scene.suspended);
    await reader.leaves();
  });

  test('the way to the answer by keyboard asks nothing again', async () => {
    const reader = await scene.reader();
    await reader.opens(`/p/${scene.yes}`);
    await reader.sees('#outcome', 'YES');
    const { page } = reader;
    let asked = 0;
    await page.route('**/evidence?**', (route) => {
      asked += 1;
      return route.continue();
    });
    await page.locator('.skip').press('Enter');
    await page.waitForFunction(() => location.hash === '#result');
    await page.evaluate(() => new Promise((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve));
    }));
    await reader.sees('#outcome', 'YES');
    assert.equal(asked, 0);
    await reader.leaves();
  });
});
