// What the page pins, and what it cannot guard its reader from (docs/protocol.md, section 12).

import { disclosure, element, facts } from './element.js';

function anchorsView(language, { trust }) {
  const { origin, log_key: logKey, genesis, policy, max_age_s: seconds } = JSON.parse(trust);
  const code = (text) => element('code', {}, text);
  return facts([
    [language.say('trust.origin'), code(origin)],
    [language.say('trust.log_key'), code(logKey)],
    [language.say('trust.genesis'), code(genesis)],
    [language.say('trust.policy'),
      policy === '' ? language.say('trust.policy_none') : element('pre', {}, policy)],
    [language.say('trust.max_age'), language.say('trust.seconds', { seconds })],
  ]);
}

/** The foot of the page. */
export function trustView(language, site) {
  return [
    element('section', {},
      element('h2', {}, language.say('trust.limits')),
      element('p', {}, language.say('trust.limits_text')),
      element('p', {}, language.say('trust.limits_do'))),
    disclosure(language.say('trust.heading'), { class: 'inner' },
      element('p', {}, language.say(site.fault ? 'failed.no_anchors' : 'trust.lead')),
      site.fault ? '' : anchorsView(language, site)),
    element('p', { class: 'minor' }, language.say('trust.privacy')),
  ];
}
