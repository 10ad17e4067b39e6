// The register of scripts/demo after its story, at rest: what the tests of the front serve copies
// of, each with settings of its own.
//
//   node tests/front/story.js COMMAND...  plays the story once, then runs COMMAND with the copy's
//                                         whereabouts in BONAFIDE_STORY; ends as COMMAND ended
//   BONAFIDE_BIN=DIR                      with the programs in DIR, by default build/asan
//
// A test that is started alone plays the story for itself.

import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startDemo } from '../browser/demo.js';

const SOURCE = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

/** Where the programs are. */
export const BIN = process.env.BONAFIDE_BIN ?? join(SOURCE, 'build/asan');

async function play() {
  const directory = await mkdtemp(join(tmpdir(), 'bonafide-front-'));
  // The demo makes its directory in there, and takes it away when it stops.
  process.env.TMPDIR = directory;
  const demo = await startDemo();
  try {
    const [name] = (await readdir(directory)).filter((entry) => entry.startsWith('bonafide-demo-'));
    const played = join(directory, name);
    const register = join(directory, 'register');
    const from = join(played, 'register');
    await run(join(BIN, 'server/bonafided'), ['backup', '--data', from, '--to', register]);
    for (const part of ['keys', 'tls', 'trust.json']) {
      await cp(join(from, part), join(register, part), { recursive: true });
    }
    for (const file of await readdir(played)) {
      if (/\.(key|pdf|png)$/.test(file)) await cp(join(played, file), join(directory, file));
    }
    return { directory, cases: demo.cases, treatment: demo.treatment };
  } finally {
    await demo.stop();
  }
}

/**
 * The story that was played for all tests, else one of this process.
 * @returns {Promise<{directory: string, cases: Object<string, {outcome, number}>,
 *     treatment: string, remove: () => Promise<void>}>} `directory` holds `register`, a data
 *     directory at rest, and the keys of the story's organisations
 */
export async function openStory() {
  const given = process.env.BONAFIDE_STORY;
  if (given) return { ...JSON.parse(given), remove: async () => {} };
  const played = await play();
  return { ...played, remove: () => rm(played.directory, { recursive: true, force: true }) };
}

async function runWithStory([command, ...words]) {
  const { remove, ...story } = await openStory();
  const env = { ...process.env, BONAFIDE_STORY: JSON.stringify(story) };
  const child = spawn(command, words, { env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (status) => resolve(status ?? 1));
  });
  await remove();
  return code;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await runWithStory(process.argv.slice(2));
}
