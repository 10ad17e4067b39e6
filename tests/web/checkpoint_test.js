// Notes and checkpoints that a log, or somebody between, could hand out (docs/protocol.md,
// section 6).

import assert from 'node:assert/strict';
import test from 'node:test';
import { isOrigin, openCheckpoint } from '../../web/verify/checkpoint.js';
import { readNote, readVkey } from '../../web/verify/note.js';
import { readPolicy } from '../../web/verify/policy.js';
import { ed25519, root, vkey } from './issuer.js';

const ORIGIN = 'register.example/demo';
const log = ed25519('log');
const witness = ed25519('witness');
const { id, text: logVkey } = vkey(ORIGIN, log);
const cosigner = vkey('witness.example', witness, 4);
const policy = readPolicy(`witness w ${cosigner.text}\nquorum none\n`);
const trust = { origin: ORIGIN, logKey: readVkey(logVkey), policy };
const HASH = root([Buffer.alloc(32)]).toString('base64');
const EMPTY = root([]).toString('base64');

const line = (name, keyId, signature) =>
  `\u2014 ${name} ${Buffer.concat([keyId, signature]).toString('base64')}\n`;
const signed = (text, rest = '') =>
  `${text}\n${line(ORIGIN, id, log.sign(Buffer.from(text)))}${rest}`;
const good = `${ORIGIN}\n7\n${HASH}\n`;

async function refused(note, reason) {
  await assert.rejects(() => openCheckpoint(trust, note), { name: 'Refusal', reason }, note);
}

test('what a log may not sign', async () => {
  assert.equal((await openCheckpoint(trust, signed(good))).size, 7n);
  assert.equal((await openCheckpoint(trust, signed(`${ORIGIN}\n0\n${EMPTY}\n`))).size, 0n);
  for (const [reason, text] of [
    ['checkpoint_extension', `${good}extension\n`],
    ['checkpoint_syntax', `${ORIGIN}\n7\n`],
    ['checkpoint_origin', good.replace(ORIGIN, 'register.example/other')],
    ['checkpoint_origin', good.replace(ORIGIN, 'Register.example')],
    ['checkpoint_size', good.replace('\n7\n', '\n07\n')],
    ['checkpoint_size', good.replace('\n7\n', '\n-7\n')],
    ['checkpoint_size', good.replace('\n7\n', '\n9223372036854775808\n')],
    ['checkpoint_root', good.replace(HASH, HASH.slice(4))],
    ['checkpoint_root', good.replace(HASH, `${HASH.slice(0, -1)}A`)],
    ['checkpoint_root', `${ORIGIN}\n0\n${HASH}\n`],
  ]) {
    await refused(signed(text), reason);
  }
});

test('what is no note', async () => {
  const other = (signature) => line('other.example', Buffer.alloc(4), Buffer.from(signature));
  assert.ok(await openCheckpoint(trust, signed(good, other('any'))));
  const anybody = (_, i) => line(`other.example/${i}`, Buffer.alloc(4), Buffer.of(1));
  const many = (count) => Array.from({ length: count }, anybody);
  assert.ok(await openCheckpoint(trust, signed(good, many(63).join(''))));
  for (const [reason, note] of [
    ['note_syntax', good],
    ['note_syntax', `${good}\n`],
    ['note_syntax', signed(good).trimEnd()],
    ['note_syntax', signed(good, '- other.example AAAAAAA=\n')],
    ['note_syntax', signed(good, '\u2014 other.example  AAAAAAA=\n')],
    ['note_syntax', signed(good, other(''))],
    ['note_syntax', signed(good, other('any').replace('other', 'oth\u0001er'))],
    ['note_key', signed(good, other('any').replace('other', 'oth+er'))],
    ['note_key', signed(good, other('any').replace('other', 'oth\u3000er'))],
    ['base64', signed(good, other('any').replace(' A', ' A-'))],
    ['note_key_twice', signed(good, other('any') + other('more'))],
    ['note_size', signed(good, many(64).join(''))],
    ['note_size', signed(good, other('x'.repeat(60000)))],
    ['note_unsigned', `${good}\n${other('any')}`],
    ['note_signature_wrong', `${good}\n${line(ORIGIN, id, Buffer.alloc(64))}`],
    ['note_signature_wrong', `${good}\n${line(ORIGIN, id, Buffer.alloc(63))}`],
  ]) {
    await refused(note, reason);
  }
  // The last empty line parts the text from the signatures.
  assert.equal(readNote(`a\n\nb\n\n${other('any')}`).text, 'a\n\nb\n');
});

test('a known cosigner has to be right even where none is asked for', async () => {
  const cosigned = (timeS, change = (bytes) => bytes) => {
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(timeS);
    const message = Buffer.from(`cosignature/v1\ntime ${timeS}\n${good}`);
    const bytes = change(Buffer.concat([time, witness.sign(message)]));
    return signed(good, line('witness.example', cosigner.id, bytes));
  };
  const { cosigners, cosignedTimeMs } = await openCheckpoint(trust, cosigned(1790000000n));
  assert.deepEqual(cosigners, [{ name: 'witness.example', timeMs: 1790000000000n }]);
  assert.equal(cosignedTimeMs, undefined);
  await refused(cosigned(0n), 'cosignature_time');
  await refused(cosigned(2n ** 63n), 'cosignature_time');
  await refused(cosigned(1n, (bytes) => bytes.subarray(1)), 'cosignature_size');
  const other = (bytes) => {
    bytes[7] ^= 1;
    return bytes;
  };
  await refused(cosigned(1790000000n, other), 'cosignature_wrong');
});

test('vkeys', () => {
  const material = (bytes) => Buffer.concat([Buffer.of(1), bytes]).toString('base64');
  const neutral = Buffer.concat([Buffer.of(1), Buffer.alloc(31)]);
  for (const [reason, text] of [
    ['note_vkey', 'register.example/demo'],
    ['note_vkey', logVkey.replace(/\+(.)/, (_, c) => `+${c === '0' ? '1' : '0'}`)],
    ['note_vkey', logVkey.replace('demo', 'dem0')],
    ['note_vkey', `a+00000000+${Buffer.alloc(32, 1).toString('base64')}`],
    ['note_key', vkey(ORIGIN, log, 2).text],
    ['note_key', logVkey.replace('register', 'regi ster')],
    ['key_point', vkey(ORIGIN, { raw: neutral }).text],
    ['key_encoding', vkey(ORIGIN, { raw: Buffer.alloc(32, 0xff) }).text],
  ]) {
    assert.throws(() => readVkey(text), { reason }, `${text} ${material(neutral)}`);
  }
});

test('origins', () => {
  for (const origin of ['a', 'register.example', 'a.b:8080', 'a/b/c', 'a/~b', 'localhost:1/x']) {
    assert.ok(isOrigin(origin), origin);
  }
  for (const origin of [
    '', 'A', 'a/', '/a', 'a//b', 'https://a', 'a.', '-a', 'a:', 'a:123456', 'a b', 'a/B',
    'a'.repeat(256), 'a\n',
  ]) {
    assert.ok(!isOrigin(origin), origin);
  }
});
