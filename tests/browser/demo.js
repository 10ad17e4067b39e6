// The register of `scripts/demo --serve`, which the tests of the page ask. One for all of them:
//
//   node tests/browser/demo.js COMMAND...  plays the story once, then runs COMMAND with the demo's
//                                          whereabouts in BONAFIDE_DEMO; ends as COMMAND ended
//   BONAFIDE_BIN=DIR                       with the programs in DIR, by default build/asan
//
// A test that is started alone plays the story for itself.

import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SOURCE = new URL('../../', import.meta.url);
const TIMEOUT_MS = 120000;
const LINK = /^ {2}(YES|NO|CANNOT SAY) +(https:\S+)\/p\/([0-9-]+) {2}(\S.*)$/;
const TREATMENT = /^ {2}bonafide verify \S+ (\S+)$/;

/** What a line of the demo's end says, into `told`. */
function read(line, told) {
  const [, outcome, base, number, why] = LINK.exec(line) ?? [];
  if (outcome) {
    told.base = base;
    told.cases[why] = { outcome, number };
  }
  const [, treatment] = TREATMENT.exec(line) ?? [];
  if (treatment) told.treatment = treatment;
  const [, server] = /^ {2}export BONAFIDE_SERVER=(\S+) /.exec(line) ?? [];
  if (server) told.server = server;
  const [, pem] = /^ {2}(\/\S+\/ca\.pem)$/.exec(line) ?? [];
  if (pem) told.directory = dirname(dirname(dirname(pem)));
}

/**
 * Plays the story.
 * @returns {Promise<{base: string, cases: Object<string, {outcome, number}>, treatment: string,
 *     tls: {ca, cert, key}, directory: string, server: string, bin: string,
 *     stop: () => Promise<void>}>} `base` is the page's address without a slash at its end; `cases`
 *     by what the demo says of them; `tls` what the server shows, in PEM; `directory` where the
 *     demo keeps its keys and its register; `server` its address for gRPC
 * @throws {Error} with the end of what the demo wrote
 */
export async function startDemo() {
  const bin = process.env.BONAFIDE_BIN ?? fileURLToPath(new URL('build/asan', SOURCE));
  // The kernel ends the demo with this process, however that ends.
  const demo = spawn('setpriv', ['--pdeathsig', 'TERM', 'scripts/demo', '--serve'], {
    cwd: SOURCE, env: { ...process.env, BONAFIDE_BIN: bin }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => {
    demo.on('error', resolve);
    demo.on('close', resolve);
  });
  const stop = async () => {
    demo.kill('SIGTERM');
    await ended;
  };
  const told = { cases: {} };
  const wrote = [];
  const timer = setTimeout(stop, TIMEOUT_MS);
  demo.stderr.on('data', (data) => wrote.push(String(data)));
  for await (const line of createInterface({ input: demo.stdout })) {
    wrote.push(`${line}\n`);
    read(line, told);
    if (line === 'The register runs until Ctrl-C.') break;
  }
  clearTimeout(timer);
  if (!told.base) {
    await ended;
    throw new Error(`scripts/demo did not serve:\n${wrote.join('').slice(-4000)}`);
  }
  demo.stdout.resume();
  const pem = (name) => readFileSync(`${told.directory}/register/tls/${name}`, 'utf8');
  const tls = { ca: pem('ca.pem'), cert: pem('server.pem'), key: pem('server.key') };
  return { ...told, tls, bin, stop };
}

/** The demo that was started for all tests, else one of this process. As startDemo. */
export async function openDemo() {
  const given = process.env.BONAFIDE_DEMO;
  return given ? { ...JSON.parse(given), stop: async () => {} } : startDemo();
}

/** Files something about nobody in the story, so that there is a new head. */
export async function grow({ directory, server, bin }) {
  const env = {
    ...process.env, BONAFIDE_STATE: `${directory}/state`, BONAFIDE_SERVER: server,
    BONAFIDE_CA: `${directory}/register/tls/ca.pem`,
  };
  const bonafide = (...words) =>
    promisify(execFile)(`${bin}/client/cli/bonafide`, words, { cwd: directory, env });
  const key = `newcomer-${process.pid}-${Date.now()}.key`;
  await bonafide('keygen', '-q', key);
  await bonafide('org', 'admit', '--kind', 'clinic', '--name', 'Example Newcomer',
    '--public-key', `${key}.jwk`, '--as', '0000-0000-98', '--key', 'regulator.key');
}

async function runWithDemo([command, ...words]) {
  const { stop, ...told } = await startDemo();
  const env = { ...process.env, BONAFIDE_DEMO: JSON.stringify(told) };
  const child = spawn(command, words, { env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (status) => resolve(status ?? 1));
  });
  await stop();
  return code;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await runWithDemo(process.argv.slice(2));
}
