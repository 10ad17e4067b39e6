// The head memory of the page: what continues what was seen before, and what is a fork.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { isConsistent } from '../../web/consistency.js';
import { HeadMemory } from '../../web/head_memory.js';
import { root } from './issuer.js';

const ORIGIN = 'register.example/demo';
const leafOf = (text) => createHash('sha256').update(Buffer.of(0)).update(text).digest();
const leaves = Array.from({ length: 70 }, (_, i) => leafOf(`entry ${i}`));
const others = leaves.map((leaf, i) => (i === 3 ? leafOf('another') : leaf));

// RFC 6962, section 2.1.2, from the top down.
function subproof(all, first, complete) {
  if (first === all.length) return complete ? [] : [root(all)];
  let k = 1;
  while (k * 2 < all.length) k *= 2;
  return first <= k
    ? [...subproof(all.slice(0, k), first, complete), root(all.slice(k))]
    : [...subproof(all.slice(k), first - k, false), root(all.slice(0, k))];
}
const proofOf = (all, first, second) =>
  Buffer.concat(subproof(all.slice(0, Number(second)), Number(first), true));
const treeOf = (all, size) => ({ size: BigInt(size), root: root(all.slice(0, size)) });
const headOf = (all, size) => ({
  size: BigInt(size), root: root(all.slice(0, size)).toString('hex'), note: `note of ${size}`,
});
const serving = (all) => async (first, second) => proofOf(all, first, second).toString('base64');

class FakeStorage {
  items = new Map();
  getItem(key) { return this.items.get(key) ?? null; }
  setItem(key, value) { this.items.set(key, value); }
  removeItem(key) { this.items.delete(key); }
}

// Runs something in a page with these Web Locks.
async function withLocks(locks, work) {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { locks }, configurable: true });
  try {
    return await work();
  } finally {
    delete globalThis.navigator;
    if (before) Object.defineProperty(globalThis, 'navigator', before);
  }
}

test('a proof holds between all sizes of one log, and between no others', () => {
  for (let first = 1; first <= 40; first += 1) {
    for (let second = first; second <= 40; second += 1) {
      const proof = new Uint8Array(proofOf(leaves, first, second));
      const [a, b] = [treeOf(leaves, first), treeOf(leaves, second)];
      assert.ok(isConsistent(a, b, proof), `${first} to ${second}`);
      if (first < second) assert.ok(!isConsistent(b, a, proof));
      assert.ok(!isConsistent({ ...a, root: root([leafOf('x')]) }, b, proof));
      if (first > 3) assert.ok(!isConsistent(treeOf(others, first), b, proof));
    }
  }
});

test('a proof of another length does not hold', () => {
  for (const [first, second] of [[3, 7], [4, 8], [6, 8], [1, 2], [5, 5]]) {
    const proof = new Uint8Array(proofOf(leaves, first, second));
    const [a, b] = [treeOf(leaves, first), treeOf(leaves, second)];
    assert.ok(!isConsistent(a, b, new Uint8Array([...proof, ...new Uint8Array(32)])));
    assert.ok(!isConsistent(a, b, new Uint8Array([...proof, 0])));
    if (proof.length > 0) assert.ok(!isConsistent(a, b, proof.subarray(32)));
  }
  assert.ok(!isConsistent({ size: 0n, root: root([]) }, treeOf(leaves, 5), new Uint8Array(0)));
});

test('the first head is remembered, and the same head is the same', async () => {
  const memory = new HeadMemory(new FakeStorage());
  const head = headOf(leaves, 20);
  assert.equal((await memory.compare(ORIGIN, head, serving(leaves))).kind, 'first');
  assert.deepEqual(memory.recall(ORIGIN), head);
  assert.equal((await memory.compare(ORIGIN, head, serving(leaves))).kind, 'same');
  assert.equal(memory.recall('register.example/other'), undefined);
});

test('a head that extends the remembered one takes its place', async () => {
  const memory = new HeadMemory(new FakeStorage());
  await memory.compare(ORIGIN, headOf(leaves, 20), serving(leaves));
  const found = await memory.compare(ORIGIN, headOf(leaves, 45), serving(leaves));
  assert.equal(found.kind, 'grown');
  assert.equal(found.before.size, 20n);
  assert.ok(found.hashes > 0);
  assert.equal(memory.recall(ORIGIN).size, 45n);
});

test('another root of the same size is a fork, and the memory stays', async () => {
  const memory = new HeadMemory(new FakeStorage());
  await memory.compare(ORIGIN, headOf(leaves, 20), serving(leaves));
  const found = await memory.compare(ORIGIN, headOf(others, 20), serving(others));
  assert.equal(found.kind, 'fork');
  assert.deepEqual(memory.recall(ORIGIN), headOf(leaves, 20));
});

