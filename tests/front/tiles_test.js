// The log as C2SP tlog-tiles over the wire: what a client of tiles relies on. Paths, partial and
// full tiles and bundles, how long caches may keep them, and that they lead to the signed root.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { concat, hex } from '../../web/verify/bytes.js';
import { openCheckpoint } from '../../web/verify/checkpoint.js';
import { leafHash, treeRoot } from '../../web/verify/tree.js';
import { readTrust } from '../../web/verify/trust.js';
import { openRegister } from './register.js';
import { ask } from './wire.js';

const WIDTH = 256;
const HASH_BYTES = 32;

let register;
before(async () => {
  register = await openRegister();
});
after(() => register?.stop());

/** "x001/067" for 1067, with ".p/<width>" where it is partial. */
function indexPath(index, width = WIDTH) {
  const groups = [];
  for (let rest = index; ; rest = Math.floor(rest / 1000)) {
    groups.unshift(String(rest % 1000).padStart(3, '0'));
    if (rest < 1000) break;
  }
  const last = groups.pop();
  const path = [...groups.map((group) => `x${group}`), last].join('/');
  return width === WIDTH ? path : `${path}.p/${width}`;
}

async function get(path, headers) {
  return ask(register, path, { headers });
}

async function fetchBytes(path) {
  const answer = await get(path);
  assert.equal(answer.status, 200, `${path}: ${answer.body}`);
  assert.equal(answer.headers['content-type'], 'application/octet-stream', path);
  assert.match(answer.headers['cache-control'], /public.*max-age=31536000.*immutable/, path);
  return answer.body;
}

async function head() {
  const answer = await get('/checkpoint');
  assert.equal(answer.status, 200);
  assert.match(answer.headers['content-type'], /^text\/plain\b/);
  assert.doesNotMatch(answer.headers['cache-control'], /immutable/);
  const trust = readTrust(register.trust);
  const checkpoint = await openCheckpoint(trust, answer.body.toString('utf8'));
  return { size: Number(checkpoint.size), root: checkpoint.root };
}

