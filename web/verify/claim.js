// Forms of claims: each reads one JSON value strictly and returns it, integers as BigInts and days
// as numbers (docs/protocol.md, sections 2 and 3).

import { isBase64UrlOf } from './base64.js';
import { parseDay } from './day.js';
import { readJwk } from './jwk.js';
import { refuse } from './refusal.js';
import { isText } from './text.js';

/** 2^53 - 1, the greatest number, index and amount bound below which JSON readers agree. */
export const MAX_NUMBER = 2n ** 53n - 1n;

export function string(value) {
  return typeof value === 'string' ? value : refuse('claim_type', 'not a string');
}

export function boolean(value) {
  return typeof value === 'boolean' ? value : refuse('claim_type', 'not true or false');
}

export const integer = (least, most) => (value) => {
  if (typeof value !== 'bigint') refuse('claim_type', 'not an integer');
  if (value < least || value > most) refuse('claim_range', 'an integer out of bounds');
  return value;
};

export const number = integer(0n, MAX_NUMBER);
export const amount = integer(0n, 10n ** 15n);
export const level = integer(0n, 8n);

export const pattern = (form, reason = 'claim_range') => (value) =>
  form.test(string(value)) ? value : refuse(reason, 'a string of another form');

export const code = pattern(/^[a-z][a-z0-9_.-]{0,63}$/);
export const recognition = pattern(/^[A-Z0-9][A-Z0-9./-]{0,31}$/);
export const currency = pattern(/^[A-Z]{3}$/);
export const nonce = pattern(/^[A-Za-z0-9_-]{22,64}$/);

export const oneOf = (...values) => (value) =>
  values.includes(string(value)) ? value : refuse('claim_range', 'a word that is not provided for');

export const grade = oneOf('self_declared', 'document_seen', 'issuer_confirmed', 'issuer_signed');

export const text = (most) => (value) =>
  isText(string(value), most) ? value : refuse('claim_range', 'not a text of allowed characters');
export const text200 = text(200);

export function day(value) {
  return parseDay(string(value)) ?? refuse('day', 'not a day');
}

export function identity(value) {
  return isBase64UrlOf(string(value), 32) ? value : refuse('event_id', 'not an identity');
}

export function thumbprint(value) {
  return isBase64UrlOf(string(value), 32) ? value : refuse('key_id', 'not a thumbprint');
}

export const jwk = readJwk;

const nameOf = (value) => (typeof value === 'object' ? value.thumbprint : value);

/** An array of `least` to `most` elements; strings and keys stand in it once. */
export const array = (element, least, most) => (value) => {
  if (!Array.isArray(value)) refuse('claim_type', 'not an array');
  if (value.length < least || value.length > most) refuse('claim_range', 'too few or many');
  const elements = value.map((item) => element(item));
  const names = elements.map(nameOf).filter((name) => name !== undefined);
  if (new Set(names).size !== names.length) refuse('claim_conflict', 'an element twice');
  return elements;
};

/** An array of objects that differ in the member `name`. */
export const arrayBy = (name, element, least, most) => {
  const read = array(element, least, most);
  return (value) => {
    const elements = read(value);
    if (new Set(elements.map((item) => item[name])).size !== elements.length) {
      refuse('claim_conflict', `a ${name} twice`);
    }
    return elements;
  };
};

/** An object with exactly these members; a name that ends in `?` may be missing. */
export const object = (members) => {
  const fields = Object.entries(members).map(([name, read]) => {
    const optional = name.endsWith('?');
    return { name: optional ? name.slice(0, -1) : name, optional, read };
  });
  const names = new Set(fields.map((field) => field.name));
  return (value) => {
    if (!(value instanceof Map)) refuse('claim_type', 'not an object');
    for (const name of value.keys()) {
      if (!names.has(name)) refuse('claim_unknown', 'a member that is not provided for', name);
    }
    const found = {};
    for (const { name, optional, read } of fields) {
      if (value.has(name)) {
        try {
          found[name] = read(value.get(name));
        } catch (error) {
          error.where = error.where ? `${name}.${error.where}` : name;
          throw error;
        }
      } else if (!optional) {
        refuse('claim_missing', 'a member is missing', name);
      }
    }
    return found;
  };
};
