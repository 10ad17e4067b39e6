// Civil days, as the number of days since 1970-01-01 (docs/protocol.md, section 2).

const FORM = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const DAY_MS = 86400000;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

const isLeap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

function daysInMonth(year, month) {
  return month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

// Years begin in March here, so that the leap day is the last of its year.
function fromCivil(year, month, day) {
  const y = month > 2 ? year : year - 1;
  const cycle = Math.floor(y / 400);
  const inCycle = y - cycle * 400;
  const inYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leaps = Math.floor(inCycle / 4) - Math.floor(inCycle / 100);
  return cycle * 146097 + inCycle * 365 + leaps + inYear - 719468;
}

function toCivil(days) {
  const shifted = days + 719468;
  const cycle = Math.floor(shifted / 146097);
  const inCycle = shifted - cycle * 146097;
  const year = Math.floor(
    (inCycle - Math.floor(inCycle / 1460) + Math.floor(inCycle / 36524) -
      Math.floor(inCycle / 146096)) / 365,
  );
  const inYear = inCycle - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const march = Math.floor((5 * inYear + 2) / 153);
  const day = inYear - Math.floor((153 * march + 2) / 5) + 1;
  const month = march < 10 ? march + 3 : march - 9;
  return [year + cycle * 400 + (month <= 2 ? 1 : 0), month, day];
}

/** The day of YYYY-MM-DD; undefined where it is none of 1900 to 2199. */
export function parseDay(text) {
  const found = typeof text === 'string' ? FORM.exec(text) : null;
  if (!found) return undefined;
  const [year, month, day] = found.slice(1).map(Number);
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return undefined;
  return day >= 1 && day <= daysInMonth(year, month) ? fromCivil(year, month, day) : undefined;
}

/** YYYY-MM-DD. */
export function formatDay(days) {
  const [year, month, day] = toCivil(days);
  const two = (n) => String(n).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** The UTC day of a time in milliseconds. */
export const dayOfMs = (timeMs) => Math.floor(timeMs / DAY_MS);

/** The same day of the month that many months later, or the last of a shorter month. */
export function addMonths(days, months) {
  const [year, month, day] = toCivil(days);
  const total = year * 12 + month - 1 + months;
  const [y, m] = [Math.floor(total / 12), (total % 12) + 1];
  return fromCivil(y, m, Math.min(day, daysInMonth(y, m)));
}
