// A register that is busy, silent, slow or gone: the page says which, and trying again works.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { refused } from './refused.js';
import { Scene } from './scene.js';

const isEvidence = (path) => path.includes('/evidence');

describe('a register that does not answer', () => {
  const scene = Scene.ofSuite();
  const answers = (status, body) => (path) =>
    (isEvidence(path) ? { status, body: Buffer.from(body) } : undefined);

  test('busy, out of order, or another server: each says why, and trying again works', async () => {
    const problem = JSON.stringify({ detail: 'the store is damaged', reason: 'data_loss' });
    scene.server.repent();
    const reader = await scene.deceived();
    await reader.opens();
    await reader.formIsReady();
    for (const [lie, words] of [
      [answers(503, '{}'), /too much to do/],
      [answers(429, '{}'), /too much to do/],
      [answers(500, problem), /did not answer the question: the store is damaged/],
      [answers(500, '{}'), /did not answer the question: HTTP 500/],
      [answers(502, '<h1>Bad Gateway</h1>'), /did not answer the question: HTTP 502/],
      [(path) => (isEvidence(path) ? 'cut' : undefined), /cannot be reached/],
    ]) {
      scene.server.lie = lie;
      await reader.asks({ person: scene.yes });
      assert.match(await refused(reader), words);
      scene.server.repent();
      await reader.page.click('button:has-text("Try again")');
      await reader.sees('#outcome', 'YES');
    }
    await reader.leaves(/Failed to load resource/);
  });

  test('offline, with an answer on the screen', async () => {
    scene.server.repent();
    const reader = await scene.deceived();
    await reader.opens(`/p/${scene.yes}`);
    await reader.sees('#outcome', 'YES');
    await reader.page.context().setOffline(true);
    await reader.asks({ person: scene.suspended });
    assert.match(await refused(reader), /cannot be reached. Are you online/);
    await reader.page.context().setOffline(false);
    await reader.page.click('button:has-text("Try again")');
    await reader.sees('#outcome', 'NO');
    await reader.leaves(/Failed to load resource/);
  });

  test('while an answer is awaited nothing else is shown, and a late one is not', async () => {
    scene.server.repent();
    const reader = await scene.deceived();
    await reader.opens(`/p/${scene.yes}`);
    await reader.sees('#outcome', 'YES');
    let release;
    const released = new Promise((resolve) => { release = resolve; });
    scene.server.lie = async (path, honest) => {
      if (isEvidence(path) && path.includes(scene.yes)) {
        const answer = await honest();
        await released;
        return { body: answer.body };
      }
      return undefined;
    };
    const late = reader.page.waitForResponse((response) =>
      isEvidence(response.url()) && response.url().includes(scene.yes));
    const tomorrow = new Date(Date.now() + 86400000).toISOString().slice(0, 10);
    await reader.asks({ person: scene.yes, on: tomorrow });
    await reader.sees('.working', 'Fetching the papers and checking them');
    assert.equal(await reader.page.locator('.answer, .person, .keep').count(), 0);
    await reader.asks({ person: scene.suspended });
    await reader.sees('#outcome', 'NO');
    // Nothing of it may be seen, however briefly.
    await reader.page.evaluate(() => {
      globalThis.shown = new Set();
      new MutationObserver(() => {
        const outcome = document.querySelector('#outcome')?.textContent;
        if (outcome) globalThis.shown.add(outcome);
      }).observe(document.querySelector('#result'), { childList: true });
    });
    release();
    await late;
    // What the page makes of it comes before what it makes of a further question.
    await reader.asks({ person: scene.suspended, on: '2026-02-02' });
    await reader.sees('.sentence', '2 February 2026');
    assert.deepEqual(await reader.page.evaluate(() => [...globalThis.shown]), ['NO']);
    await reader.leaves();
  });

  test('a register that never answers is given up', async () => {
    scene.server.repent();
    // The page waits for 20 s; here a second passes as fast as 20 ms.
    const script = () => {
      const timeout = AbortSignal.timeout.bind(AbortSignal);
      AbortSignal.timeout = (ms) => timeout(ms / 50);
    };
    const reader = await scene.deceived({ script });
    await reader.opens();
    await reader.formIsReady();
    scene.server.lie = (path) => (isEvidence(path) ? new Promise(() => {}) : undefined);
    await reader.asks({ person: scene.yes });
    assert.match(await refused(reader), /cannot be reached/);
    await reader.leaves(/Failed to load resource/);
  });

  test('without the list of treatments, and without anchors', async () => {
    const reader = await scene.deceived();
    scene.server.lie = (path) => (path.startsWith('v1/subjects/') ? 'cut' : undefined);
    await reader.opens();
    await reader.sees('#question .fault', 'The list of treatments could not be loaded');
    scene.server.lie = (path) =>
      (path === 'trust.json' ? { status: 404, body: Buffer.from('{}') } : undefined);
    await reader.opens(`/p/${scene.yes}`);
    assert.match(await refused(reader), /without its trust anchors/);
    await reader.leaves(/Failed to load resource/);
  });
});
