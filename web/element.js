// Elements of the page, built without any HTML text, so that nothing filed can become markup.

const SVG = 'http://www.w3.org/2000/svg';

function set(node, name, value) {
  if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
  else if (value === true) node.setAttribute(name, '');
  else if (value !== undefined && value !== false) node.setAttribute(name, value);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) set(node, name, value);
  node.append(...children.flat(3).filter((child) => child));
  return node;
}

/**
 * An element with attributes and children. An attribute `on…` is a listener; undefined and false
 * are left out, as are undefined, false and empty children.
 */
export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** Terms and what they are, as a description list; rows without a description are left out. */
export function facts(rows) {
  const shown = rows.filter(([, value]) => value);
  return element('dl', { class: 'facts' }, shown.map(([term, value]) =>
    element('div', {}, element('dt', {}, term), element('dd', {}, value))));
}

/** Something that opens. */
export function disclosure(summary, attributes, ...children) {
  return element('details', attributes, element('summary', {}, summary), ...children);
}

const CIRCLE = 'M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20z';
// A shape of its own for each outcome, so that none is told by its colour alone.
const SHAPES = {
  YES: [CIRCLE, 'M7 12.5l3.4 3.4L17 9'],
  NO: ['M8 2h8l6 6v8l-6 6H8l-6-6V8z', 'M8.5 8.5l7 7m0-7l-7 7'],
  CANNOT_SAY: [CIRCLE, 'M9 9.3a3 3 0 1 1 4.4 2.6c-.9.5-1.4 1-1.4 2m0 3v.1'],
  FAILED: ['M12 2.5L23 21.5H1z', 'M12 9v6m0 3v.1'],
};

/** The sign of an outcome; the word stands beside it. */
export function sign(outcome) {
  const [body, mark] = SHAPES[outcome];
  const path = (d, name) => filled(document.createElementNS(SVG, 'path'), { d, class: name }, []);
  const attributes = { class: 'sign', viewBox: '0 0 24 24', 'aria-hidden': 'true' };
  return filled(document.createElementNS(SVG, 'svg'), attributes, [
    path(body, 'sign-body'), path(mark, 'sign-mark')]);
}
