// Requests made from the front's description with a seeded generator: allowed ones, ones at the
// bounds, and wrong ones of every kind.

import { ODD_ESCAPES, ODD_HEADERS, ODD_NUMBERS, ODD_TEXTS, VERBS } from './values.js';

const TYPES = {
  string: () => [...ODD_TEXTS, ...ODD_NUMBERS],
  integer: () => [...ODD_NUMBERS, ...ODD_TEXTS],
  boolean: () => ['True', '1', '0', 'yes', 'on', 'TRUE', ...ODD_TEXTS],
};

// Their values are several parts of a path: slashes stay.
const PATHS = new Set(['issuer', 'file', 'tile', 'bundle']);
const escaped = (text) => encodeURIComponent(text);
const inPath = (name, text) =>
  PATHS.has(name) ? text.split('/').map(escaped).join('/') : escaped(text);

export class Requests {
  #random;
  #good;

  constructor(random, good) {
    this.#random = random;
    this.#good = good;
  }

  /**
   * A request for an operation.
   * @returns {{operation, path: Object<string, string>, method: string, target: string,
   *     headers: string[], canary: string, what: string, isAllowed: boolean|undefined}} `path`: its
   *     values; `target` in Latin-1; `isAllowed` says whether the description allows it, undefined
   *     where that is no question of values
   */
  make(operation) {
    const canary = `zq${this.#random.bytes(6).toString('hex')}`;
    const kinds = ['good', 'odd', 'odd', 'odd', 'raw', 'missing', 'unknown', 'doubled', 'verb',
      'header', 'bare'];
    const what = this.#random.pick(kinds);
    const asked = { operation, what, canary, method: 'GET', headers: [], isRaw: false };
    asked.path = {};
    for (const { name } of operation.pathParameters) asked.path[name] = this.#goodValue(name);
    asked.query = [];
    for (const { name, required } of operation.queryParameters) {
      if ((required || this.#random.once(4)) && this.#good[name]?.length > 0) {
        asked.query.push([name, this.#goodValue(name)]);
      }
    }
    this[`_${what}`]?.(asked);
    if (asked.what === 'good' && this.#random.once(4)) asked.headers.push('Accept-Encoding: gzip');
    return this.#written(asked);
  }

  #goodValue(name) {
    return this.#random.pick(this.#good[name] ?? ['']);
  }

  #oddValue({ schema }, canary) {
    const odd = this.#random.pick(TYPES[schema.type]());
    return schema.type === 'string' && this.#random.once(3) ? `${odd}${canary}` : odd;
  }

  // One value is odd: of the path or of the query.
  _odd(asked) {
    if (asked.operation.parameters.length === 0) return this._unknown(asked);
    const parameter = this.#random.pick(asked.operation.parameters);
    const value = this.#oddValue(parameter, asked.canary);
    if (parameter.in === 'path') {
      asked.path[parameter.name] = value;
    } else {
      asked.query = asked.query.filter(([name]) => name !== parameter.name);
      asked.query.push([parameter.name, value]);
    }
    return undefined;
  }

  _raw(asked) {
    const raw = this.#random.pick(ODD_ESCAPES);
    const parts = ['path', 'name', 'value'];
    const marked = this.#random.once(2) ? raw : raw + asked.canary;
    asked.isRaw = { at: this.#random.pick(parts), raw: marked };
  }

  _missing(asked) {
    const required = asked.operation.queryParameters.filter((parameter) => parameter.required);
    if (required.length === 0) return this._odd(asked);
    const { name } = this.#random.pick(required);
    asked.query = asked.query.filter(([other]) => other !== name);
    return undefined;
  }

  _unknown(asked) {
    const names = ['', 'Treatment', 'treatment[]', 'page', '__proto__', 'toString', 'question.on'];
    const name = this.#random.once(3) ? this.#random.pick(names) : asked.canary;
    const at = this.#random.below(asked.query.length + 1);
    asked.query.splice(at, 0, [name, this.#random.pick(ODD_TEXTS)]);
  }

  _doubled(asked) {
    if (asked.query.length === 0) return this._unknown(asked);
    const [name, value] = this.#random.pick(asked.query);
    asked.query.push([name, this.#random.once(2) ? value : `${asked.canary}`]);
    return undefined;
  }

  _verb(asked) {
    asked.method = this.#random.pick(VERBS);
  }

  _header(asked) {
    for (let i = this.#random.below(4); i >= 0; --i) {
      asked.headers.push(this.#random.pick(ODD_HEADERS));
    }
  }

  // A path or query that is nearly right.
  _bare(asked) {
    const raw = this.#random.pick(['/', '//', '?', '?&', '?&&=', '?=', '&', '??', '/?', ';a=b',
      '/..', '/.', '/%2e', '%20', '?a', '?a=b=c', `?${'a=b&'.repeat(70)}`, `?a=${'x'.repeat(4100)}`,
      'x'.repeat(3900)]);
    asked.isRaw = { at: 'whole', raw };
  }

  #written({ operation, path, query, isRaw, method, headers, canary, what }) {
    let target = operation.path.replace(/\{([a-z0-9_]+)\}/g, (_, name) => inPath(name, path[name]));
    const pairs = query.map(([name, value]) => [escaped(name), escaped(value)]);
    const part = pairs.length > 0 ? ['name', 'value'].indexOf(isRaw.at) : -1;
    if (part >= 0) this.#random.pick(pairs)[part] += isRaw.raw;
    else if (isRaw && isRaw.at !== 'whole') target += isRaw.raw;
    if (pairs.length > 0) target += `?${pairs.map((pair) => pair.join('=')).join('&')}`;
    if (isRaw.at === 'whole') target += isRaw.raw;
    const values = Object.values(path);
    // What no schema says: an empty part, or one of slashes or dots, is another path, and control
    // characters stand nowhere.
    const isPlain = !isRaw && values.every((text) => !/^(\.*|.*\/\/.*|\/.*|.*\/)$/.test(text)) &&
      Object.entries(path).every(([name, text]) => PATHS.has(name) || !text.includes('/')) &&
      // eslint-disable-next-line no-control-regex
      [...values, ...query.flat()].every((text) => !/[\u0000-\u001f\u007f]/.test(text));
    const isRead = method === 'GET' || method === 'HEAD';
    const isAllowed = isPlain && isRead && target.length <= 4000
      ? operation.allows(path, query) : undefined;
    return { operation, path, method, target, headers, canary, what, isAllowed };
  }
}
