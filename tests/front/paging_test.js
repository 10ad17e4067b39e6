// Pages by cursor: following them gives everything once, in order, and no token leads elsewhere.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hex } from '../../web/verify/bytes.js';
import { readFrames } from '../../web/verify/entry.js';
import { Random, SEED } from './random.js';
import { openRegister } from './register.js';
import { ask, jsonOf } from './wire.js';

let register;
let subject; // of many entries
let person;
before(async () => {
  register = await openRegister();
  const { cases } = register.story;
  subject = `/v1/subjects/${cases['the papers were confirmed with their issuers'].number}`;
  person = `/v1/subjects/${cases['everything is in order'].number}`;
});
after(() => register?.stop());

const at = (path, query) => `${path}?${new URLSearchParams(query)}`;

async function get(path, query) {
  const answer = await ask(register, at(path, query));
  assert.equal(answer.status, 200, `${at(path, query)}: ${answer.body}`);
  return jsonOf(answer);
}

/** All pages of so many, the newest head changing under them or not. */
async function pages(path, query, size) {
  const found = [];
  for (let token; ;) {
    const cursor = token && { page_token: token };
    const page = await get(path, { ...query, page_size: size, ...cursor });
    found.push(page);
    token = page.nextPageToken;
    if (!token) return found;
    assert.ok(found.length < 1000, 'no end of pages');
  }
}

const entriesOf = ({ evidence }) =>
  evidence.subjects.flatMap(({ entries = '' }) =>
    readFrames(Buffer.from(entries, 'base64'), 16384).map(hex));

test('the pages of a subject are all of its entries, once, in their order', async () => {
  for (const path of [subject, person, '/v1/subjects/0000-0000-98']) {
    const whole = await get(path, { page_size: 250 });
    const wanted = entriesOf(whole);
    assert.equal(wanted.length, Number(whole.entryCount));
    assert.equal(whole.nextPageToken, undefined);
    assert.ok(wanted.length >= (path === subject ? 5 : 2), `${wanted.length} entries`);
    for (const size of [1, 2, 3, wanted.length - 1, wanted.length, wanted.length + 1]) {
      const all = await pages(path, {}, size);
      assert.equal(all.length, Math.ceil(wanted.length / size), `pages of ${size}`);
      assert.deepEqual(all.flatMap(entriesOf), wanted, `pages of ${size}`);
      let before = 0;
      for (const page of all) {
        assert.equal(Number(page.evidence.subjects[0].knownEntries ?? 0), before);
        before += entriesOf(page).length;
        assert.equal(page.registrationNumber, whole.registrationNumber);
      }
      const disclosures = all.flatMap(({ evidence }) => evidence.subjects[0].disclosures ?? '');
      assert.equal(disclosures.join(''), whole.evidence.subjects[0].disclosures ?? '');
    }
  }
});

test('what is filed while somebody turns pages stands on a later one', async () => {
  const [first] = await pages(person, {}, 1);
  await register.command('sanction', person.slice(person.lastIndexOf('/') + 1), '--kind',
    'suspension', '--from', '2026-01-01', '--text', 'Example.');
  const cursor = { page_size: 1, page_token: first.nextPageToken };
  const rest = [await get(person, cursor)];
  while (rest[rest.length - 1].nextPageToken) {
    cursor.page_token = rest[rest.length - 1].nextPageToken;
    rest.push(await get(person, cursor));
  }
  const whole = await get(person, { page_size: 250 });
  assert.deepEqual([first, ...rest].flatMap(entriesOf), entriesOf(whole));
  assert.equal(whole.entryCount, String(Number(first.entryCount) + 1));
});

test('the pages of a search are all who were found, once, best first', async () => {
  const [first] = await pages('/v1/names', { name: 'example' }, 20);
  assert.ok(first.matches.length >= 2, `${first.matches.length} people`);
  const numbersOf = (all) => all.flatMap(({ matches = [] }) =>
    matches.map(({ registrationNumber }) => registrationNumber));
  const wanted = numbersOf(await pages('/v1/names', { name: 'example' }, 20));
  assert.equal(new Set(wanted).size, wanted.length);
  for (const size of [1, 2, 3, wanted.length]) {
    if (size > 20) continue;
    assert.deepEqual(numbersOf(await pages('/v1/names', { name: 'example' }, size)), wanted);
  }
  assert.deepEqual(await get('/v1/names', { name: 'nobody has such a name' }), {});
});

async function assertRefused(path, query, why) {
  const answer = await ask(register, at(path, query));
  assert.equal(answer.status, 400, `${why}: ${answer.body}`);
  assert.equal(jsonOf(answer).reason, 'page_token', why);
}

test('a token that was changed, or is of another question, leads nowhere', async () => {
  const random = new Random(`${SEED} tokens`);
  for (const [path, query, other] of [
    [subject, {}, [person, {}]],
    [person, {}, [subject, {}]],
    ['/v1/names', { name: 'example' }, ['/v1/names', { name: 'sample' }]],
  ]) {
    const { nextPageToken: token } = await get(path, { ...query, page_size: 1 });
    assert.ok(token, path);
    const twin = await get(path, { ...query, page_size: 1, page_token: token });
    assert.deepEqual(await get(path, { ...query, page_size: 1, page_token: token }), twin);
    for (let i = 0; i < token.length; ++i) {
      const bytes = Buffer.from(token, 'base64url');
      const place = Math.floor((i * bytes.length) / token.length);
      bytes[place] ^= 1 << random.below(8);
      const wrong = bytes.toString('base64url');
      await assertRefused(path, { ...query, page_token: wrong }, `byte ${place}`);
    }
    for (const [why, wrong] of [
      ['cut', token.slice(0, -1)], ['longer', `${token}A`], ['padded', `${token}==`],
      ['twice', token + token], ['of zeros', 'A'.repeat(token.length)], ['a character', 'A'],
      ['no base64url', `${token.slice(0, -1)}*`], ['long', 'A'.repeat(3000)],
      ['a space', `${token} `], ['not ASCII', `${token}é`], ['bytes', '\u{10ffff}'],
    ]) {
      await assertRefused(path, { ...query, page_token: wrong }, why);
    }
    await assertRefused(other[0], { ...other[1], page_token: token }, 'of another question');
  }
});

test('sizes of pages have bounds', async () => {
  for (const [path, query, most] of [[subject, {}, 250], ['/v1/names', { name: 'example' }, 20]]) {
    await get(path, { ...query, page_size: most });
    await get(path, { ...query, page_size: 0 });
    for (const [size, reason] of [
      [most + 1, 'page_size'], [1000000000, 'page_size'], [4294967295, 'page_size'],
      [4294967296, 'query_value'], [-1, 'query_value'], ['', 'query_value'],
    ]) {
      const answer = await ask(register, at(path, { ...query, page_size: size }));
      assert.equal(answer.status, 400, `${path}, ${size}`);
      assert.equal(jsonOf(answer).reason, reason, `${path}, ${size}`);
    }
  }
});
