// Small forms: JSON, days, registration numbers, policies, trust files.

import assert from 'node:assert/strict';
import test from 'node:test';
import { addMonths, dayOfMs, formatDay, parseDay } from '../../web/verify/day.js';
import { parseJson } from '../../web/verify/json.js';
import { cosignedTime, readPolicy } from '../../web/verify/policy.js';
import {
  formatRegistrationNumber, parseRegistrationNumber,
} from '../../web/verify/registration_number.js';
import { readTrust } from '../../web/verify/trust.js';
import { ed25519, vkey } from './issuer.js';
import { makeWorld } from './world.js';

test('JSON that is strict', () => {
  const bad = {
    json_syntax: [
      '', ' ', '{', '[1,]', '{"a":1,}', '{a:1}', "'a'", '01', '+1', '.5', '1.', '1e', '-', 'nul',
      'truex', '[1]2', '"\t"', '"\\x"', '"\\u12"', '"\\ud800"', '"\\udc00\\ud800"', '"a', '\ufeff1',
      '[1 2]', '{"a"}', '"\\u0000"',
      '//1', '\u00a01', 'NaN', 'Infinity', '"\n"',
    ],
    json_duplicate_name: ['{"a":1,"a":1}', '{"b":{"a":1,"\\u0061":2}}'],
    json_number: [
      '9223372036854775808', '18446744073709551616', '-9223372036854775809', '-0', '1e999',
      '1e-999', '-0.1e-999', '1'.repeat(99),
    ],
    json_depth: [`${'['.repeat(17)}${']'.repeat(17)}`, '{"a":'.repeat(17)],
  };
  for (const [reason, texts] of Object.entries(bad)) {
    for (const text of texts) assert.throws(() => parseJson(text), { reason }, text);
  }
  assert.throws(() => parseJson(Uint8Array.of(0x22, 0xff, 0x22)), { reason: 'json_utf8' });
  const surrogate = Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22);
  assert.throws(() => parseJson(surrogate), { reason: 'json_utf8' });
  assert.equal(parseJson('9223372036854775807'), 9223372036854775807n);
  assert.equal(parseJson('9007199254740993'), 9007199254740993n);
  assert.equal(parseJson('-9223372036854775808'), -9223372036854775808n);
  assert.equal(parseJson(' 1.0 '), 1);
  assert.equal(parseJson('-0.0e9'), -0);
  assert.equal(parseJson('"\\ud83d\\ude00\\/\\u0001"'), '\u{1f600}/\u0001');
  assert.deepEqual(parseJson('{"__proto__":[null,true]}'), new Map([['__proto__', [null, true]]]));
  parseJson(`${'['.repeat(16)}${']'.repeat(16)}`);
});

test('days', () => {
  for (let days = parseDay('1900-01-01'); days <= parseDay('2199-12-31'); days += 1) {
    const text = new Date(days * 86400000).toISOString().slice(0, 10);
    if (formatDay(days) !== text || parseDay(text) !== days) assert.fail(text);
  }
  for (const text of [
    '1899-12-31', '2200-01-01', '2025-02-29', '2025-00-01', '2025-1-01', '2025-13-01', 7,
  ]) {
    assert.equal(parseDay(text), undefined, String(text));
  }
  const months = (day, n) => formatDay(addMonths(parseDay(day), n));
  assert.equal(months('2024-02-29', 12), '2025-02-28');
  assert.equal(months('2024-01-31', 1), '2024-02-29');
  assert.equal(months('2023-11-30', 600), '2073-11-30');
  assert.equal(months('2199-12-31', 600), '2249-12-31');
  assert.deepEqual([dayOfMs(-1), dayOfMs(0), dayOfMs(86399999)], [-1, 0, 0]);
});

