// How long a first visit to the page waits for its answer in Chromium.
//
//   node bench/visit_in_browser.js PORT WARM_UP PATH...
//
// Opens each path at 127.0.0.1 with a browser that has nothing in its cache, the first WARM_UP of
// them for nothing. Prints the median and the longest of the others in milliseconds, from the start
// of the navigation until the answer is on the screen; the bytes and the number of the responses of
// the last visit; and Chromium's version. Fails unless every answer is YES.

import { openBrowser } from './chromium.js';

// Before the page's own scripts.
const noteAnswer = () => {
  globalThis.answered = new Promise((resolve) => {
    const look = () => {
      const outcome = document.querySelector('#outcome');
      if (!outcome?.checkVisibility()) {
        requestAnimationFrame(look);
        return;
      }
      const said = outcome.textContent;
      // On the screen when the next frame begins; counted from before the redirect.
      requestAnimationFrame(() => resolve({ said, timeMs: performance.now() }));
    };
    requestAnimationFrame(look);
  });
};

const countTransfers = () => {
  const sizes = ['navigation', 'resource'].flatMap((type) => performance.getEntriesByType(type))
    .map(({ transferSize }) => transferSize).filter((bytes) => bytes > 0);
  return { bytes: sizes.reduce((sum, bytes) => sum + bytes, 0), responses: sizes.length };
};

async function visit(browser, base, path, last) {
  const reader = await browser.reader({ base, script: noteAnswer });
  await reader.opens(path);
  await reader.answer(); // a page that never answers is given up
  const { said, timeMs } = await reader.page.evaluate(() => globalThis.answered);
  if (said !== 'YES') throw new Error(`the answer at ${path} is ${said}`);
  if (last) await reader.page.waitForLoadState('networkidle');
  const transfers = await reader.page.evaluate(countTransfers);
  await reader.leaves();
  return { timeMs, ...transfers };
}

const [port, warmUp, ...paths] = process.argv.slice(2);
let browser;
try {
  browser = await openBrowser();
  const visits = [];
  for (const path of paths) {
    visits.push(await visit(browser, `https://127.0.0.1:${port}`, path, path === paths.at(-1)));
  }
  const times = visits.slice(Number(warmUp)).map(({ timeMs }) => timeMs).sort((a, b) => a - b);
  const { bytes, responses } = visits.at(-1);
  console.log(times[Math.floor(times.length / 2)].toFixed(1), times.at(-1).toFixed(1), bytes,
    responses, browser.chromium.version());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await browser?.close();
}
