// Warnings, which never change an answer (docs/verdict.md, "Beside the answer", "Warnings").

import { dayOfMs, formatDay } from './day.js';
import { smallLetters } from './letter_case.js';
import { nameOnPaper, namesHeld } from './persons.js';

const NUMBER = /^([0-9]{3})\/([0-9]{4})\/([0-9X])$/;

function checkDigitFits(number) {
  const found = NUMBER.exec(number);
  if (!found) return true;
  const sum = [...(found[1] + found[2])].reduce((total, d, i) => total + Number(d) * (8 - i), 0);
  return 'X0123456789'[(sum + 1) % 11] === found[3];
}

function titleOf(version, number) {
  const qualifications = version?.event.claims.training.flatMap((group) => group.any_of) ?? [];
  return qualifications.find((each) => each.number === number)?.title;
}

function* ofRecord(record, { facts, practitioner, on, version }) {
  const { type, claims } = record.event;
  const isPaper = type === 'training' || type === 'insurance';
  const logged = dayOfMs(record.timeMs);
  if ((isPaper || type === 'practitioner') && logged > on) {
    yield ['filed_after_day', formatDay(logged)];
  }
  if (isPaper) {
    const name = nameOnPaper(record);
    const held = namesHeld(facts, practitioner).map(smallLetters);
    const differs = name !== undefined && !held.includes(smallLetters(name));
    if (differs && held.length > 0) yield ['name_differs'];
  }
  if (isPaper && claims.grade !== 'issuer_signed' && claims.issuer.number === undefined) {
    yield ['issuer_number_missing', claims.issuer.name];
  }
  if (type === 'training') {
    const title = titleOf(version, claims.qualification);
    if (title !== undefined && title !== claims.title) yield ['title_differs', claims.title];
  }
  if (type === 'training' && !checkDigitFits(claims.qualification)) {
    yield ['qualification_check_digit', claims.qualification];
  }
  const disputes = facts.of(record.subjects[0], 'dispute').filter((entry) => {
    return entry.event.claims.target === record.event.id && on < facts.withdrawnFrom(entry);
  });
  if (disputes.length > 0) yield ['disputed'];
}

/** The warnings about records that an answer rests on. */
export function warningsOf(records, context) {
  return [...new Set(records)].flatMap((record) =>
    [...ofRecord(record, context)].map(([code, detail = '']) => ({ code, detail, record })));
}