test('registration numbers', () => {
  assert.equal(formatRegistrationNumber(4711), '0000-4711-30');
  for (const n of [0n, 1n, 99999999n, 100000000n, 123456789012n, 2n ** 64n - 1n]) {
    const text = formatRegistrationNumber(n);
    assert.equal(parseRegistrationNumber(text), n);
    assert.equal(BigInt(text.replaceAll('-', '')) % 97n, 1n);
  }
  assert.equal(parseRegistrationNumber(' 0000 471130 '), 4711n);
  for (const text of [
    '', '4711', '471130', '0000-4711-3', '0000-0000-4711-30', '0000-4711-3O', '٠٠٠٠-٤٧١١-٣٠',
  ]) {
    assert.throws(() => parseRegistrationNumber(text), { reason: 'registration_number' }, text);
  }
  for (const text of ['0000-4711-31', '0000-4717-30', '0000-7411-30', '0000-0000-01']) {
    const reason = 'registration_number_check';
    assert.throws(() => parseRegistrationNumber(text), { reason }, text);
  }
});

const witness = (name) => `witness ${name} ${vkey(`${name}.example`, ed25519(name), 4).text}\n`;

test('policies', () => {
  const abc = witness('a') + witness('b') + witness('c');
  const bad = {
    policy_syntax: [
      'quorum none', 'x y\n', 'quorum\n', 'quorum none none\n', 'group g 1\n', 'quorum none\r\n',
      'witness a\n',
    ],
    policy_quorum: ['#\n', abc, 'quorum none\nquorum none\n'],
    policy_name: [
      'quorum a\n', 'group g any a\n', `${abc}group none any a\n`, `${abc}group g any none\n`,
    ],
    policy_duplicate: [
      witness('a') + witness('a'), `${abc}group a any b\n`,
      witness('a') + witness('a').replace('s a', 's z'),
    ],
    policy_member: [`${abc}group g any a\ngroup h any a\n`, `${abc}group g any a a\n`],
    policy_threshold: ['0', '2', '01', 'most', '-1'].map((k) => `${abc}group g ${k} a\n`),
    policy_key: [
      'witness a b\nquorum a\n', `witness a ${vkey('a', ed25519('a')).text}\n`,
      `log ${vkey('a', ed25519('a'), 4).text}\n`,
    ],
    policy_limit: [`#${'x'.repeat(70000)}\n`],
  };
  for (const [reason, texts] of Object.entries(bad)) {
    for (const text of texts) assert.throws(() => readPolicy(text), { reason }, text);
  }
  const at = (times) => new Map(Object.entries(times).map(([name, time]) => [name, BigInt(time)]));
  const time = (text, times) => cosignedTime(readPolicy(text), at(times));
  assert.equal(time('', { a: 1 }), undefined);
  assert.equal(time('\t#x\n \n quorum \t none \n', {}), undefined);
  const two = `${abc}group g 2 a b c\nquorum g\n`;
  assert.equal(time(two, { a: 5, b: 9, c: 7 }), 7n);
  assert.throws(() => time(two, { a: 5 }), { reason: 'policy_unsatisfied' });
  const nested = `${abc}group g any a b\ngroup h all g c\nquorum h\n`;
  assert.equal(time(nested, { b: 9, c: 3 }), 3n);
  assert.throws(() => time(nested, { a: 1, b: 2 }), { reason: 'policy_unsatisfied' });
});

test('trust files', () => {
  const { register } = makeWorld({ papers: false });
  const good = register.trust();
  const { origin, logKey, maxAgeMs } = readTrust(JSON.stringify(good));
  assert.deepEqual([origin, logKey.name, maxAgeMs], ['register.example/demo', origin, 600000n]);
  readTrust(good);
  const other = vkey('other.example', ed25519('log')).text;
  const bad = {
    claim_unknown: { extra: 1 },
    claim_range: { version: 2 },
    claim_type: { policy: null },
    claim_missing: { genesis: undefined },
    digest_hex: { genesis: 'A'.repeat(64) },
    note_vkey: { log_key: `${good.log_key}A` },
    note_key: { log_key: vkey(good.origin, ed25519('log'), 4).text },
    policy_unsatisfied: { policy: `log ${other}\nquorum none\n` },
  };
  for (const [reason, change] of Object.entries(bad)) {
    assert.throws(() => readTrust({ ...good, ...change }), (error) => {
      return error.reason === reason || (reason === 'note_vkey' && error.reason === 'base64');
    }, reason);
  }
  for (const change of [{ origin: 'Register.example' }, { log_key: other }, { origin: '' }]) {
    assert.throws(() => readTrust({ ...good, ...change }), { reason: 'checkpoint_origin' });
  }
});
