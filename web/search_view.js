// People who bear a name, as the register's search has them: hints, of which nothing is proven.

import { element } from './element.js';

function matchView({ language, choose, hrefOf }, { registrationNumber, names = [], town }) {
  const [name = registrationNumber, ...others] = names;
  const pick = (event) => {
    event.preventDefault();
    choose(registrationNumber);
  };
  return element('li', {},
    element('a', { class: 'match', href: hrefOf(registrationNumber), onclick: pick },
      element('strong', {}, name),
      element('span', {}, [town, registrationNumber].filter((part) => part).join(' · ')),
      others.length > 0 ? element('span', { class: 'minor' },
        language.say('search.also', { names: language.list(others) })) : ''));
}

/**
 * The results of a search, with further pages on demand.
 * @param {{language, choose, hrefOf}} page `choose` takes a registration number
 * @param {object} found the SearchByNameResponse
 * @param {(pageToken: string) => Promise<object>} nextPage
 */
export function searchView(page, found, nextPage) {
  const { language } = page;
  const list = element('ul', { class: 'matches' });
  const more = element('button', { type: 'button', class: 'quiet' }, language.say('search.more'));
  const capped = element('p', { class: 'minor', hidden: true }, language.say('search.capped'));
  let token = '';
  const add = ({ matches = [], nextPageToken = '', capped: isCapped = false }) => {
    const rows = matches.map((match) => matchView(page, match));
    list.append(...rows);
    token = nextPageToken;
    more.hidden = token === '';
    capped.hidden = !isCapped;
    return rows[0];
  };
  more.addEventListener('click', async () => {
    more.disabled = true;
    try {
      add(await nextPage(token))?.querySelector('a').focus();
    } catch {
      // The button stays, to be tried again.
    }
    more.disabled = false;
  });
  add(found);
  const isEmpty = list.children.length === 0;
  return [element('section', { class: 'card search', 'aria-labelledby': 'found' },
    element('h2', { id: 'found', tabindex: -1 }, language.say('search.heading')),
    element('p', {}, language.say(isEmpty ? 'search.none' : 'search.hint')), list, more, capped)];
}
