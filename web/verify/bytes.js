// Byte strings: UTF-8, hexadecimal, big-endian integers (docs/protocol.md, head and section 4).

import { refuse } from './refusal.js';

const encoder = new TextEncoder();
// A byte order mark is kept, so that the grammar behind it refuses it.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The UTF-8 of a string. */
export const utf8 = (text) => encoder.encode(text);

/** The string of strict UTF-8. @throws {Refusal} `reason` where it is none. */
export function fromUtf8(bytes, reason) {
  try {
    return decoder.decode(bytes);
  } catch {
    return refuse(reason, 'not UTF-8');
  }
}

/** Byte strings joined. */
export function concat(...parts) {
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Whether two byte strings are the same. */
export function same(a, b) {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Lower-case hexadecimal. */
export const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');

/** A 64-bit big-endian integer at an offset, as a BigInt. */
export function readU64(bytes, at) {
  return new DataView(bytes.buffer, bytes.byteOffset + at, 8).getBigUint64(0);
}

/** Eight bytes, big-endian. */
export function u64(value) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}
