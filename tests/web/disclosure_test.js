// Slots, disclosures and entries, one by one (docs/protocol.md, sections 2 and 4).

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { openSlots, readSlots } from '../../web/verify/disclosure.js';
import { readEventEntry, readFrames, readStateEntry } from '../../web/verify/entry.js';
import { parseJson } from '../../web/verify/json.js';

const SALT = 'A'.repeat(22);
const encode = (parts) => Buffer.from(JSON.stringify(parts)).toString('base64url');
const digest = (text) => createHash('sha256').update(text).digest('base64url');
const D = digest('one');
const slots = (personal) => readSlots(parseJson(JSON.stringify(personal)));
const refused = (work, reason) => assert.throws(work, { name: 'Refusal', reason });

test('slots', () => {
  assert.deepEqual(slots({ name: { _sd: [D] } }), [{ name: 'name', digest: D }]);
  refused(() => slots([]), 'claim_type');
  refused(() => slots({}), 'claim_range');
  const many = (count) => Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`slot_${i}`, { _sd: [digest(String(i))] }]));
  assert.equal(slots(many(16)).length, 16);
  refused(() => slots(many(17)), 'claim_range');
  refused(() => slots({ Name: { _sd: [D] } }), 'slot_unknown');
  for (const slot of [
    {}, [], D, null, { _sd: D }, { _sd: [] }, { _sd: [D, D] }, { _sd: [D], more: 1 },
  ]) {
    refused(() => slots({ name: slot }), 'slot_digest');
  }
  for (const each of ['', D.slice(1), `${D}A`, `${D.slice(0, -1)}B`, 1, null]) {
    refused(() => slots({ name: { _sd: [each] } }), 'sd_digest');
  }
  refused(() => slots({ name: { _sd: [D] }, town: { _sd: [D] } }), 'slot_digest');
});

// An event with a slot that the parts, or the text, open.
function opening(parts, { name = 'town', known = true } = {}) {
  const text = typeof parts === 'string' ? parts : encode(parts);
  const event = { known, slots: [{ name, digest: digest(text) }] };
  openSlots([event], `${text}~`);
  return event.slots[0].value;
}

test('disclosures', () => {
  assert.equal(opening([SALT, 'value', 'Exampleham']), 'Exampleham');
  for (const [reason, parts] of [
    ['disclosure_shape', [SALT, 'Exampleham']],
    ['disclosure_shape', [SALT, 'value', 'a', 'b']],
    ['disclosure_shape', { 0: SALT }],
    ['disclosure_salt', [SALT.slice(1), 'value', 'Exampleham']],
    ['disclosure_salt', ['A'.repeat(65), 'value', 'Exampleham']],
    ['disclosure_salt', [`${SALT.slice(1)}+`, 'value', 'Exampleham']],
    ['disclosure_salt', [7, 'value', 'Exampleham']],
    ['disclosure_name', [SALT, 'town', 'Exampleham']],
    ['slot_value', [SALT, 'value', 7]],
    ['slot_value', [SALT, 'value', 'a'.repeat(101)]],
    ['slot_value', [SALT, 'value', null]],
    ['base64url', 'a+b'],
    ['json_syntax', 'AAAA'],
    ['sd_jwt_limits', encode([SALT, 'value', 'a'.repeat(7000)])],
  ]) {
    refused(() => opening(parts), reason);
  }
  const day = (value) => opening([SALT, 'value', value], { name: 'birth_date' });
  assert.equal(day('1990-02-28'), '1990-02-28');
  refused(() => day('1990-02-29'), 'slot_value');
  const papers = (value) => opening([SALT, 'value', value], { name: 'papers' });
  const paper = { sha256: '0'.repeat(64), type: 'application/pdf' };
  assert.equal(papers([paper]).length, 1);
  const { type } = paper;
  for (const value of [[], paper, Array(9).fill(paper), [{ ...paper, name: 'x' }], [{ type }]]) {
    refused(() => papers(value), 'slot_value');
  }
  const unknown = { known: false, name: 'town' };
  assert.equal(opening([SALT, 'value', 7], unknown), 7n);
  refused(() => opening([SALT, 'value', { a: [{ _sd: [] }] }], unknown), 'slot_digest');
  refused(() => openSlots([{ known: true, slots: [] }], 'AAAA'), 'evidence_disclosure');
  refused(() => openSlots([{ known: true, slots: [] }], '~'), 'evidence_disclosure');
});

test('entries', () => {
  const entry = ({ kind = 1, time = 0n, subjects = [1n], token = 'x' } = {}) => {
    const numbers = Buffer.alloc(17 + 8 * subjects.length);
    numbers[0] = kind;
    numbers.writeBigUInt64BE(time, 9);
    subjects.forEach((number, i) => numbers.writeBigUInt64BE(number, 17 + 8 * i));
    const count = Buffer.of(subjects.length);
    const [head, rest] = [numbers.subarray(0, 17), numbers.subarray(17)];
    return Buffer.concat([head, count, rest, Buffer.from(token)]);
  };
  const pair = [2n ** 64n - 1n, 0n];
  assert.deepEqual(readEventEntry(entry({ subjects: pair })).subjects, pair);
  assert.equal(readEventEntry(entry({ time: 2n ** 53n })).timeMs, 2 ** 53);
  refused(() => readEventEntry(entry({ time: 2n ** 53n + 1n })), 'entry_time');
  for (const kind of [0, 2, 3, 255]) refused(() => readEventEntry(entry({ kind })), 'entry_kind');
  refused(() => readEventEntry(entry({ subjects: [] })), 'entry_subjects');
  refused(() => readEventEntry(entry({ subjects: [1n, 2n, 3n] })), 'entry_subjects');
  refused(() => readEventEntry(entry({ subjects: [1n, 1n] })), 'entry_subjects');
  refused(() => readEventEntry(entry({ token: '' })), 'entry_size');
  refused(() => readEventEntry(entry().subarray(0, 17)), 'entry_size');
  refused(() => readEventEntry(entry({ token: 'x'.repeat(65535) })), 'entry_size');
  refused(() => readStateEntry(Buffer.alloc(56, 2)), 'entry_size');
  refused(() => readStateEntry(Buffer.alloc(57, 1)), 'entry_kind');
});

test('frames', () => {
  assert.equal(readFrames(Buffer.from([0, 1, 7, 0, 2, 8, 9]), 2).length, 2);
  refused(() => readFrames(Buffer.from([0, 1, 7, 0, 1, 8]), 1), 'frame_count');
  refused(() => readFrames(Buffer.from([0]), 1), 'frame_truncated');
  refused(() => readFrames(Buffer.from([0, 2, 7]), 1), 'frame_truncated');
  refused(() => readFrames(Buffer.from([0, 0]), 1), 'frame_size');
});
