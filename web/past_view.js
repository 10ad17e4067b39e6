// A day that has passed: an answer for it says nothing of today, and looks like no plain YES.

import { element } from './element.js';
import { today } from './language.js';
import { reasonText } from './reason_text.js';
import { formatDay } from './verify/day.js';

/** Whether the day of a question, as readQuestion gives it, is before the reader's own. */
export const isPast = ({ on }) => formatDay(on) < today();

/** Says of an answer that its day has passed. */
export const pastText = (language, { on }) =>
  language.say('answer.past', { day: language.day(on) });

/**
 * @param {{language, names, askOn}} context `askOn` asks the same for another day
 * @param answer as Inquiry gives it, of kind `answer`
 * @param {(verdict) => object|undefined} mainReason the reason to name first
 */
export function pastView({ language, names, askOn }, { question, verdictToday }, mainReason) {
  const reason = verdictToday && verdictToday.outcome !== 'YES' && mainReason(verdictToday);
  return element('div', { class: 'banner past' },
    element('p', {}, pastText(language, question)),
    verdictToday && element('p', {},
      language.say('answer.past_today', {
        outcome: language.say(`outcome.${verdictToday.outcome}`),
      }), reason ? [' ', reasonText(language, reason, names)] : ''),
    element('p', { class: 'noprint' }, element('button', {
      type: 'button', onclick: () => askOn(today()),
    }, language.say('answer.ask_today'))));
}
