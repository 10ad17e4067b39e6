// For everybody (WCAG 2.2 AA): axe finds nothing in any state, the keyboard is enough, a screen
// reader meets things in their order, nothing moves, and 320 px are wide enough.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { axeSource } from './browser.js';
import { refused } from './refused.js';
import { Scene } from './scene.js';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// Each state of the page: how a reader gets there, and what stands there then.
const STATES = {
  empty: async (reader) => {
    await reader.opens();
    await reader.formIsReady();
  },
  faults: async (reader) => {
    await reader.asks({ person: '0000-4711-31', more: { at: '1' } });
    await reader.sees('#person-fault', 'There is a mistake');
  },
  search: async (reader) => {
    await reader.asks({ person: 'example', more: { at: '' } });
    await reader.sees('#found', 'Who do you mean?');
  },
  'nobody found': async (reader) => {
    await reader.asks({ person: 'qqqq' });
    await reader.sees('.search', 'Nobody was found');
  },
  'everything is in order': undefined,
  'the papers were confirmed with their issuers': undefined,
  suspended: undefined,
  'the cover has lapsed': undefined,
  'covered only at one clinic, which the question does not name': undefined,
  nobody: async (reader) => {
    await reader.asks({ person: '0000-4711-30' });
    await reader.sees('.sentence', 'No practitioner is registered');
  },
  welsh: async (reader) => {
    await reader.page.click('#languages button');
    await reader.sees('.sentence', 'Nid oes');
    await reader.page.click('#languages button');
  },
  'a day that has passed': async (reader, { yes }) => {
    const on = new Date(Date.now() - 86400000).toISOString().slice(0, 10);
    await reader.asks({ person: yes, on });
    await reader.sees('.past', 'which has passed');
  },
  refused: async (reader, { server, yes }) => {
    server.lie = (path) => (path.includes('/evidence') ? { body: Buffer.from('{}') } : undefined);
    await reader.asks({ person: yes });
    await refused(reader);
    server.repent();
  },
  fork: async (reader, { yes }) => {
    await reader.page.evaluate(() => {
      const [key] = Object.keys(localStorage);
      const head = JSON.parse(localStorage.getItem(key));
      localStorage.setItem(key, JSON.stringify({ ...head, root: 'ab'.repeat(32) }));
    });
    await reader.asks({ person: yes });
    assert.match(await refused(reader), /shows two histories/);
  },
};

