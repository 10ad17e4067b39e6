// A served copy of the story's register, with settings of its own.

import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { BIN, openStory } from './story.js';

const run = promisify(execFile);
// Nobody is in the way of thousands of requests from one address.
const UNLIMITED = {
  reads_per_second: 0, searches_per_second: 0, transfers_per_second: 0, submits_per_second: 0,
};
const HOST = '127.0.0.1';

async function configure(data, settings) {
  const path = join(data, 'bonafided.conf');
  let text = await readFile(path, 'utf8');
  for (const [key, value] of Object.entries(settings)) {
    const line = new RegExp(`^${key} = .*$`, 'm');
    if (!line.test(text)) throw new Error(`no setting ${key}`);
    text = text.replace(line, `${key} = ${JSON.stringify(value)}`);
  }
  await writeFile(path, text);
}

async function serve(data) {
  const server = spawn('setpriv',
    ['--pdeathsig', 'TERM', join(BIN, 'server/bonafided'), 'serve', '--data', data],
    { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => {
    server.on('error', resolve);
    server.on('close', (code) => resolve(code));
  });
  const log = [];
  const lines = createInterface({ input: server.stderr });
  const ports = await new Promise((resolve) => {
    lines.on('line', (line) => {
      log.push(line);
      if (line.includes('"event":"serving"')) resolve(JSON.parse(line));
    });
    lines.on('close', () => resolve(undefined));
  });
  if (!ports) throw new Error(`bonafided did not serve:\n${log.join('\n')}`);
  const stop = async () => {
    server.kill('SIGTERM');
    return ended;
  };
  return { port: ports.http_port, grpcPort: ports.port, adminPort: ports.admin_port, log, stop };
}

/**
 * Serves a copy of the story's register.
 * @param {Object<string, string|number>} settings of its configuration, beside no rate limits
 * @returns {Promise<object>} `host`, `port`, `grpcPort`, `adminPort`, `ca` (PEM), `trust` (text of
 *     the trust file), `story`, `log` (lines the server wrote so far); `command(...words)` runs
 *     `bonafide` as the regulator, who may do everything; `stop()` ends the server, and throws when
 *     that had ended before, or does not end as it should
 */
export async function openRegister(settings = {}) {
  const story = await openStory();
  const directory = await mkdtemp(join(story.directory, 'served-'));
  const data = join(directory, 'register');
  await cp(join(story.directory, 'register'), data, { recursive: true });
  await configure(data, { ...UNLIMITED, heartbeat_s: 60, ...settings });
  const server = await serve(data);
  const ca = join(data, 'tls/ca.pem');
  const trust = await readFile(join(data, 'trust.json'), 'utf8');
  const env = {
    ...process.env, BONAFIDE_STATE: join(directory, 'state'), NO_COLOR: '1',
    BONAFIDE_SERVER: `${HOST}:${server.grpcPort}`, BONAFIDE_CA: ca,
    BONAFIDE_TRUST: join(data, 'trust.json'),
    BONAFIDE_AS: '0000-0000-98', BONAFIDE_KEY: join(story.directory, 'regulator.key'),
  };
  return {
    ...server,
    host: HOST,
    ca: await readFile(ca, 'utf8'),
    trust,
    story,
    directory,
    command: (...words) => run(join(BIN, 'client/cli/bonafide'), words, { env }),
    stop: async () => {
      const code = await server.stop();
      await rm(directory, { recursive: true, force: true });
      await story.remove();
      if (code !== 0) {
        throw new Error(`bonafided ended with ${code}:\n${server.log.slice(-40).join('\n')}`);
      }
    },
  };
}
