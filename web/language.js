// A language: its texts, and how it writes days, times, money and codes.

import { formatDay } from './verify/day.js';

const DAY_MS = 86400000;
const LOCALES = { en: ['en-GB'], cy: ['cy-GB', 'en-GB'] };

/** The languages there are, each by its own name. */
export const LANGUAGE_NAMES = { en: 'English', cy: 'Cymraeg' };

/** The first language that is asked for and there is: of wishes such as `cy-GB`. */
export function chooseLanguage(wishes) {
  const found = wishes
    .map((wish) => String(wish ?? '').toLowerCase().split('-')[0])
    .find((wish) => Object.hasOwn(LOCALES, wish));
  return found ?? 'en';
}

export class Language {
  /** @param {string} code @param {Object<string, string>} texts with `{name}` for values */
  constructor(code, texts) {
    this.code = code;
    this.texts = texts;
    this.months = texts['day.months'].split(' ');
    this.numbers = new Intl.NumberFormat(LOCALES[code]);
  }

  /** Whether there is a text. */
  has(key) {
    return Object.hasOwn(this.texts, key);
  }

  /** A text with its values filled in; the key itself where there is none. */
  say(key, values = {}) {
    if (!this.has(key)) return key;
    return this.texts[key].replace(/\{([a-z_]+)\}/g, (_, name) => values[name] ?? '');
  }

  /**
   * A day: YYYY-MM-DD, or the number of days since 1970; other words stay as they are. With the
   * months of the texts, because not every browser knows those of every language.
   */
  day(day) {
    const parts = (typeof day === 'number' ? formatDay(day) : String(day)).split('-');
    const month = this.months[Number(parts[1]) - 1];
    if (parts.length !== 3 || !month) return String(day);
    // The day and its month stay on one line.
    return `${Number(parts[2])}\u00a0${month} ${parts[0]}`;
  }

  /** A time in milliseconds, in UTC. */
  time(timeMs) {
    const [day, clock] = new Date(Number(timeMs)).toISOString().split('T');
    return `${this.day(day)}, ${clock.slice(0, 5)} UTC`;
  }

  number(value) {
    return this.numbers.format(value);
  }

  list(words) {
    return words.join(', ');
  }

  /** An amount in minor units of a currency, without a fraction of zero. */
  money(minor, currency) {
    const style = { style: 'currency', currency };
    const { maximumFractionDigits: digits } =
      new Intl.NumberFormat(LOCALES[this.code], style).resolvedOptions();
    const amount = Number(minor) / 10 ** digits;
    const whole = Number.isInteger(amount) ? { minimumFractionDigits: 0 } : {};
    return new Intl.NumberFormat(LOCALES[this.code], { ...style, ...whole }).format(amount);
  }

  /** A code of a regulator in words: `scalp_micropigmentation`. */
  words(code) {
    return this.has(`code.${code}`) ? this.say(`code.${code}`) : code.replaceAll('_', ' ');
  }

  codes(codes) {
    return this.list(codes.map((code) => this.words(code)));
  }
}

/** The civil day that it is now on this device, YYYY-MM-DD. */
export function today(now = new Date()) {
  const local = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return formatDay(local / DAY_MS);
}

/** Words with a capital letter at their beginning. */
export const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);
