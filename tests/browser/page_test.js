// What the page costs and whom it asks: few bytes, one host, nothing unusual of a browser.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { refused } from './refused.js';
import { Scene } from './scene.js';

const MAX_BYTES = 150000;

describe('the page', () => {
  const scene = Scene.ofSuite();

  test('a first visit takes less than 150 kB, with all that stands beside the answer', async () => {
    const reader = await scene.reader();
    const wire = await reader.page.context().newCDPSession(reader.page);
    await wire.send('Network.enable');
    const seen = { bytes: 0, headerBytes: 0, requests: 0 };
    wire.on('Network.responseReceived', ({ response }) => {
      seen.headerBytes += response.encodedDataLength;
    });
    wire.on('Network.loadingFinished', ({ encodedDataLength }) => {
      seen.bytes += encodedDataLength;
      seen.requests += 1;
    });
    await reader.opens(`/p/${scene.yes}`);
    await reader.sees('#outcome', 'YES');
    await reader.page.waitForSelector('.photo img');
    await reader.page.waitForSelector('.qr img');
    await reader.page.waitForLoadState('networkidle');
    const told = JSON.stringify(seen);
    assert.ok(seen.requests > 60, told);
    assert.ok(seen.bytes < MAX_BYTES, told);
    await reader.leaves();
  });

  test('nothing is kept but the last head; no cookie is set', async () => {
    const reader = await scene.reader();
    await reader.opens(`/p/${scene.yes}`);
    await reader.answer();
    const kept = await reader.page.evaluate(() => [
      Object.keys(localStorage), Object.keys(sessionStorage), document.cookie,
    ]);
    assert.deepEqual(kept, [['bonafide head register.example/demo'], [], '']);
    assert.deepEqual(await reader.page.context().cookies(), []);
    await reader.leaves();
  });

  test('a browser without Ed25519 checks all the same, and is not fooled either', async () => {
    // As WebCrypto was in Chromium before 137.
    const script = () => {
      globalThis.asked = 0;
      const without = (call) => function guarded(...words) {
        if (words.some((word) => (word?.name ?? word) === 'Ed25519')) {
          globalThis.asked += 1;
          return Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'));
        }
        return call.apply(this, words);
      };
      for (const name of ['importKey', 'verify', 'sign', 'generateKey']) {
        SubtleCrypto.prototype[name] = without(SubtleCrypto.prototype[name]);
      }
    };
    scene.server.repent();
    const reader = await scene.deceived({ script });
    await reader.opens(`/p/${scene.yes}`);
    await reader.sees('#outcome', 'YES');
    assert.ok(await reader.page.evaluate(() => globalThis.asked) > 0, 'WebCrypto was never asked');
    scene.server.lie = async (path, honest) => (path.includes('/evidence') ? {
      body: Buffer.from(String((await honest()).body).replace(/(\S)(?=\S{9}\\n")/, (letter) =>
        (letter === 'A' ? 'B' : 'A'))),
    } : undefined);
    await reader.asks({ person: scene.yes });
    assert.match(await refused(reader), /does not prove an answer/);
    await reader.leaves();
  });

  test('a browser that forbids storage still checks', async () => {
    const script = () => Object.defineProperty(globalThis, 'localStorage', {
      get() { throw new DOMException('denied', 'SecurityError'); },
    });
    const reader = await scene.reader({ script });
    await reader.opens(`/p/${scene.yes}`);
    await reader.sees('#outcome', 'YES');
    await reader.leaves();
  });

  test('names and papers cannot become markup', async () => {
    const evil = '<img src=x onerror="globalThis.owned = true"><script>owned = true</script>';
    scene.server.lie = (path) => (path.startsWith('v1/names') ? {
      body: Buffer.from(JSON.stringify({
        matches: [{ registrationNumber: evil, names: [evil, 'W'.repeat(300)], town: evil }, {}],
      })),
    } : undefined);
    const reader = await scene.deceived({ width: 320 });
    await reader.opens();
    await reader.formIsReady();
    await reader.asks({ person: 'somebody' });
    await reader.sees('.match', '<img src=x');
    assert.equal(await reader.page.locator('.search :is(img, script)').count(), 0);
    assert.equal(await reader.page.evaluate(() => globalThis.owned), undefined);
    await reader.fitsItsWidth();
    await reader.leaves();
  });

  test('without JavaScript it says what it needs', async () => {
    const context = await scene.browser.chromium.newContext({
      javaScriptEnabled: false, ignoreHTTPSErrors: true,
    });
    const page = await context.newPage();
    await page.goto(scene.demo.base);
    const said = page.locator('noscript p').first();
    assert.ok(await said.isVisible());
    assert.match(await said.innerText(), /needs JavaScript/);
    await context.close();
  });
});
