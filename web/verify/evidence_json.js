// The JSON forms of evidence: the one spelling of a file, and what a server sends
// (docs/protocol.md, section 7, "The file form"; proto/bonafide/v1/evidence.proto).

import { fromBase64, fromBase64Url, toBase64 } from './base64.js';
import { same, utf8 } from './bytes.js';
import { parseJson } from './json.js';
import { refuse } from './refusal.js';

// [name, type, repeated or optional], in the order of the field numbers.
const SUBJECT = [
  ['number', 'uint64'], ['knownEntries', 'uint64'], ['entries', 'bytes'],
  ['disclosures', 'string'], ['proof', 'bytes'],
];
const EVIDENCE = [
  ['version', 'uint32'], ['checkpoint', 'string'], ['stateEntry', 'bytes'],
  ['stateInclusion', 'bytes'], ['subjects', SUBJECT, 'repeated'],
];
const QUESTION = [
  ['practitioner', 'uint64'], ['treatment', 'string'], ['territory', 'string'], ['on', 'string'],
  ['claimOn', 'string'], ['at', 'uint64', 'optional'], ['under18', 'bool'],
  ['knownAtMs', 'int64', 'optional'],
];
const FILE = [['question', QUESTION, 'optional'], ['evidence', EVIDENCE, 'optional']];

const RANGES = {
  uint32: [0n, 2n ** 32n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
};

// A default is what proto3 leaves out.
const DEFAULTS = {
  uint32: () => 0n, uint64: () => 0n, int64: () => 0n, bool: () => false, string: () => '',
  bytes: () => new Uint8Array(0),
};

function wrong(name) {
  return refuse('json_syntax', 'not the proto3 JSON of this message', name);
}

function readBytes(value, name) {
  if (typeof value !== 'string') wrong(name);
  if (/[-_]/.test(value) || (!value.endsWith('=') && value.length % 4 !== 0)) {
    return fromBase64Url(value.replace(/=+$/, ''));
  }
  return fromBase64(value);
}

function readScalar(value, type, name) {
  if (type === 'bytes') return readBytes(value, name);
  if (type === 'string') return typeof value === 'string' ? value : wrong(name);
  if (type === 'bool') return typeof value === 'boolean' ? value : wrong(name);
  const digits = typeof value === 'string' && /^-?(0|[1-9][0-9]{0,19})$/.test(value);
  const found = digits ? BigInt(value) : value;
  if (typeof found !== 'bigint') wrong(name);
  const [least, most] = RANGES[type];
  return found >= least && found <= most ? found : wrong(name);
}

function readMessage(value, fields, where) {
  if (!(value instanceof Map)) wrong(where);
  const message = {};
  for (const name of value.keys()) {
    if (!fields.some((field) => field[0] === name)) wrong(name);
  }
  for (const [name, type, label] of fields) {
    const given = value.get(name) ?? undefined;
    const read = (item) =>
      Array.isArray(type) ? readMessage(item, type, name) : readScalar(item, type, name);
    if (label === 'repeated') {
      if (given !== undefined && !Array.isArray(given)) wrong(name);
      message[name] = (given ?? []).map(read);
    } else if (given !== undefined) {
      message[name] = read(given);
    } else if (label !== 'optional') {
      message[name] = DEFAULTS[type]();
    }
  }
  return message;
}

function isDefault(value) {
  return value === 0n || value === false || value.length === 0;
}

function writeScalar(value, type) {
  if (type === 'bytes') return `"${toBase64(value)}"`;
  if (type === 'string') return JSON.stringify(value);
  return type === 'bool' || type === 'uint32' ? String(value) : `"${value}"`;
}

function writeMessage(message, fields) {
  const members = [];
  for (const [name, type, label] of fields) {
    const value = message[name];
    if (value === undefined || (label !== 'optional' && isDefault(value))) continue;
    const write = (item) =>
      Array.isArray(type) ? writeMessage(item, type) : writeScalar(item, type);
    const written = label === 'repeated' ? `[${value.map(write).join()}]` : write(value);
    members.push(`"${name}":${written}`);
  }
  return `{${members.join()}}`;
}

/** The one spelling of an evidence file. */
export const writeFile = (file) => writeMessage(file, FILE);

/**
 * An evidence file.
 * @param {Uint8Array|string} source
 * @returns {{question: object, evidence: object}}
 * @throws {Refusal} json_*, base64; evidence_not_canonical for another spelling of the same message
 */
export function readFile(source) {
  const bytes = typeof source === 'string' ? utf8(source) : source;
  const file = readMessage(parseJson(bytes), FILE, 'file');
  if (!same(utf8(writeFile(file)), bytes)) {
    refuse('evidence_not_canonical', 'another spelling than that of an evidence file');
  }
  if (!file.question || !file.evidence) wrong('file');
  return file;
}

// What the platform's parser made of JSON, as this parser would have: its 64-bit integers are
// strings, so nothing was lost.
function asParsed(value) {
  if (Array.isArray(value)) return value.map(asParsed);
  if (Number.isSafeInteger(value)) return BigInt(value);
  if (value === null || typeof value !== 'object') return value;
  return new Map(Object.entries(value).map(([name, member]) => [name, asParsed(member)]));
}

/**
 * The Evidence message that a server sent.
 * @param {Uint8Array|string|object} source its proto3 JSON, or that parsed
 * @throws {Refusal} json_*, base64, base64url
 */
export function readEvidence(source) {
  const isText = typeof source === 'string' || source instanceof Uint8Array;
  return readMessage(isText ? parseJson(source) : asParsed(source), EVIDENCE, 'evidence');
}
