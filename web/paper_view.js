// Papers from the server: shown only when their bytes are those that were signed for
// (docs/protocol.md, section 2, "A paper").

import { element } from './element.js';
import { hex } from './verify/bytes.js';

const ENDINGS = { 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpg' };

/**
 * The bytes of a paper that have its digest.
 * @returns {Promise<Blob>}
 * @throws {ApiFault} without an answer
 * @throws {Error} `paper_wrong` for other bytes
 */
async function fetchPaper(api, { sha256, type }) {
  const bytes = await api.paper(sha256);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  if (hex(digest) !== sha256) throw new Error('paper_wrong');
  return new Blob([bytes], { type });
}

/**
 * The photograph of a person, or why there is none.
 * @param {{language, api, offline}} context
 * @param {{name?, photo?, withheld?: string[]}} person
 */
export function photoView({ language, api, offline }, { name = '', photo, withheld = [] }) {
  const frame = element('figure', { class: photo && !offline ? 'photo' : 'photo none' });
  const caption = (key) => element('figcaption', {}, language.say(key));
  if (!photo) {
    const isFiled = withheld.includes('photo');
    frame.append(caption(isFiled ? 'person.photo_withheld' : 'person.photo_none'));
    return frame;
  }
  if (offline) {
    frame.append(caption('person.photo_missing'));
    return frame;
  }
  const show = (blob) => {
    const source = URL.createObjectURL(blob);
    const alt = language.say('person.photo', { name });
    frame.append(element('img', { src: source, alt, width: 160, height: 200 }),
      caption('person.photo_check'));
  };
  fetchPaper(api, photo).then(show, (error) => {
    const wrong = error.message === 'paper_wrong';
    frame.setAttribute('class', wrong ? 'photo none wrong' : 'photo none');
    frame.append(caption(wrong ? 'person.photo_wrong' : 'person.photo_missing'));
  });
  return frame;
}

/** A button that fetches a paper, checks it, and becomes a link that saves it. */
export function paperLink({ language, api }, paper, index, name) {
  const holder = element('div', { class: 'paper' });
  const state = element('span', { role: 'status' });
  const values = { index, type: ENDINGS[paper.type].toUpperCase() };
  const button = element('button', { type: 'button', class: 'quiet' },
    language.say('record.paper', values));
  button.addEventListener('click', async () => {
    button.disabled = true;
    state.textContent = language.say('record.paper_checking');
    try {
      const blob = await fetchPaper(api, paper);
      const link = element('a', {
        class: 'button quiet',
        href: URL.createObjectURL(blob),
        download: `${name}.${ENDINGS[paper.type]}`,
      }, language.say('record.paper_save', values));
      button.replaceWith(link);
      link.focus();
      state.textContent = language.say('record.paper_hint');
    } catch (error) {
      const wrong = error.message === 'paper_wrong';
      button.disabled = false;
      state.textContent = language.say(wrong ? 'record.paper_wrong' : 'record.paper_missing');
      state.classList.toggle('wrong', wrong);
    }
  });
  holder.append(button, state);
  return holder;
}