describe('access', () => {
  const scene = Scene.ofSuite();

  // All that can be opened is open, so that nothing escapes judgement.
  async function unfold({ page }) {
    await page.evaluate(() => {
      for (const node of document.querySelectorAll('details')) node.open = true;
    });
    await page.waitForFunction(() =>
      [...document.images].every((image) => image.complete && image.naturalWidth > 0));
  }

  async function judged({ page }, state) {
    const { violations } = await page.evaluate(`(() => { ${axeSource()};
      return axe.run(document, { runOnly: ${JSON.stringify(RULES)} }); })()`);
    const found = violations.map(({ id, nodes }) =>
      `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`)}`);
    assert.deepEqual(found, [], state);
  }

  async function still({ page }, state) {
    const moving = await page.evaluate(() => [
      ...document.getAnimations().map(String),
      ...[...document.querySelectorAll('*')].flatMap((node) =>
        ['', '::before', '::after'].map((part) => getComputedStyle(node, part || undefined))
          .filter(({ transitionDuration, animationName }) =>
            transitionDuration !== '0s' || animationName !== 'none').map(() => node.tagName)),
      getComputedStyle(document.documentElement).scrollBehavior,
    ]);
    assert.deepEqual(moving, ['auto'], state);
  }

  // A card's parts stand in the order in which they are read aloud.
  async function inOrder({ page }, state) {
    const wrong = await page.evaluate(() => {
      const top = (node) => node.getBoundingClientRect().top;
      const faults = [];
      const levels = [...document.querySelectorAll('h1, h2, h3, h4')]
        .filter((node) => node.checkVisibility()).map((node) => Number(node.tagName[1]));
      levels.forEach((level, i) => {
        if (level > (levels[i - 1] ?? 0) + 1) faults.push(`h${level} after h${levels[i - 1]}`);
      });
      const parts = [...document.querySelector('#result').children];
      parts.forEach((part, i) => {
        if (i > 0 && top(part) < top(parts[i - 1])) faults.push(`part ${i} is read too late`);
      });
      return faults;
    });
    assert.deepEqual(wrong, [], state);
  }

  for (const [scheme, width, motion] of [
    ['light', 320, 'no-preference'], ['dark', 1280, 'reduce'],
  ]) {
    test(`every state, ${scheme}, ${width} px wide`, async () => {
      scene.server.repent();
      const reader = await scene.deceived({ width, scheme, motion });
      for (const [state, reach] of Object.entries(STATES)) {
        if (reach) {
          await reach(reader, scene);
        } else {
          await reader.asks({ person: scene.numberOf(state) });
          await reader.sees('#outcome', scene.demo.cases[state].outcome);
          await reader.sees('.person', scene.numberOf(state));
        }
        await unfold(reader);
        await judged(reader, state);
        await reader.fitsItsWidth();
        await still(reader, state);
        await inOrder(reader, state);
      }
      await reader.leaves();
    });
  }

  test('landmarks and headings, in their order', async () => {
    const reader = await scene.reader();
    await reader.opens(`/p/${scene.yes}`);
    await reader.answer();
    const landmarks = await reader.page.evaluate(() =>
      [...document.querySelectorAll('header, main, footer')].map(({ tagName }) => tagName));
    assert.deepEqual(landmarks, ['HEADER', 'MAIN', 'FOOTER']);
    const headings = await reader.page.evaluate(() =>
      [...document.querySelectorAll('h1, h2, h3, h4')].filter((node) => node.checkVisibility())
        .map((node) => `${node.tagName} ${node.firstChild.textContent || node.textContent}`));
    assert.deepEqual(headings, [
      'H1 Check a practitioner', 'H2 Ask again', 'H2 YES', 'H3 Zoë Example-Jones',
      'H3 The answer in parts', 'H4 Registration', 'H4 Training', 'H4 Insurance on the day',
      'H4 Insurance if you claim', 'H4 Suspensions and conditions', 'H3 Whom to ask', 'H3 Keep it',
      'H2 Check a saved file', 'H2 What this page cannot guard you from',
    ]);
    assert.match(await reader.text('#status'), /^Answer: YES. The papers filed for Zoë/);
    await reader.leaves();
  });

  test('the keyboard is enough, from the empty page to a clinic’s answer and back', async () => {
    const reader = await scene.reader();
    const { page } = reader;
    const tabTo = async (wanted) => {
      for (let presses = 0; presses < 40; presses += 1) {
        if ((await reader.focused()).startsWith(wanted)) return;
        await page.keyboard.press('Tab');
        const outline = await page.evaluate(() =>
          getComputedStyle(document.activeElement).outlineStyle);
        assert.equal(outline, 'solid', `no sign of the focus at ${await reader.focused()}`);
      }
      assert.fail(`Tab never reached ${wanted}`);
    };
    await reader.opens();
    await reader.formIsReady();
    await page.keyboard.press('Tab');
    assert.equal(await reader.focused(), 'Skip to the answer');
    await tabTo('person');
    await page.keyboard.press('Enter');
    await reader.sees('#person-fault', 'Enter a registration number or a name.');
    await page.keyboard.type('soren eksempel');
    await page.keyboard.press('Enter');
    await reader.sees('#found', 'Who do you mean?');
    assert.equal(await reader.focused(), 'found');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await reader.sees('#outcome', 'CANNOT SAY');
    assert.equal(await reader.focused(), 'outcome');
    await tabTo('Yes, I will be treated there');
    await page.keyboard.press('Enter');
    await reader.sees('#outcome', 'YES');
    assert.equal(await reader.focused(), 'outcome');
    await tabTo('How was this checked?');
    await page.keyboard.press('Enter');
    await reader.sees('.steps', 'Its head is signed');
    await tabTo('Choose a file');
    await reader.leaves();
  });
});
