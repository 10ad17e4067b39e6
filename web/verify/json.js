// Strict JSON (docs/protocol.md, section 2). The parser of the platform would keep the last of two
// members of one name and round integers beyond 2^53, so two readers could see two documents.
//
// Objects become Maps, integers BigInts; a number with a fraction or an exponent becomes a Number,
// which no claim accepts.

import { fromUtf8 } from './bytes.js';
import { refuse } from './refusal.js';

const MAX_DEPTH = 16;
// Evidence of 4,096 subjects has at most six values for each of them; millions of empty ones would
// fit into its bytes, and take all the memory of a browser.
const MAX_VALUES = 65536;
const MIN_INTEGER = -(2n ** 63n);
const MAX_INTEGER = 2n ** 63n - 1n;
const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const LONE_SURROGATE = /\p{Surrogate}/u;
const ESCAPES = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const WORDS = [['true', true], ['false', false], ['null', null]];

class Parser {
  constructor(text) {
    this.text = text;
    this.at = 0;
    this.values = 0;
  }

  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  takes(character) {
    this.match(SPACE);
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  wrong() {
    refuse('json_syntax', `not JSON at character ${this.at}`);
  }

  value(depth) {
    this.values += 1;
    if (this.values > MAX_VALUES) refuse('json_size', 'JSON of more than 65,536 values');
    this.match(SPACE);
    const first = this.text[this.at];
    if (first === '"') return this.string();
    if (first === '{' || first === '[') {
      if (depth === MAX_DEPTH) refuse('json_depth', 'nested deeper than 16');
      this.at += 1;
      return first === '{' ? this.object(depth + 1) : this.array(depth + 1);
    }
    for (const [word, value] of WORDS) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.number();
  }

  object(depth) {
    const members = new Map();
    if (this.takes('}')) return members;
    do {
      this.match(SPACE);
      const name = this.string();
      if (members.has(name)) refuse('json_duplicate_name', `two members are named ${name}`);
      if (!this.takes(':')) this.wrong();
      members.set(name, this.value(depth));
    } while (this.takes(','));
    if (!this.takes('}')) this.wrong();
    return members;
  }

  array(depth) {
    const elements = [];
    if (this.takes(']')) return elements;
    do elements.push(this.value(depth));
    while (this.takes(','));
    if (!this.takes(']')) this.wrong();
    return elements;
  }

  number() {
    const found = this.match(NUMBER) ?? this.wrong();
    const [text, fraction, exponent] = found;
    if (fraction !== undefined || exponent !== undefined) {
      const value = Number(text);
      const vanished = value === 0 && /[1-9]/.test(text.split(/[eE]/)[0]);
      if (!Number.isFinite(value) || vanished) refuse('json_number', 'a number out of range');
      return value;
    }
    if (text === '-0') refuse('json_number', 'an integer written -0');
    // Twenty digits and a sign hold every 64-bit integer; BigInt of more would be slow.
    const value = text.length <= 20 ? BigInt(text) : MAX_INTEGER + 1n;
    if (value < MIN_INTEGER || value > MAX_INTEGER) {
      refuse('json_number', 'an integer of more than 64 bits');
    }
    return value;
  }

  string() {
    if (this.text[this.at] !== '"') this.wrong();
    this.at += 1;
    let text = '';
    for (;;) {
      text += this.match(PLAIN)[0];
      const stop = this.text[this.at];
      this.at += 1;
      if (stop === '"') break;
      if (stop !== '\\') this.wrong();
      text += this.escaped();
    }
    if (LONE_SURROGATE.test(text)) refuse('json_syntax', 'half of a surrogate pair');
    return text;
  }

  escaped() {
    const letter = this.text[this.at];
    this.at += 1;
    if (letter === 'u') {
      const digits = this.text.slice(this.at, this.at + 4);
      if (!/^[0-9a-fA-F]{4}$/.test(digits) || digits === '0000') this.wrong();
      this.at += 4;
      return String.fromCharCode(parseInt(digits, 16));
    }
    return Object.hasOwn(ESCAPES, letter ?? '') ? ESCAPES[letter] : this.wrong();
  }
}

/**
 * The value of a JSON text, or of its UTF-8 bytes.
 * @param {string|Uint8Array} source
 * @throws {Refusal} json_size, json_utf8, json_syntax, json_depth, json_duplicate_name, json_number
 */
export function parseJson(source) {
  const text = typeof source === 'string' ? source : fromUtf8(source, 'json_utf8');
  const parser = new Parser(text);
  const value = parser.value(0);
  parser.match(SPACE);
  if (parser.at !== text.length) parser.wrong();
  return value;
}
