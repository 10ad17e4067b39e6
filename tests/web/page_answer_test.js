// Every case of docs/verdict.md as a patient would see it, in both languages.

import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import test from 'node:test';
import { answerView, isNobody, sentenceOf } from '../../web/answer_view.js';
import { failureView } from '../../web/failure_view.js';
import { Language } from '../../web/language.js';
import cy from '../../web/texts/cy.js';
import en from '../../web/texts/en.js';
import { checkFile } from '../../web/verify/verify.js';
import { CaseWorld, readCases } from './case_table.js';
import { installDocument } from './page_document.js';

globalThis.crypto ??= webcrypto;
installDocument();

const LANGUAGES = [new Language('en', en), new Language('cy', cy)];
// What would be seen of a missing value or text.
const SLIPS =
  /undefined|null|NaN|\[object|[{}]|\b(reason|answer|leg|record|grade|why|how|steps)\.[a-z]/;

async function answerOf({ filed, asked }) {
  const world = new CaseWorld(filed);
  for (const entry of world.register.entries) entry.unknown = entry.type === 'teleportation';
  const question = world.question(asked);
  const { register } = world;
  const nowMs = Math.max(register.clockMs, question.knownAtMs) + 1000;
  const file = register.file(question, register.head({ timeMs: nowMs }));
  const checked = await checkFile({ trust: register.trust(), file, nowMs });
  assert.ok(checked.ok, checked.message);
  return { kind: 'answer', ...checked, saved: true, history: { kind: 'saved' } };
}

const WORDS = { YES: 'YES', NO: 'NO', CANNOT_SAY: 'CANNOT SAY' };

for (const each of readCases()) {
  test(each.name, async () => {
    const answer = await answerOf(each);
    for (const language of LANGUAGES) {
      const views = answerView({ language, askAt: () => {} }, answer);
      const text = views.map((view) => view.textContent).join(' ');
      assert.doesNotMatch(text, SLIPS);
      const { outcome, legs, warnings, negatives, conditions } = answer.verdict;
      const [headline] = views;
      assert.ok(headline.hasClass(outcome));
      const [heading] = headline.all((node) => node.tag === 'h2');
      // The word, and of a saved answer the time.
      const time = language.time(answer.verdict.asOfMs);
      const word = language.code === 'en' ? WORDS[outcome] : language.say(`outcome.${outcome}`);
      const said = heading.textContent.replaceAll(/ +/g, ' ').trim();
      assert.equal(said, `${word}${language.say('answer.saved_on', { time })}`);
      assert.ok(headline.textContent.includes(sentenceOf(language, answer)));
      // Whoever is told NO or CANNOT SAY is told why.
      const because = headline.all((node) => node.hasClass('because'));
      assert.equal(because.length, outcome === 'YES' ? 0 : 1);
      const shown = views.flatMap((view) => view.all((node) => node.hasClass('leg')));
      const expected = isNobody(answer.verdict) ? legs.slice(0, 1) : legs;
      const outcomes = ['NO', 'CANNOT_SAY', 'YES'];
      const outcomeOf = (leg) => outcomes.find((word) => leg.hasClass(word));
      const legsSaid = expected.map((leg) => leg.outcome);
      const worstFirst = outcomes.flatMap((each) => legsSaid.filter((leg) => leg === each));
      assert.deepEqual(shown.map(outcomeOf), worstFirst);
      for (const note of [...warnings, ...negatives, ...conditions]) {
        const key = en[`reason.${note.code}`];
        assert.ok(key, note.code);
      }
    }
  });
}

test('a sanction is named first, whatever else is wrong', async () => {
  const found = readCases().find(({ name }) => name === 'The second number, asked about itself');
  const [headline] = answerView({ language: LANGUAGES[0], askAt: () => {} }, await answerOf(found));
  const [because] = headline.all((node) => node.hasClass('because'));
  assert.match(because.textContent, /suspended/);
});

test('a failure shows no answer, and a fork both heads', () => {
  const now = { size: 20n, root: 'ab'.repeat(32), note: 'now' };
  const before = { size: 45n, root: 'cd'.repeat(32), note: 'before' };
  const codes = Object.keys(en)
    .filter((key) => key.startsWith('failed.'))
    .map((key) => key.slice('failed.'.length))
    .filter((code) => !['sentence', 'why', 'reason', 'where', 'advice'].includes(code));
  for (const language of LANGUAGES) {
    for (const code of codes) {
      const heads = ['fork', 'older', 'history'].includes(code) ? { before, now } : {};
      const failure = { kind: 'failure', code, detail: 'why', reason: 'a_reason', ...heads };
      const [view] = failureView({ language, memory: {}, retry: () => {} }, failure);
      assert.ok(view.hasClass('FAILED'));
      assert.doesNotMatch(view.textContent, SLIPS);
      for (const outcome of ['YES', 'NO', 'CANNOT_SAY']) assert.ok(!view.hasClass(outcome));
      if (heads.before) {
        assert.match(view.textContent, /45 .*cdcd/);
        assert.match(view.textContent, /20 .*abab/);
      }
    }
  }
});
