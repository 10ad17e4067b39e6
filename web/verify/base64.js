// Strict base64 and base64url: one spelling for every byte string (docs/protocol.md, section 2).

import { refuse } from './refusal.js';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const STANDARD = LETTERS + '+/';
const URL_SAFE = LETTERS + '-_';

function values(alphabet) {
  const table = new Int8Array(128).fill(-1);
  for (let i = 0; i < 64; i += 1) table[alphabet.charCodeAt(i)] = i;
  return table;
}
const standardValues = values(STANDARD);
const urlValues = values(URL_SAFE);

// Undefined where a character is foreign, the length impossible or a spare bit set.
function decode(text, length, table) {
  if (length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < length; i += 1) {
    const code = text.charCodeAt(i);
    const value = code < 128 ? table[code] : -1;
    if (value < 0) return undefined;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = held >> bits;
      at += 1;
      held &= (1 << bits) - 1;
    }
  }
  return held === 0 ? bytes : undefined;
}

function encode(bytes, alphabet) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let k = 0; k < Math.min(4, bytes.length - i + 1); k += 1) {
      text += alphabet[(group >> (18 - 6 * k)) & 63];
    }
  }
  return text;
}

/** Bytes of padded standard base64. @throws {Refusal} base64 */
export function fromBase64(text) {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes =
    text.length % 4 === 0 ? decode(text, text.length - padding, standardValues) : undefined;
  return bytes ?? refuse('base64', 'no canonical padded base64');
}

/** Padded standard base64. */
export function toBase64(bytes) {
  const text = encode(bytes, STANDARD);
  return text + '='.repeat((4 - (text.length % 4)) % 4);
}

/** Bytes of unpadded base64url. @throws {Refusal} base64url */
export function fromBase64Url(text) {
  return (
    decode(text, text.length, urlValues) ?? refuse('base64url', 'no canonical unpadded base64url')
  );
}

/** Unpadded base64url. */
export const toBase64Url = (bytes) => encode(bytes, URL_SAFE);

/** Whether text is `size` bytes in canonical base64url. */
export function isBase64UrlOf(text, size) {
  return typeof text === 'string' && decode(text, text.length, urlValues)?.length === size;
}
