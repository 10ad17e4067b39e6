// How long the page's verifier takes in Chromium.
//
//   node bench/check_in_browser.js DIRECTORY WARM_UP CHECKS
//
// DIRECTORY holds trust.json and evidence files with the names 0, 1, ... Checks each once, the first
// WARM_UP of them for nothing, and prints the median and the 95th percentile of the others in
// milliseconds, and Chromium's version. Fails unless every answer is YES.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './chromium.js';

const WEB = fileURLToPath(new URL('../web/', import.meta.url));
const TYPES = { js: 'text/javascript', html: 'text/html' };

function serve(directory) {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    try {
      // An empty page of the same origin: nothing of the page runs beside the verifier.
      const body = path === '/' ? '<!doctype html><title>empty</title>'
        : await readFile(path.startsWith('/given/')
          ? join(directory, path.slice('/given/'.length)) : join(WEB, path));
      const ending = path === '/' ? 'html' : path.split('.').pop();
      response.writeHead(200, { 'Content-Type': TYPES[ending] ?? 'application/json' });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

// In the page.
async function timeChecks(count) {
  const { checkFile } = await import('/verify/verify.js');
  const bytesOf = async (name) =>
    new Uint8Array(await (await fetch(`/given/${name}`)).arrayBuffer());
  const trust = await bytesOf('trust.json');
  const files = [];
  for (let i = 0; i < count; i += 1) files.push(await bytesOf(i));
  const times = [];
  for (const file of files) {
    const start = performance.now();
    const answer = await checkFile({ trust, file, nowMs: Date.now(), saved: false });
    times.push(performance.now() - start);
    if (!answer.ok) throw new Error(`${answer.reason}: ${answer.message} (${answer.where})`);
    if (answer.verdict.outcome !== 'YES') throw new Error(`the answer is ${answer.verdict.outcome}`);
  }
  return times;
}

const [directory, warmUp, checks] = process.argv.slice(2);
const server = await serve(directory);
let browser;
try {
  browser = await openBrowser();
  const page = await (await browser.chromium.newContext()).newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const all = await page.evaluate(timeChecks, Number(warmUp) + Number(checks));
  const times = all.slice(Number(warmUp)).sort((a, b) => a - b);
  const at = (share) => times[Math.floor(share * times.length)].toFixed(2);
  console.log(at(0.5), at(0.95), browser.chromium.version());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await browser?.close();
  server.close();
}
