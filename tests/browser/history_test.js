// Heads that are too old, and histories that do not go on as the browser remembers them
// (docs/protocol.md, sections 4 and 6).

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ed25519 } from '../web/issuer.js';
import { INSURANCE, makeWorld } from '../web/world.js';
import { Browser } from './browser.js';
import { grow, openDemo } from './demo.js';
import { HostileServer } from './hostile_server.js';
import { flipped } from './lies.js';
import { refused } from './refused.js';

const HOUR_MS = 3600000;
const isEvidence = (path) => path.includes('/evidence');
const isHistory = (path) => path.startsWith('v1/log/consistency-proof');

describe('a remembered history', () => {
  let demo;
  let browser;
  let server;
  let yes;
  before(async () => {
    demo = await openDemo();
    browser = await Browser.open();
    server = await HostileServer.open(demo);
    yes = demo.cases['everything is in order'].number;
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    await demo?.stop();
  });

  // A reader who has seen YES, and with it a head.
  async function returning(how = {}) {
    server.repent();
    const reader = await browser.reader({ base: server.base, ...how });
    await reader.opens(`/p/${yes}`);
    await reader.sees('#outcome', 'YES');
    return reader;
  }

  test('a head from an hour ago is out of date, one from in an hour cannot be', async () => {
    for (const [clock, words] of [[HOUR_MS, /out of date/], [-HOUR_MS, /dated in the future/]]) {
      server.repent();
      const reader = await browser.reader({ base: server.base, clock: Date.now() + clock });
      await reader.opens(`/p/${yes}`);
      assert.match(await refused(reader), words);
      assert.equal(await reader.page.evaluate(() => localStorage.length), 0);
      await reader.leaves();
    }
  });

  test('history that only grew is proven; an earlier state of it is refused', async () => {
    const { body: old } = await server.honest(`/v1/practitioners/${yes}/evidence`
      + `?treatment=${demo.treatment}&territory=gb-eng&on=2026-01-01`);
    const { question: { on } } = JSON.parse(old);
    assert.equal(on, '2026-01-01');
    const reader = await returning();
    await grow(demo);
    const wanted = Promise.all([
      reader.page.waitForResponse((response) => isHistory(response.url().slice(server.base.length + 1))),
      reader.asks({ person: yes, on }),
    ]);
    await wanted;
    await reader.sees('.steps', 'History only grew');
    let asked = 0;
    server.lie = (path) => {
      if (!isEvidence(path)) return undefined;
      asked += 1;
      return { body: old };
    };
    await reader.asks({ person: yes, on });
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
      await grow(demo);
      server.lie = async (path, honest) => {
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

  // The same keys sign two histories: only who remembers can tell.
  function operator() {
    const world = makeWorld();
    const history = { head: world.register.head({ timeMs: Date.now() }) };
    const query = 'treatment=scalp_pigmentation&territory=exampleland&on=2025-06-15';
    const answer = ({ register, head }) => (path) => {
      const trust = Buffer.from(JSON.stringify(register.trust()));
      if (path === 'trust.json') return { body: trust };
      if (isHistory(path)) return { body: Buffer.from(JSON.stringify({ proof: '' })) };
      if (!isEvidence(path)) return undefined;
      const question = {
        practitioner: 6, treatment: 'scalp_pigmentation', territory: 'exampleland', on: '2025-06-15',
      };
      return { body: Buffer.from(register.file(question, head)) };
    };
    return { world, history, query, answer };
  }
  const NUMBER = '0000-0006-80';

  test('two histories under the same keys', async () => {
    const { world, query, answer } = operator();
    const headOf = ({ register }) => ({ register, head: register.head({ timeMs: Date.now() }) });
    const other = makeWorld();
    for (const { register } of [world, other]) register.at(Date.UTC(2025, 0, 1));
    world.register.log('sanction', { sub: 6, claims: { kind: 'suspension', from: '2025-06-01' } });
    other.register.log('sanction', { sub: 7, claims: { kind: 'suspension', from: '2025-06-01' } });

    const reader = await browser.reader({ base: server.base });
    server.lie = answer(headOf(world));
    await reader.opens(`/?number=${NUMBER}&${query}`);
    assert.equal((await reader.answer()).outcome, 'NO');
    server.lie = answer(headOf(other));
    await reader.page.click('#question button[type=submit]');
    assert.match(await refused(reader), /shows two histories/);
    const [download] = await Promise.all([
      reader.page.waitForEvent('download'), reader.page.click('text=Save both signed heads'),
    ]);
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    assert.equal(Buffer.concat(chunks).toString().match(/^register\.example\/demo$/gm).length, 2);
    // Whoever has no memory cannot know.
    await reader.page.click('text=Forget what was seen before');
    await reader.sees('#outcome', 'YES');
    await reader.leaves(/Failed to load resource/);
  });

  test('a head with fewer entries, of another history', async () => {
    const { world, query, answer } = operator();
    const short = { register: world.register, head: world.register.head({ timeMs: Date.now() }) };
    const longer = makeWorld();
    longer.register.log('sanction', { sub: 6, claims: { kind: 'suspension', from: '2025-06-01' } });
    const reader = await browser.reader({ base: server.base });
    const head = longer.register.head({ timeMs: Date.now() });
    server.lie = answer({ register: longer.register, head });
    await reader.opens(`/?number=${NUMBER}&${query}`);
    assert.equal((await reader.answer()).outcome, 'NO');
    server.lie = answer(short);
    await reader.page.click('#question button[type=submit]');
    assert.match(await refused(reader), /shows two histories/);
    await reader.leaves(/Failed to load resource/);
  });

  test('an entry that its signer did not sign, with every proof right', async () => {
    const { world, query, answer } = operator();
    const { register, insurer } = makeWorld({ papers: false });
    register.log('insurance', {
      by: insurer, sub: 6, claims: INSURANCE, slots: { policy_number: 'EX-2' },
      key: { ...insurer.key, sign: (message) => ed25519('a stranger').sign(message) },
    });
    const reader = await browser.reader({ base: server.base });
    server.lie = answer({ register, head: register.head({ timeMs: Date.now() }) });
    await reader.opens(`/?number=${NUMBER}&${query}`);
    assert.match(await refused(reader), /does not prove an answer/);
    server.lie = answer({ register: world.register, head: world.register.head({ timeMs: Date.now() }) });
    await reader.page.click('button:has-text("Try again")');
    await refused(reader);
    await reader.leaves(/Failed to load resource/);
  });
});
