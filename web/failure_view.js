// COULD NOT CHECK: why, and what to do. No answer stands beside it.

import { element, facts, sign } from './element.js';
import { download } from './keep_view.js';

function forkView({ language, memory, retry }, { origin, before, now }) {
  const row = ({ size, root }) => language.say('fork.head', { size: language.number(size), root });
  const notes = `${before.note}\n${now.note}`;
  const save = () => download(new Blob([notes], { type: 'text/plain' }), 'signed-heads.txt');
  const forget = () => {
    memory.forget(origin);
    retry();
  };
  return [
    facts([
      [language.say('fork.before'), element('code', {}, row(before))],
      [language.say('fork.now'), element('code', {}, row(now))],
    ]),
    element('p', {},
      element('button', { type: 'button', onclick: save }, language.say('fork.save')),
      element('span', { class: 'minor' }, language.say('fork.save_hint'))),
    element('p', {},
      element('button', { type: 'button', class: 'quiet', onclick: forget },
        language.say('fork.forget')),
      element('span', { class: 'minor' }, language.say('fork.forget_hint'))),
  ];
}

/** The first thing to say about a failure. */
export function failureText(language, { code, detail = '' }) {
  return language.say(`failed.${code}`, { detail });
}

/**
 * A failure on the page.
 * @param {{language, memory, retry}} page `retry` asks the same again
 * @param failure as Inquiry gives it, of kind `failure`
 */
export function failureView(page, failure) {
  const { language, retry } = page;
  const { reason, where } = failure;
  return [element('section', { class: 'answer FAILED', 'aria-labelledby': 'outcome' },
    element('h2', { id: 'outcome', tabindex: -1 },
      sign('FAILED'), element('span', {}, language.say('outcome.FAILED'))),
    element('p', { class: 'sentence' }, language.say('failed.sentence')),
    element('p', { class: 'because' },
      element('strong', {}, `${language.say('failed.why')}:`), ' ', failureText(language, failure)),
    failure.before && forkView(page, failure),
    element('p', {}, language.say('failed.advice')),
    reason && element('p', { class: 'minor' }, language.say('failed.reason', { reason }),
      where ? ` · ${language.say('failed.where', { where })}` : ''),
    element('p', {},
      element('button', { type: 'button', onclick: retry }, language.say('ask.retry'))),
  )];
}
