// Heads that are too old, and histories that do not go on as the browser remembers them
// (docs/protocol.md, sections 4 and 6).

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ed25519 } from '../web/issuer.js';
import { INSURANCE, makeWorld } from '../web/world.js';
import { grow } from './demo.js';
import { flipped } from './lies.js';
import { refused } from './refused.js';
import { Scene } from './scene.js';

const HOUR_MS = 3600000;
const isEvidence = (path) => path.includes('/evidence');
const isHistory = (path) => path.startsWith('v1/log/consistency-proof');

describe('a remembered history', () => {
  const scene = Scene.ofSuite();

  // A reader who has seen YES, and with it a head.
  async function returning(how = {}) {
    scene.server.repent();
    const reader = await scene.deceived(how);
    await reader.opens(`/p/${scene.yes}`);
    await reader.sees('#outcome', 'YES');
    return reader;
  }

  test('a head from an hour ago is out of date, one from in an hour cannot be', async () => {
    for (const [clock, words] of [[HOUR_MS, /out of date/], [-HOUR_MS, /dated in the future/]]) {
      scene.server.repent();
      const reader = await scene.deceived({ clock: Date.now() + clock });
      await reader.opens(`/p/${scene.yes}`);
      assert.match(await refused(reader), words);
      assert.equal(await reader.page.evaluate(() => localStorage.length), 0);
      await reader.leaves();
    }
  });

  test('history that only grew is proven; an earlier state of it is refused', async () => {
    const { body: old } = await scene.server.honest(`/v1/practitioners/${scene.yes}/evidence`
      + `?treatment=${scene.demo.treatment}&territory=gb-eng&on=2026-01-01`);
    const { question: { on } } = JSON.parse(old);
    assert.equal(on, '2026-01-01');
    const reader = await returning();
    await grow(scene.demo);
    await reader.asks({ person: scene.yes, on });
    await reader.sees('.steps', 'History only grew');
    let asked = 0;
    scene.server.lie = (path) => {
      if (!isEvidence(path)) return undefined;
      asked += 1;
      return { body: old };
    };
    await reader.asks({ person: scene.yes, on });
    assert.match(await refused(reader), /older state than this browser has seen before/);
    assert.equal(asked, 2, 'past a cache it is asked for once more');
    await reader.leaves();
  });

  test('without a proof, or with a forged one, that it grew', async () => {
    for (const [change, words] of [
      [({ proof }) => ({ proof: flipped(proof) }), /shows two histories/],
      [() => ({ proof: '' }), /shows two histories/],
      [() => ({ proof: '*' }), /could not prove that its history only grew/],
      [undefined, /could not prove that its history only grew/],
    ]) {
      const reader = await returning();
      await grow(scene.demo);
      scene.server.lie = async (path, honest) => {
        if (!isHistory(path)) return undefined;
        if (!change) return { status: 404, body: Buffer.from('{}') };
        const proof = change(JSON.parse((await honest()).body));
        return { body: Buffer.from(JSON.stringify(proof)) };
      };
      await reader.page.click('#question button[type=submit]');
      assert.match(await refused(reader), words);
      await reader.leaves(/Failed to load resource/);
    }
  });

  // What an operator answers who signs whatever they like with the register's own keys.
  const QUESTION = {
    practitioner: 6, treatment: 'scalp_pigmentation', territory: 'exampleland', on: '2025-06-15',
  };
  const PATH = '/?number=0000-0006-80&treatment=scalp_pigmentation&territory=exampleland'
    + '&on=2025-06-15';
  const operator = ({ register }) => {
    const file = register.file(QUESTION, register.head({ timeMs: Date.now() }));
    const bodies = {
      'trust.json': JSON.stringify(register.trust()),
      'v1/log/consistency-proof': '{"proof": ""}',
      'v1/practitioners/0000-0006-80/evidence': file,
    };
    return (path) => {
      const body = bodies[path.split('?')[0]];
      return body && { body: Buffer.from(body) };
    };
  };
  const suspend = (world, number) => {
    world.register.log('sanction', {
      sub: number, claims: { kind: 'suspension', from: '2025-06-01' },
    });
    return world;
  };

  // Only whoever remembers can tell: the keys are the same.
  for (const [name, other] of [
    ['as long', () => suspend(makeWorld(), 7)], ['shorter', () => makeWorld()],
  ]) {
    test(`two histories under the same keys, the second ${name}`, async () => {
      const reader = await scene.deceived();
      scene.server.lie = operator(suspend(makeWorld(), 6));
      await reader.opens(PATH);
      assert.equal((await reader.answer()).outcome, 'NO');
      scene.server.lie = operator(other());
      await reader.page.click('#question button[type=submit]');
      assert.match(await refused(reader), /shows two histories/);
      const [download] = await Promise.all([
        reader.page.waitForEvent('download'), reader.page.click('text=Save both signed heads'),
      ]);
      const notes = [];
      for await (const part of await download.createReadStream()) notes.push(part);
      assert.equal(Buffer.concat(notes).toString().match(/^register\.example\/demo$/gm).length, 2);
      await reader.page.click('text=Forget what was seen before');
      await reader.sees('#outcome', 'YES');
      await reader.leaves(/Failed to load resource/);
    });
  }

  test('an entry that its signer did not sign, with every proof right', async () => {
    const { register, insurer } = makeWorld({ papers: false });
    register.log('insurance', {
      by: insurer, sub: 6, claims: INSURANCE, slots: { policy_number: 'EX-2' },
      key: { ...insurer.key, sign: (message) => ed25519('a stranger').sign(message) },
    });
    const reader = await scene.deceived();
    scene.server.lie = operator({ register });
    await reader.opens(PATH);
    assert.match(await refused(reader), /does not prove an answer/);
    // What was refused is not remembered.
    scene.server.lie = operator(makeWorld());
    await reader.page.click('button:has-text("Try again")');
    await reader.sees('#outcome', 'YES');
    await reader.leaves(/Failed to load resource/);
  });
});