/** Entries of a bundle: u16 length, big-endian, then so many bytes, and nothing else. */
function entriesOf(bundle) {
  const entries = [];
  for (let at = 0; at < bundle.length;) {
    const length = bundle.readUInt16BE(at);
    assert.ok(length > 0 && at + 2 + length <= bundle.length, 'a frame beyond its bundle');
    entries.push(bundle.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return entries;
}

function hashesOf(tile) {
  assert.equal(tile.length % HASH_BYTES, 0);
  const hashes = [];
  for (let at = 0; at < tile.length; at += HASH_BYTES) {
    hashes.push(tile.subarray(at, at + HASH_BYTES));
  }
  return hashes;
}

// What there is of `count` nodes, tile by tile.
function tilesOf(count) {
  const tiles = [];
  for (let first = 0; first < count; first += WIDTH) {
    tiles.push({ index: first / WIDTH, width: Math.min(WIDTH, count - first) });
  }
  return tiles;
}

/** Recomputes the root of a head from all its bundles, and each level of tiles from that below. */
async function follow({ size, root }) {
  let below = [];
  for (const { index, width } of tilesOf(size)) {
    const entries = entriesOf(await fetchBytes(`/tile/entries/${indexPath(index, width)}`));
    assert.equal(entries.length, width);
    below.push(...entries.map(leafHash));
  }
  assert.equal(hex(treeRoot(below)), hex(root), 'the root of the entries');
  for (let level = 0; below.length > 0; ++level) {
    const roots = [];
    for (const { index, width } of tilesOf(below.length)) {
      const hashes = hashesOf(await fetchBytes(`/tile/${level}/${indexPath(index, width)}`));
      const wanted = below.slice(index * WIDTH, index * WIDTH + width);
      assert.equal(hex(concat(...hashes)), hex(concat(...wanted)), `level ${level}, tile ${index}`);
      if (width === WIDTH) roots.push(treeRoot(hashes));
    }
    below = roots;
  }
}

/** Files people until the log has more than `entries`. Each takes two: the state changes too. */
async function growBeyond(entries) {
  const { size } = await head();
  const rows = ['name'];
  for (let i = size; i <= entries + 5; i += 2) {
    const word = [...String(i)].map((digit) => 'abcdefghij'[digit]).join('');
    rows.push(`Example ${word[0].toUpperCase()}${word.slice(1)}`);
  }
  const file = join(register.directory, `people-${size}.csv`);
  await writeFile(file, `${rows.join('\n')}\n`);
  await register.command('import', '-q', file);
  const grown = await head();
  assert.ok(grown.size > entries, `${grown.size} entries`);
  return grown;
}

async function assertProblem(path, status, reason) {
  const answer = await get(path);
  assert.equal(answer.status, status, path);
  assert.equal(answer.headers['content-type'], 'application/problem+json', path);
  assert.doesNotMatch(answer.headers['cache-control'], /public|immutable/, path);
  const problem = JSON.parse(answer.body);
  assert.equal(problem.status, status, path);
  if (reason) assert.equal(problem.reason, reason, path);
}

let first; // the head before the log grew
const kept = new Map(); // path → bytes of partial tiles under that head

test('the entries and all tiles lead to the signed root', async () => {
  first = await head();
  assert.ok(first.size > 100 && first.size < WIDTH, `${first.size} entries`);
  await follow(first);
});

test('of a partial tile every width up to that of the head is there, and none above', async () => {
  const { size } = first;
  const hashes = await fetchBytes(`/tile/0/${indexPath(0, size)}`);
  const bundle = await fetchBytes(`/tile/entries/${indexPath(0, size)}`);
  for (const width of [1, 2, 3, 100, size - 1]) {
    const tile = await fetchBytes(`/tile/0/${indexPath(0, width)}`);
    assert.deepEqual(tile, hashes.subarray(0, width * HASH_BYTES), `width ${width}`);
    const part = await fetchBytes(`/tile/entries/${indexPath(0, width)}`);
    assert.deepEqual(part, bundle.subarray(0, part.length));
    assert.equal(entriesOf(part).length, width);
  }
  for (const width of [1, 100, size]) {
    for (const kind of ['0', 'entries']) {
      const path = `/tile/${kind}/${indexPath(0, width)}`;
      kept.set(path, await fetchBytes(path));
    }
  }
  const { size: now } = await head(); // a heartbeat may have come
  for (const kind of ['0', 'entries']) {
    for (const width of [now + 1, 255]) {
      await assertProblem(`/tile/${kind}/${indexPath(0, width)}`, 404, 'tile_unknown');
    }
    await assertProblem(`/tile/${kind}/000`, 404, 'tile_unknown');
  }
});

test('once it has grown, full tiles are there, and partial ones are what they were', async () => {
  const grown = await growBeyond(2 * WIDTH + 20);
  await follow(grown);
  for (const [path, bytes] of kept) assert.deepEqual(await fetchBytes(path), bytes, path);
  const whole = await fetchBytes('/tile/0/000');
  assert.equal(whole.length, WIDTH * HASH_BYTES);
  assert.equal(entriesOf(await fetchBytes('/tile/entries/000')).length, WIDTH);
  // What was partial before may be asked for at widths that no head had.
  const late = await fetchBytes('/tile/0/000.p/255');
  assert.deepEqual(late, whole.subarray(0, 255 * HASH_BYTES));
  // The level above has nothing of a tile that is not full.
  const above = Math.floor(grown.size / WIDTH);
  assert.equal((await fetchBytes(`/tile/1/000.p/${above}`)).length, above * HASH_BYTES);
  await assertProblem(`/tile/1/000.p/${above + 1}`, 404, 'tile_unknown');
});

test('paths have one spelling', async () => {
  for (const wrong of [
    '0/0', '0/00', '0/0000', '0/x000/000', '0/x000/001', '0/001/000', '0/x001/67', '0/x001',
    '0/X001/067', '0/x1/067', '00/000', '01/000', '-1/000', '64/000', '+0/000', '0/000.p/0',
    '0/000.p/256', '0/000.p/01', '0/000.p/-1', '0/000.p/', '0/000.p', '0/000.P/1', '0/000/1',
    '0/000.p/1/', '0/000/', '0//000', '', '0', '0/', 'x/000', '0/%2e%2e/000', '0/..%2f000',
    '0/x999/x999/x999/x999/x999/x999/x999/999', '0/x018/x446/x744/x073/x709/x551/616',
  ]) {
    for (const kind of ['', 'entries/']) {
      const path = `/tile/${wrong.startsWith('0/') && kind ? kind + wrong.slice(2) : wrong}`;
      const answer = await get(path);
      assert.ok([400, 404].includes(answer.status), `${path}: ${answer.status}`);
      assert.equal(answer.headers['content-type'], 'application/problem+json', path);
    }
  }
});

test('what the log does not have is not there: 404, and nobody keeps that', async () => {
  for (const path of [
    '/tile/0/x001/067', '/tile/0/x001/067.p/3', '/tile/0/x999/x999/999', '/tile/2/000',
    '/tile/2/000.p/1', '/tile/1/001', '/tile/7/000', '/tile/63/000', '/tile/entries/x001/067',
    '/tile/entries/x001/067.p/1', '/tile/entries/x018/x446/x744/x073/x709/551',
    '/tile/0/x072/x057/x594/x037/x927/935', '/tile/0/x072/x057/x594/x037/x927/936',
  ]) {
    await assertProblem(path, 404);
  }
});

test('a bundle is compressed for those who ask for it', async () => {
  const plain = await get('/tile/entries/000', ['Accept-Encoding: identity']);
  const zipped = await get('/tile/entries/000', ['Accept-Encoding: gzip']);
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(zipped.headers['content-encoding'], 'gzip');
  assert.match(plain.headers.vary, /Accept-Encoding/i);
  assert.match(zipped.headers.vary, /Accept-Encoding/i);
  assert.deepEqual(gunzipSync(zipped.body), plain.body);
  assert.ok(zipped.body.length < plain.body.length);
  assert.match(zipped.headers['cache-control'], /immutable/);
  // Hashes have nothing to compress.
  const tile = await get('/tile/0/000', ['Accept-Encoding: gzip']);
  assert.equal(tile.headers['content-encoding'], undefined);
});

test('the checkpoint says when it has not changed', async () => {
  const answer = await get('/checkpoint');
  const again = await get('/checkpoint', [`If-None-Match: ${answer.headers.etag}`]);
  if (again.status === 200) assert.notDeepEqual(again.body, answer.body); // a heartbeat
  else assert.equal(again.status, 304);
  assert.equal((await get('/checkpoint', ['If-None-Match: W/"0000"'])).status, 200);
});