test('a larger head of another history is a fork', async () => {
  const memory = new HeadMemory(new FakeStorage());
  await memory.compare(ORIGIN, headOf(leaves, 20), serving(leaves));
  for (const all of [leaves, others]) {
    assert.equal((await memory.compare(ORIGIN, headOf(others, 45), serving(all))).kind, 'fork');
  }
  assert.equal(memory.recall(ORIGIN).size, 20n);
});

test('a smaller head is older, or a fork', async () => {
  const memory = new HeadMemory(new FakeStorage());
  await memory.compare(ORIGIN, headOf(leaves, 45), serving(leaves));
  assert.equal((await memory.compare(ORIGIN, headOf(leaves, 20), serving(leaves))).kind, 'older');
  assert.equal((await memory.compare(ORIGIN, headOf(others, 20), serving(others))).kind, 'fork');
  assert.equal(memory.recall(ORIGIN).size, 45n);
});

test('without a proof nothing is shown', async () => {
  const memory = new HeadMemory(new FakeStorage());
  await memory.compare(ORIGIN, headOf(leaves, 20), serving(leaves));
  const gone = async () => { throw new Error('gone'); };
  const broken = [gone, async () => 'no base64!', async () => undefined];
  for (const fetchProof of broken) {
    assert.equal((await memory.compare(ORIGIN, headOf(leaves, 45), fetchProof)).kind, 'history');
  }
});

test('a saved file is compared with a head of its own size alone', () => {
  const memory = new HeadMemory(new FakeStorage());
  assert.equal(memory.compareSaved(ORIGIN, headOf(leaves, 20)).kind, 'saved');
  memory.remember(ORIGIN, headOf(leaves, 20));
  assert.equal(memory.compareSaved(ORIGIN, headOf(leaves, 10)).kind, 'saved');
  assert.equal(memory.compareSaved(ORIGIN, headOf(others, 20)).kind, 'fork');
});

test('a browser that keeps nothing, or keeps nonsense, checks all the same', async () => {
  const closed = new HeadMemory(undefined);
  assert.equal((await closed.compare(ORIGIN, headOf(leaves, 20), serving(leaves))).kind, 'first');
  closed.forget(ORIGIN);
  const storage = new FakeStorage();
  for (const nonsense of ['', 'null', '{}', '{"size":"0","root":"00"}', '{"size":"x"}']) {
    storage.getItem = () => nonsense;
    assert.equal(new HeadMemory(storage).recall(ORIGIN), undefined);
  }
});

// A register that shows each of two questions another history: the second to end is compared with
// what the first has left.
const slowly = (fetchProof) => async (...sizes) => {
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  return fetchProof(...sizes);
};

test('of two histories asked for at once, one is a fork', async () => {
  const storage = new FakeStorage();
  const memories = [new HeadMemory(storage), new HeadMemory(storage)];
  await memories[0].compare(ORIGIN, headOf(leaves, 3), serving(leaves));
  const first = memories[0].compare(ORIGIN, headOf(leaves, 20), slowly(serving(leaves)));
  const second = memories[1].compare(ORIGIN, headOf(others, 20), serving(others));
  assert.equal((await second).kind, 'grown');
  assert.equal((await first).kind, 'fork');
  assert.deepEqual(memories[0].recall(ORIGIN), headOf(others, 20));
});

test('of two heads of one history at once, the larger is remembered', async () => {
  const memory = new HeadMemory(new FakeStorage());
  await memory.compare(ORIGIN, headOf(leaves, 3), serving(leaves));
  const found = await Promise.all([
    memory.compare(ORIGIN, headOf(leaves, 20), slowly(serving(leaves))),
    memory.compare(ORIGIN, headOf(leaves, 45), serving(leaves)),
    memory.compare(ORIGIN, headOf(leaves, 45), slowly(serving(leaves))),
  ]);
  assert.deepEqual(found.map(({ kind }) => kind), ['older', 'grown', 'same']);
  assert.equal(memory.recall(ORIGIN).size, 45n);
});

test('what is remembered at first is compared with what another page remembered', async () => {
  const storage = new FakeStorage();
  const [memory, page] = [new HeadMemory(storage), new HeadMemory(storage)];
  const asked = [];
  const request = async (name, work) => {
    asked.push(name);
    // The other page had the lock before.
    if (asked.length === 1) page.remember(ORIGIN, headOf(others, 20));
    return work();
  };
  const found = await withLocks({ request }, () =>
    memory.compare(ORIGIN, headOf(leaves, 20), serving(leaves)));
  assert.equal(found.kind, 'fork');
  assert.deepEqual(memory.recall(ORIGIN), headOf(others, 20));
  assert.ok(asked.every((name) => name.includes(ORIGIN)));
});

test('a page that may not lock remembers all the same', async () => {
  const memory = new HeadMemory(new FakeStorage());
  const request = async () => { throw new Error('SecurityError'); };
  const found = await withLocks({ request }, () =>
    memory.compare(ORIGIN, headOf(leaves, 20), serving(leaves)));
  assert.equal(found.kind, 'first');
  assert.equal(memory.recall(ORIGIN).size, 20n);
});
