// Welsh and English: by the browser's wish, by the address, and by the button.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import cy from '../../web/texts/cy.js';
import en from '../../web/texts/en.js';
import { Scene } from './scene.js';

describe('language', () => {
  const scene = Scene.ofSuite();
  const path = () => `/p/${scene.numberOf('the cover has lapsed')}`;

  const speaks = async (reader, texts, code) => {
    await reader.sees('#outcome', texts['outcome.NO']);
    assert.equal(await reader.page.evaluate(() => document.documentElement.lang), code);
    assert.equal(await reader.page.title(), texts['page.title']);
    assert.equal(await reader.text('#unreviewed'), texts['language.unreviewed']);
    assert.equal(await reader.text('.help h3'), texts['help.heading']);
    assert.equal(await reader.text('footer h2'), texts['trust.limits']);
  };

  test('the button changes all of the page, the answer and what was typed included', async () => {
    const reader = await scene.reader();
    await reader.opens(path());
    await speaks(reader, en, 'en');
    // No empty notice pushes the button from the edge.
    const [button, main] = await reader.page.evaluate(() =>
      ['#languages', '.columns'].map((place) =>
        document.querySelector(place).getBoundingClientRect().right));
    assert.equal(button, main);
    await reader.page.fill('#person', 'Ada Example');
    await reader.page.click('#languages button[lang=cy]');
    await speaks(reader, cy, 'cy');
    assert.equal(await reader.focused(), 'English');
    assert.equal(await reader.page.inputValue('#person'), 'Ada Example');
    await reader.page.keyboard.press('Enter');
    await speaks(reader, en, 'en');
    await reader.leaves();
  });

  test('by the browser’s wish and by a link; Welsh says that it is unreviewed', async () => {
    const wishes = await scene.reader({ locale: 'cy-GB' });
    await wishes.opens(path());
    await speaks(wishes, cy, 'cy');
    assert.ok(await wishes.page.locator('#unreviewed').isVisible());
    await wishes.leaves();
    const linked = await scene.reader();
    await linked.opens(`${path()}?lang=cy`);
    await speaks(linked, cy, 'cy');
    await linked.leaves();
  });

  test('without the network the page goes on in the language it speaks', async () => {
    const reader = await scene.reader();
    await reader.opens(path());
    await speaks(reader, en, 'en');
    await reader.page.context().setOffline(true);
    await reader.page.click('#languages button[lang=cy]');
    await reader.page.waitForFunction(() => document.activeElement.lang === 'cy');
    await speaks(reader, en, 'en');
    await reader.leaves(/Failed to load resource/);
  });
});
