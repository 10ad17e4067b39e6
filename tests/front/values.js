// Values for the parameters of the front's description: good ones from the story, by the names of
// the parameters, and odd ones for every type.

import { readdirSync } from 'node:fs';

const WEB = new URL('../../web/', import.meta.url);
const NO_FILES = new Set(['package.json', 'README.md', 'cli.js']);

const BIDI = '\u202eexample\u202c';
const MARKS = `a${'\u0301'.repeat(40)}`;

/** Texts that are odd in themselves. */
export const ODD_TEXTS = [
  '', ' ', 'a', '0', '-', 'null', 'undefined', 'true', '\u0000', 'a\u0000b', '\u0001', '\r\nX: y',
  '\u007f', '\u0085', BIDI, MARKS, '\u200b', '\ufeff', '\ud7ff', '\ufffd', '\u{10ffff}',
  '\u{1f600}', 'Ｚｏë', 'İı', 'ß', 'x'.repeat(64), 'x'.repeat(65), 'x'.repeat(200), 'x'.repeat(1000),
  'ü'.repeat(500), '../../etc/passwd', '..', '.', '%', '%2e%2e', '%00', '/', '//', '\\', '?', '#',
  '&', '=', ';', '+', '"', '\'', '<script>alert(1)</script>', '${jndi:ldap://x}', '{{7*7}}',
  '\' OR 1=1 --', '$(id)', '`id`', '~', '*', '[]', '{}', '1e400', 'NaN', 'Infinity', '-0',
  '2026-02-30', '2026-13-01', '0000-00-00', '9999-12-31', '1899-12-31', '2200-01-01', '2026-2-3',
  '02026-01-01', '2026-01-01T00:00:00Z',
];

/** Numbers, and what is nearly one. */
export const ODD_NUMBERS = [
  '0', '1', '2', '20', '21', '100', '250', '251', '255', '256', '1000000000', '2147483647',
  '2147483648', '4294967295', '4294967296', '9007199254740991', '9007199254740992',
  '9223372036854775807', '9223372036854775808', '18446744073709551615', '18446744073709551616',
  '340282366920938463463374607431768211456', '9'.repeat(400), '-1', '-9223372036854775808',
  '-9223372036854775809', '00', '01', '+1', ' 1', '1 ', '1.0', '1e3', '0x10', '1_000', '١', '-0',
  '', 'NaN', 'true',
];

/** Bytes of a value that are no ordinary escapes; no description could allow them. */
export const ODD_ESCAPES = [
  '%', '%%', '%2', '%zz', '%u0041', '%00', '%0d%0aX-Y:%20z', '%ff', '%c0%80', '%c0%af', '%e0%80%80',
  '%ed%a0%80', '%f4%90%80%80', '%f8%88%80%80%80', '%80', '%c3', '%2F', '%2f', '%5c%2', '\x80',
  '\xff', '\xc3\xa9', '"', '<', '>', '\\', '^', '`', '{', '|', '}', '[', ']', '#x', '%1f', '%7f',
];

/** Verbs that read nothing, and are refused or asked about. */
export const VERBS = [
  'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'MOVE', 'PURGE', 'M-SEARCH',
  'BREW', 'get', 'GETS', 'CONNECT', 'X'.repeat(200),
];

/** Headers that change nothing, whatever they say. */
export const ODD_HEADERS = [
  'Accept: text/html;q=0.1, */*;q=0', 'Accept: ,,,', 'Accept-Language: xx', 'Range: bytes=0-10',
  'Range: bytes=5-1,-', 'Cookie: a=b', 'Authorization: Bearer x.y.z', 'Origin: null',
  'Origin: https://elsewhere.example', 'X-Forwarded-For: ::1, not an address',
  'X-Forwarded-For: 203.0.113.9', 'Forwarded: for=x', 'If-Modified-Since: Thu, 01 Jan 1970',
  'If-Match: "x"', 'If-None-Match:', 'If-None-Match: ,,,', 'If-None-Match: W/"', 'Upgrade: h2c',
  'Content-Type: application/json', 'X-HTTP-Method-Override: DELETE', 'Transfer-Encodin: chunked',
  'Accept-Encoding: gzip;q=0', 'Accept-Encoding: *;q=0', 'Accept-Encoding: br',
  'Accept-Encoding: ,', 'Accept-Encoding: gzip;q=x', 'TE: trailers', 'User-Agent: \xff\xfe',
  'X-Empty:', 'X: y\tz',
];

const pageFiles = () => ['', 'texts/', 'verify/'].flatMap((folder) =>
  readdirSync(new URL(folder, WEB)).filter((name) => /\.[a-z]+$/.test(name) && !NO_FILES.has(name))
    .map((name) => folder + name));

/**
 * Good values by the name of a parameter.
 * @param story of story.js
 * @param {{papers: string[], size: number}} known `papers`: digests that everybody may fetch
 */
export function goodValues(story, { papers, size }) {
  const numbers = Object.values(story.cases).map(({ number }) => number);
  const plain = numbers.map((number) => number.replaceAll('-', ''));
  const today = new Date().toISOString().slice(0, 10);
  const tiles = [`000.p/${size}`, '000.p/1', '000', 'x001/067', '000.p/255'];
  return {
    registration_number: [...numbers, ...plain, '0000-0000-98', '0000-4711-30'],
    treatment: [story.treatment, 'microblading', 'x'],
    territory: ['gb-eng', 'gb-wls'],
    on: [today, '2026-05-03', '2030-01-01', '1900-01-01', '2199-12-31'],
    claim_on: ['2199-12-31'],
    at: ['4', '5', '0', '9007199254740991'],
    under_18: ['true', 'false'],
    known_at_ms: ['0', String(Date.now() - 60000), '9007199254740991'],
    head: ['HEAD_UNSPECIFIED', 'HEAD_NEWEST', 'HEAD_COSIGNED', 'HEAD_TO_COSIGN'],
    page_size: ['1', '2', '10', '20'],
    page_token: [],
    name: ['example', 'zoe', 'Zoë Example-Jones', 'bill sample', 'Łukasz'],
    town: ['Examplehampton', 'Westexample'],
    sha256: [...papers, '0'.repeat(64)],
    index: ['0', '1', String(size - 1), String(size)],
    tree_size: [String(size), '100', String(size - 1)],
    first_size: ['1', '2', '100', String(size)],
    second_size: [String(size)],
    bundle: tiles,
    tile: tiles.flatMap((tile) => [`0/${tile}`, `1/${tile}`]),
    number: ['0', '1', '2', '7', '999999'],
    issuer: ['demo/o/0', 'demo/o/1', 'demo/o/7'],
    picture: [...numbers.map((number) => `${number}.svg`), '0000-4711-30.svg'],
    file: [...pageFiles(), 'index.html', 'nothing.js'],
  };
}
