// What a patient takes along: the file, the sheet of paper; and the practitioner's badge.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { oneByteChanged } from './lies.js';
import { refused } from './refused.js';
import { Scene } from './scene.js';

async function bytesOf(download) {
  const parts = [];
  for await (const part of await download.createReadStream()) parts.push(part);
  return Buffer.concat(parts);
}

// Drops a file on the page, as from a folder beside the browser.
async function drop({ page }, bytes) {
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'evidence.json', { type: 'application/json' }));
    return transfer;
  }, String(bytes));
  await page.dispatchEvent('body', 'dragover', { dataTransfer: data });
  assert.equal(await page.locator('body.dropping').count(), 1);
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  assert.equal(await page.locator('body.dropping').count(), 0);
}

/** How many pages a PDF has. */
const pagesIn = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;

describe('to keep', () => {
  const scene = Scene.ofSuite();
  async function answered(why, how = {}) {
    const reader = await scene.reader(how);
    await reader.opens(`/p/${scene.numberOf(why)}`);
    await reader.answer();
    return reader;
  }

  test('a saved file is checked with the server off; one byte of it is not let pass', async () => {
    const reader = await answered('everything is in order');
    const { page } = reader;
    const [download] = await Promise.all([
      page.waitForEvent('download'), page.click('text=Save the evidence'),
    ]);
    assert.match(download.suggestedFilename(),
      new RegExp(`^bonafide-${scene.yes}-20[0-9-]{8}\\.json$`));
    const file = await bytesOf(download);
    assert.deepEqual(Object.keys(JSON.parse(file)), ['question', 'evidence']);

    await page.context().setOffline(true);
    await drop(reader, file);
    await reader.sees('.banner', 'This is a saved answer, not a current one');
    assert.match(await reader.text('#outcome'), /^YES.*as of /);
    assert.match(await reader.text('.answer .sentence'), /Zoë Example-Jones/);
    assert.match(await reader.text('.photo'), /could not be loaded, so it is not shown/);

    await drop(reader, oneByteChanged(file, 0.5));
    assert.match(await refused(reader), /does not prove an answer/);
    await drop(reader, 'not evidence at all');
    await refused(reader);

    // Chosen instead of dropped.
    const chooser = page.waitForEvent('filechooser');
    await page.click('text=Choose a file');
    await (await chooser).setFiles({ name: 'a.json', mimeType: 'application/json', buffer: file });
    await reader.sees('.banner', 'This is a saved answer');
    await reader.leaves(/Failed to load resource/);
  });

  test('a saved answer is as old as it is, whatever the clock says', async () => {
    const reader = await answered('suspended');
    const [download] = await Promise.all([
      reader.page.waitForEvent('download'), reader.page.click('text=Save the evidence'),
    ]);
    const file = await bytesOf(download);
    await reader.leaves();
    const later = await scene.reader({ clock: Date.now() + 366 * 86400000 });
    await later.opens();
    await drop(later, file);
    await later.sees('.banner', 'This is a saved answer');
    assert.match(await later.text('#outcome'), /^NO.*as of /);
    await later.leaves();
  });

  for (const [why, outcome] of [
    ['everything is in order', 'YES'], ['suspended', 'NO'],
    ['covered only at one clinic, which the question does not name', 'CANNOT SAY'],
  ]) {
    test(`one sheet of paper with a code: ${outcome}`, async () => {
      const reader = await answered(why, { scheme: 'dark' });
      assert.equal((await reader.answer()).outcome, outcome);
      const { page } = reader;
      await page.waitForFunction(() => document.querySelector('.qr img')?.naturalWidth > 0);
      assert.equal(pagesIn(await page.pdf({ preferCSSPageSize: true, printBackground: true })), 1);
      await page.emulateMedia({ media: 'print' });
      for (const selector of ['.qr img', '.answer', '.person', '.legs', '.keep .link']) {
        assert.ok(await page.locator(selector).first().isVisible(), `${selector} is not printed`);
      }
      for (const selector of ['#ask', '#file-drop', 'footer', '.steps', 'button']) {
        assert.ok(!await page.locator(selector).first().isVisible(), `${selector} is printed`);
      }
      await page.setViewportSize({ width: 703, height: 1030 });
      // The link stands beside its code, not in an empty box below it.
      const [code, link] = await page.evaluate(() => ['.qr', '.keep .link'].map((place) =>
        document.querySelector(place).getBoundingClientRect()));
      assert.ok(link.bottom < code.bottom && link.right <= code.left, 'the link is not beside it');
      // Paper is white, whatever the screen is.
      const ink = await page.evaluate(() => getComputedStyle(document.body).color);
      assert.equal(ink, 'rgb(0, 0, 0)');
      await reader.leaves();
    });
  }

  test('the badge names the practitioner, never the answer; its snippet leads here', async () => {
    const number = scene.suspended;
    const { base } = scene.demo;
    const reader = await answered('suspended');
    const { page } = reader;
    const shown = await page.evaluate(async (path) => {
      const response = await fetch(path);
      const svg = new DOMParser().parseFromString(await response.text(), 'image/svg+xml');
      return [response.headers.get('content-type'), svg.documentElement.textContent];
    }, `/badge/${number}.svg`);
    assert.match(shown[0], /^image\/svg\+xml/);
    assert.match(shown[1], new RegExp(`Łukasz Przykład.*${number}`, 's'));
    assert.doesNotMatch(shown[1], /\b(YES|NO|suspended)\b/i);

    await page.click('summary:has-text("a badge for your own web site")');
    await page.waitForFunction(() =>
      document.querySelector('img[alt="The badge"]')?.naturalWidth > 0);
    const snippet = await page.inputValue('#snippet');
    const linked = await page.evaluate((html) => {
      const { body } = new DOMParser().parseFromString(html, 'text/html');
      const image = body.querySelector('a > img');
      const { src, alt, parentNode: { href } } = image;
      return { count: body.querySelectorAll('*').length, href, src, alt };
    }, snippet);
    assert.deepEqual(linked, {
      count: 2, href: `${base}/?number=${number}`, src: `${base}/badge/${number}.svg`,
      alt: `Łukasz Przykład, ${number}`,
    });
    await page.goto(linked.href);
    assert.equal((await reader.answer()).outcome, 'NO');
    await reader.leaves();
  });
});
