// What a patient takes along: the evidence, a print, the link; and the badge for a practitioner.

import { isNobody, nameIn } from './answer_view.js';
import { disclosure, element } from './element.js';
import { formatDay } from './verify/day.js';
import { formatRegistrationNumber } from './verify/registration_number.js';

/** Saves a blob under a name. */
export function download(blob, name) {
  const href = URL.createObjectURL(blob);
  const link = element('a', { href, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 60000);
}

// A picture that the server draws; where it draws none, nothing is shown.
function picture(api, path, attributes, around) {
  const holder = element(around.tag, { ...around.attributes, hidden: true });
  const show = (bytes) => {
    const src = URL.createObjectURL(new Blob([bytes], { type: 'image/svg+xml' }));
    holder.prepend(element('img', { ...attributes, src }));
    holder.hidden = false;
  };
  api.bytes(path, {}, { maxBytes: 262144 }).then(show, () => {});
  return holder;
}

const quoted = (text) => text.replace(/[&<>"]/g, (c) =>
  ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

/** The HTML that a practitioner pastes: a link with the badge. */
export function badgeSnippet(link, badge, label) {
  return `<a href="${quoted(String(link))}"><img src="${quoted(String(badge))}" `
    + `alt="${quoted(label)}"></a>`;
}

function badgeView({ language, api }, number, link, label) {
  const path = `badge/${number}.svg`;
  const snippet = badgeSnippet(link, api.url(path), label);
  const text = element('textarea', {
    readonly: true, rows: 4, id: 'snippet', spellcheck: 'false', onfocus: () => text.select(),
  });
  text.value = snippet;
  return disclosure(language.say('keep.badge'), { class: 'inner noprint' },
    element('p', {}, language.say('keep.badge_hint')),
    picture(api, path, { alt: language.say('keep.badge_image') }, { tag: 'p', attributes: {} }),
    element('label', { for: 'snippet' }, language.say('keep.snippet')), text);
}

/**
 * @param {{language, api, site}} page
 * @param answer as Inquiry gives it, of kind `answer`
 */
export function keepView(page, answer) {
  const { language, api, site } = page;
  const { question, bytes, saved } = answer;
  const number = formatRegistrationNumber(question.practitioner);
  const link = new URL(`?number=${number}`, site.root);
  const file = `bonafide-${number}-${formatDay(question.on)}.json`;
  const save = () => download(new Blob([bytes], { type: 'application/json' }), file);
  const nobody = isNobody(answer.verdict);
  const code = saved || nobody ? undefined : picture(api, `qr/${number}.svg`,
    { alt: language.say('keep.qr', { number }), width: 144, height: 144 },
    { tag: 'figure', attributes: { class: 'qr' } });
  code?.append(element('figcaption', { class: 'minor' }, language.say('keep.qr_hint')));
  return element('section', { class: 'card keep' },
    element('h3', { class: 'noprint' }, language.say('keep.heading')),
    code,
    element('div', { class: 'noprint' },
      element('p', {}, element('button', { type: 'button', onclick: save },
        language.say('keep.save')), element('span', { class: 'minor' },
        language.say('keep.save_hint'))),
      element('p', {}, element('button', { type: 'button', class: 'quiet', onclick: () => print() },
        language.say('keep.print')))),
    element('p', {}, element('span', { class: 'minor' }, language.say('keep.link')),
      element('a', { href: link, class: 'link' }, String(link))),
    saved || nobody ? undefined
      : badgeView(page, number, link, `${nameIn(language, answer)}, ${number}`));
}
