// The texts of the page: complete, alike in both languages, every key that the code says is there.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import cy from '../../web/texts/cy.js';
import en from '../../web/texts/en.js';

const WEB = new URL('../../web/', import.meta.url);
const placeholders = (text) => [...new Set(text.match(/\{[a-z_]+\}/g) ?? [])].sort();
const sources = readdirSync(WEB)
  .filter((name) => /\.(js|html)$/.test(name))
  .map((name) => readFileSync(new URL(name, WEB), 'utf8'))
  .join('\n');

test('both languages have the same keys in the same order', () => {
  assert.deepEqual(Object.keys(cy), Object.keys(en));
});

test('both languages fill in the same values', () => {
  for (const key of Object.keys(en)) {
    assert.deepEqual(placeholders(cy[key]), placeholders(en[key]), key);
  }
});

test('only English has nothing to say about its review', () => {
  const empty = (texts) => Object.keys(texts).filter((key) => texts[key].trim() === '');
  assert.deepEqual(empty(en), ['language.unreviewed']);
  assert.deepEqual(empty(cy), []);
});

test('nothing is left untranslated but what is alike', () => {
  const alike = Object.keys(en).filter((key) => en[key] === cy[key]);
  const sameInBoth = ['ask.treatment_in', 'record.except'];
  assert.deepEqual(alike.filter((key) => !sameInBoth.includes(key)), []);
});

// Keys are said whole, or with a value at their end: `outcome.${outcome}`.
test('every key that the page says is a text, and every text is said', () => {
  const said = [...sources.matchAll(/['"`]([a-z]+\.[A-Za-z0-9_.-]*)(\$\{[^}]*\})?['"`]/g)];
  const groups = new Set(Object.keys(en).map((key) => key.split('.')[0]));
  const whole = new Set();
  const prefixes = ['ask.', 'fault.', 'help.', 'failed.', 'ask.person_hint'];
  for (const [, key, value] of said) {
    if (!groups.has(key.split('.')[0]) || /\.js(on)?$/.test(key)) continue;
    if (value) prefixes.push(key);
    else whole.add(key);
  }
  for (const key of whole) assert.ok(Object.hasOwn(en, key), `no text ${key}`);
  const unsaid = Object.keys(en).filter(
    (key) => !whole.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)));
  assert.deepEqual(unsaid, []);
});

test('every reason of the page on verdicts has its words', () => {
  const page = readFileSync(new URL('../../docs/verdict.md', import.meta.url), 'utf8');
  const codes = [...page.matchAll(/^#### `([a-z0-9_]+)`$/gm)].map(([, code]) => code);
  assert.ok(codes.length > 50, `${codes.length} codes`);
  for (const code of codes) assert.ok(Object.hasOwn(en, `reason.${code}`), code);
});

test('every word of an event that is shown has its words', () => {
  const words = {
    grade: ['self_declared', 'document_seen', 'issuer_confirmed', 'issuer_signed'],
    how: ['email', 'telephone', 'portal', 'letter', 'api'],
    why: ['false', 'error', 'cancelled', 'unpaid', 'superseded', 'fraud', 'other'],
    sanction: ['suspension', 'removal', 'conditions'],
    except: ['under_18', 'no_patch_test', 'no_consent'],
    leg: ['REGISTRATION', 'TRAINING', 'INSURANCE_ON_DAY', 'INSURANCE_IF_CLAIMED', 'STANDING'],
    outcome: ['YES', 'NO', 'CANNOT_SAY', 'FAILED'],
  };
  for (const [group, names] of Object.entries(words)) {
    for (const name of names) assert.ok(Object.hasOwn(en, `${group}.${name}`), `${group}.${name}`);
  }
});
