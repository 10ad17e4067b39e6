// Evidence files of the register's own programs, and the command line over them.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { verdictJson } from '../../web/verify/verdict_json.js';
import { checkFile } from '../../web/verify/verify.js';

const path = (name) => fileURLToPath(new URL(`data/${name}`, import.meta.url));
const read = (name) => readFileSync(path(name));
const cli = fileURLToPath(new URL('../../web/verify/cli.js', import.meta.url));
const NOW_MS = Date.UTC(2026, 10, 24);
const CASES = { yes: 0, suspended: 1, cannot_say: 2, at_clinic: 0 };

const trust = read('trust.json');
const run = (words, input) =>
  spawnSync(process.execPath, [cli, ...words], { input, encoding: 'utf8' });

for (const [name, exit] of Object.entries(CASES)) {
  const file = read(`${name}.json`);
  const expected = JSON.parse(read(`${name}.verdict.json`));

  test(`${name}: the verdict`, async () => {
    const answer = await checkFile({ trust, file, nowMs: NOW_MS });
    assert.ok(answer.ok, answer.message);
    assert.deepEqual(verdictJson(answer.verdict), expected);
  });

  test(`${name}: on the command line`, () => {
    const words = ['check', '--trust', path('trust.json'), path(`${name}.json`)];
    const clock = ['--now-ms', String(NOW_MS)];
    const { status, stdout } = run([...words, ...clock, '--json']);
    assert.equal(status, exit);
    assert.deepEqual(JSON.parse(stdout), { ok: true, verdict: expected });
    assert.match(run([...words, ...clock]).stdout, /^(YES|NO|CANNOT SAY): /);
  });

  test(`${name}: no byte of it can be changed`, async () => {
    // Every 97th byte; the question is the reader's, so changes there may be answered.
    const begin = file.indexOf('"evidence"');
    for (let at = begin; at < file.length; at += 97) {
      const changed = Buffer.from(file);
      changed[at] = changed[at] === 0x41 ? 0x42 : 0x41;
      const answer = await checkFile({ trust, file: changed, nowMs: NOW_MS });
      assert.equal(answer.ok, false, `byte ${at}`);
      assert.notEqual(answer.reason, 'internal', `byte ${at}: ${answer.message}`);
    }
  });
}

test('a batch answers line by line', () => {
  const line = (changes) => JSON.stringify({
    trust: trust.toString(), file: read('yes.json').toString('base64'), now_ms: NOW_MS, saved: true,
    ...changes,
  });
  const lines = [line({}), line({ saved: false }), line({ file: 'AAAA' }), 'nonsense'].join('\n');
  const answers = run(['batch'], lines).stdout.trim().split('\n').map((text) => JSON.parse(text));
  assert.deepEqual(answers[0], { ok: true, verdict: JSON.parse(read('yes.verdict.json')) });
  assert.deepEqual(answers[1], { ok: false, reason: 'head_too_old' });
  assert.deepEqual(answers[2], { ok: false, reason: 'json_syntax' });
  assert.equal(answers[3].ok, false);
});

test('a command that is none', () => {
  assert.equal(run([]).status, 64);
  assert.equal(run(['check', path('yes.json')]).status, 64);
  assert.equal(run(['check', '--trust', path('trust.json'), path('none.json')]).status, 3);
});
