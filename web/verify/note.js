// Signed notes and the keys that sign them (docs/protocol.md, section 6; C2SP signed-note).

import { fromBase64 } from './base64.js';
import { concat, hex, utf8 } from './bytes.js';
import { ed25519KeyFault } from './ed25519.js';
import { refuse } from './refusal.js';
import { sha256 } from './sha256.js';

const MAX_BYTES = 65536;
const MAX_LINES = 64;
const NAME = /^[^\p{White_Space}\p{Cc}+]+$/u;
const MAX_NAME_BYTES = 255;
const LINE = /^\u2014 ([^ ]+) ([^ ]+)$/u;

/** The type of a log's key, and that of a cosigner's. */
export const LOG_KEY = 1;
export const COSIGNER_KEY = 4;

const isName = (name) => NAME.test(name) && utf8(name).length <= MAX_NAME_BYTES;

/**
 * A verifier key.
 * @returns {{name: string, id: string, type: number, alg: string, x: Uint8Array}}
 * @throws {Refusal} note_vkey, note_key, key_encoding, key_point
 */
export function readVkey(text) {
  const found = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text);
  if (!found) refuse('note_vkey', 'not a vkey');
  const [, name, id, encoded] = found;
  if (!isName(name)) refuse('note_key', 'a key name with spaces');
  const material = fromBase64(encoded);
  const type = material[0];
  if (material.length !== 33) refuse('note_vkey', 'a vkey of another length');
  if (type !== LOG_KEY && type !== COSIGNER_KEY) refuse('note_key', 'a key that signs no notes');
  if (hex(sha256(utf8(`${name}\n`), material)).slice(0, 8) !== id) {
    refuse('note_vkey', 'a vkey whose id is not that of its key');
  }
  const x = material.subarray(1);
  const fault = ed25519KeyFault(x);
  if (fault) refuse(fault, 'a vkey without a usable point');
  return { name, id, type, alg: 'Ed25519', x };
}

/**
 * The text of a note, and its signatures by `<name>+<id>`. Nothing is verified yet.
 * @returns {{text: string, signatures: Map<string, Uint8Array>}}
 * @throws {Refusal} note_size, note_syntax, note_key, note_key_twice, base64
 */
export function readNote(note) {
  if (utf8(note).length > MAX_BYTES) refuse('note_size', 'a note larger than 64 KiB');
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0009\u000b-\u001f]|\p{Surrogate}/u.test(note)) {
    refuse('note_syntax', 'a control character in a note');
  }
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) refuse('note_syntax', 'a note without signatures');
  const lines = note.slice(split + 2).split('\n').slice(0, -1);
  if (lines.length === 0) refuse('note_syntax', 'a note without signatures');
  if (lines.length > MAX_LINES) refuse('note_size', 'more than 64 lines of signatures');
  const signatures = new Map();
  for (const line of lines) {
    const found = LINE.exec(line) ?? refuse('note_syntax', 'not a line of a signature');
    const [, name, encoded] = found;
    if (!isName(name)) refuse('note_key', 'a key name that is none');
    const bytes = fromBase64(encoded);
    if (bytes.length < 5) refuse('note_syntax', 'a signature of no bytes');
    const key = `${name}+${hex(bytes.subarray(0, 4))}`;
    if (signatures.has(key)) refuse('note_key_twice', `two lines of ${name}`);
    signatures.set(key, bytes.subarray(4));
  }
  return { text: note.slice(0, split + 1), signatures };
}

/** What a cosigner signs: the checkpoint's text at a time in seconds. */
export function cosignedMessage(timeS, text) {
  return concat(utf8(`cosignature/v1\ntime ${timeS}\n`), utf8(text));
}
