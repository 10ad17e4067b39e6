// Registration numbers as people write them (docs/protocol.md, section 11; ISO 7064 MOD 97-10).

import { refuse } from './refusal.js';

/** A number with its check digits, in groups of four: `0000-4711-30`. */
export function formatRegistrationNumber(number) {
  const n = BigInt(number);
  const digits = String(n).length;
  const padded = String(n).padStart(Math.max(8, Math.ceil(digits / 4) * 4), '0');
  const check = String(98n - ((n * 100n) % 97n)).padStart(2, '0');
  return `${padded.replace(/(....)/g, '$1-')}${check}`;
}

/**
 * The number of a registration number; hyphens and spaces do not matter.
 * @returns {bigint}
 * @throws {Refusal} registration_number, registration_number_check
 */
export function parseRegistrationNumber(text) {
  const digits = text.replace(/[- ]/g, '');
  const form = /^[0-9]+$/.test(digits) && digits.length >= 10 && digits.length % 4 === 2;
  const number = form && digits.length <= 22 ? BigInt(digits.slice(0, -2)) : 2n ** 64n;
  const padding = String(number).length <= digits.length - 6 && digits.length > 10;
  if (number >= 2n ** 64n || padding) refuse('registration_number', 'not a registration number');
  if (formatRegistrationNumber(number).replaceAll('-', '') !== digits) {
    refuse('registration_number_check', 'the check digits do not fit: mistyped?');
  }
  return number;
}
