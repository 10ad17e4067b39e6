// Checking a saved file: chosen, or dropped anywhere on the page. It goes nowhere.

import { element } from './element.js';

/**
 * @param {Language} language
 * @param {(file: File) => void} open
 */
export function fileDropView(language, open) {
  const input = element('input', { type: 'file', accept: '.json,application/json', hidden: true });
  input.addEventListener('change', () => {
    const [file] = input.files;
    if (file) open(file);
    input.value = '';
  });
  return element('section', { class: 'card drop noprint' },
    element('h2', {}, language.say('file.heading')),
    element('p', { id: 'file-hint' }, language.say('file.hint')),
    element('button', {
      type: 'button', class: 'quiet', 'aria-describedby': 'file-hint', onclick: () => input.click(),
    }, language.say('file.choose')), input);
}

/** Lets a file be dropped anywhere. */
export function acceptDrops(open) {
  const hasFile = (event) => event.dataTransfer?.types.includes('Files');
  const mark = (isOver) => document.body.classList.toggle('dropping', isOver);
  addEventListener('dragover', (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    mark(true);
  });
  addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) mark(false);
  });
  addEventListener('drop', (event) => {
    mark(false);
    if (!hasFile(event)) return;
    event.preventDefault();
    open(event.dataTransfer.files[0]);
  });
}
