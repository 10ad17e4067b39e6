// Somebody before the page: asks, reads what it says, and notices what it should not do.

import assert from 'node:assert/strict';

const WAIT_MS = 15000;

// Kept on the window, because Chromium does not write every violation to the console.
const noteViolations = () => {
  globalThis.violations = [];
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    globalThis.violations.push(`${violatedDirective} ${blockedURI}`));
};

export class Reader {
  constructor(page, base) {
    this.page = page;
    this.base = base;
    this.faults = [];
    page.setDefaultTimeout(WAIT_MS);
    page.on('pageerror', (error) => this.faults.push(`error: ${error.stack}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.faults.push(message.text());
    });
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (!['blob:', 'data:'].includes(protocol) && origin !== new URL(base).origin) {
        this.faults.push(`request to ${request.url()}`);
      }
    });
    this.ready = page.addInitScript(noteViolations);
  }

  /** Opens an address of the page, such as `/p/0000-4711-30`. */
  async opens(path = '/') {
    await this.ready;
    await this.page.goto(`${this.base}${path}`);
    return this;
  }

  /** Waits until the treatments can be chosen. */
  async formIsReady() {
    await this.page.waitForSelector('#treatment option[value*=" "]', { state: 'attached' });
  }

  /** Waits for an answer, or for the failure to get one: {outcome, sentence, because}. */
  async answer() {
    await this.page.waitForSelector('.answer');
    return this.page.evaluate(() => {
      const text = (selector) => document.querySelector(selector)?.textContent.trim() ?? '';
      return {
        outcome: text('#outcome span') || text('#outcome'),
        sentence: text('.answer .sentence'),
        because: text('.answer .because'),
      };
    });
  }

  /** Fills in the form and presses the button. */
  async asks({ person, on, more = {} }) {
    const { page } = this;
    // On a telephone the form is folded away below an answer.
    await page.evaluate(() => { document.querySelector('#ask').open = true; });
    await page.fill('#person', person);
    if (on) await page.fill('#on', on);
    if (Object.keys(more).length > 0) {
      await page.evaluate(() => { document.querySelector('#question details').open = true; });
      for (const [name, value] of Object.entries(more)) await page.fill(`#${name}`, value);
    }
    await page.click('#question button[type=submit]');
  }

  text(selector) {
    return this.page.textContent(selector);
  }

  /** Waits until something stands on the page. */
  async sees(selector, text) {
    await this.page.locator(selector).filter({ hasText: text }).first().waitFor();
  }

  /** What has the focus: its id, else its text. */
  focused() {
    return this.page.evaluate(() => {
      const { activeElement: node } = document;
      return node.id || node.textContent.trim();
    });
  }

  /** Whether nothing reaches beyond the window's right edge. */
  async fitsItsWidth() {
    const beyond = await this.page.evaluate(() =>
      document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(beyond, 0, `${beyond} px too wide`);
  }

  /** Puts the browser away; the page must have behaved, but for faults that fit `expected`. */
  async leaves(expected = /^$/) {
    const violations = await this.page.evaluate(() => globalThis.violations);
    await this.page.context().close();
    const faults = this.faults.filter((fault) => !expected.test(fault));
    assert.deepEqual([...faults, ...violations], []);
  }
}
