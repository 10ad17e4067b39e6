// Debian's Chromium, driven by playwright-core, both of which the stage `browser` of scripts/test
// installs.

import { createRequire } from 'node:module';
import { Reader } from './reader.js';

const npm = createRequire(new URL('../../build/npm/', import.meta.url));

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** The source of axe-core, as a script. */
export const axeSource = () => npm('axe-core').source;

export class Browser {
  static async open() {
    const { chromium } = npm('playwright-core');
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    return new Browser(await chromium.launch({ executablePath, args: FLAGS }));
  }

  constructor(chromium) {
    this.chromium = chromium;
  }

  /**
   * A reader with a browser of their own, which remembers nothing.
   * @param {{base: string, width?: number, height?: number, scheme?: string, locale?: string,
   *     motion?: string, clock?: number, script?: string|Function}} how `clock` is a time in
   *     milliseconds at which the reader's clock starts; `script` runs before those of the page
   */
  async reader({ base, width = 1280, height = 900, scheme = 'light', locale = 'en-GB', ...how }) {
    const context = await this.chromium.newContext({
      // The demo's certificate is its own.
      ignoreHTTPSErrors: true,
      viewport: { width, height },
      colorScheme: scheme,
      reducedMotion: how.motion ?? 'no-preference',
      locale,
      // The demo's days are those of UTC.
      timezoneId: 'UTC',
    });
    if (how.script) await context.addInitScript(how.script);
    const page = await context.newPage();
    if (how.clock) await page.clock.setFixedTime(how.clock);
    return new Reader(page, base);
  }

  async close() {
    await this.chromium.close();
  }
}
