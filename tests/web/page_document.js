// As much of a document as the page's views need under Node: elements, attributes, text.

class FakeNode {
  constructor(tag) {
    this.tag = tag;
    this.attributes = new Map();
    this.childNodes = [];
    this.listeners = new Map();
    const names = () => (this.attributes.get('class') ?? '').split(' ').filter((name) => name);
    this.classList = {
      toggle: (name, isOn) => this.attributes.set('class',
        [...names().filter((each) => each !== name), ...(isOn ? [name] : [])].join(' ')),
    };
  }

  setAttribute(name, value) { this.attributes.set(name, String(value)); }
  addEventListener(name, listener) { this.listeners.set(name, listener); }
  append(...children) {
    for (const child of children) {
      if (child !== '' && !child) throw new Error(`appended ${child}`);
      this.childNodes.push(child);
    }
  }

  prepend(...children) { this.childNodes.unshift(...children); }

  /** All that a reader could read, with a space behind every element. */
  get textContent() {
    const text = this.childNodes.map((child) => {
      return child instanceof FakeNode ? `${child.textContent} ` : String(child);
    });
    return text.join('');
  }

  set textContent(text) { this.childNodes = [text]; }

  /** Elements below this one, itself included, that satisfy a condition. */
  all(condition) {
    const below = this.childNodes.filter((child) => child instanceof FakeNode);
    return [...(condition(this) ? [this] : []), ...below.flatMap((child) => child.all(condition))];
  }

  hasClass(name) { return (this.attributes.get('class') ?? '').split(' ').includes(name); }
}

/** Puts such a document in the place of a browser's. */
export function installDocument() {
  const createElement = (tag) => new FakeNode(tag);
  globalThis.document = { createElement, createElementNS: (_, tag) => new FakeNode(tag) };
}
