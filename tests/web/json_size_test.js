// How much JSON is read: whatever evidence may hold, and not so much more that reading it would
// take the memory of a browser (docs/protocol.md, section 7).

import assert from 'node:assert/strict';
import test from 'node:test';
import { readFile, writeFile } from '../../web/verify/evidence_json.js';
import { parseJson } from '../../web/verify/json.js';
import { checkFile } from '../../web/verify/verify.js';
import { makeWorld, NOW_MS } from './world.js';

const MAX_VALUES = 65536;
const MAX_SUBJECTS = 4096;

const arrayOf = (count, item) => `[${Array(count).fill(item).join()}]`;

test('values of every kind count, up to the limit', () => {
  for (const item of ['{}', '[]', '""', '0', '0.5', 'null', 'true']) {
    // The array itself is a value too.
    assert.equal(parseJson(arrayOf(MAX_VALUES - 1, item)).length, MAX_VALUES - 1, item);
    assert.throws(() => parseJson(arrayOf(MAX_VALUES, item)), { reason: 'json_size' }, item);
  }
  const members = Array.from({ length: MAX_VALUES }, (_, i) => `"m${i}":1`).join();
  assert.throws(() => parseJson(`{${members}}`), { reason: 'json_size' });
});

test('as many subjects as evidence may have are read, with all their members', () => {
  const bytes = Uint8Array.of(1);
  const subjects = Array.from({ length: MAX_SUBJECTS }, (_, i) => ({
    number: BigInt(i + 1), knownEntries: 1n, entries: bytes, disclosures: 'a~', proof: bytes,
  }));
  const evidence = {
    version: 1n, checkpoint: 'a', stateEntry: bytes, stateInclusion: bytes, subjects,
  };
  const question = {
    practitioner: 6n, treatment: 'a', territory: 'a', on: '2025-06-15', claimOn: '2025-06-15',
    at: 2n, under18: true, knownAtMs: 1n,
  };
  const file = readFile(writeFile({ question, evidence }));
  assert.equal(file.evidence.subjects.length, MAX_SUBJECTS);
});

test('a file of millions of empty subjects is refused, and says why', async () => {
  const trust = makeWorld().register.trust();
  const file = `{"question":{},"evidence":{"subjects":${arrayOf(4000000, '{}')}}}`;
  const answer = await checkFile({ trust, file, nowMs: NOW_MS });
  assert.equal(answer.ok, false);
  assert.equal(answer.reason, 'json_size');
  assert.match(answer.message, /more than 65,536 values/);
});
