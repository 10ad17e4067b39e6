// One filed record as facts: a certificate, a policy, a sanction (docs/protocol.md, section 3.3).

import { element, facts } from './element.js';
import { capital } from './language.js';
import { paperLink } from './paper_view.js';
import { disclosed, hasWithheld, publicPapers } from './person.js';
import { formatDay } from './verify/day.js';

const DAY_MS = 86400000;

function known({ language }, { grade, confirmed, seen_on: seenOn }) {
  const said = [language.say(`grade.${grade}`)];
  if (confirmed) {
    const { with: whom, on, how } = confirmed;
    const values = { with: whom, day: language.day(on), how: language.say(`how.${how}`) };
    said.splice(0, 1, language.say('record.confirmed', values));
  }
  if (seenOn !== undefined) {
    said.push(language.say('record.seen_on', { day: language.day(seenOn) }));
  }
  return capital(said.join(', '));
}

function signed({ language, names }, { event, timeMs }) {
  const day = language.day(Math.floor(timeMs / DAY_MS));
  return language.say('record.signed', { signer: names.of(event.iss), day });
}

// What is withheld is said to be, or nobody could tell it from what was never filed.
function withheld({ language }, event, slot) {
  return hasWithheld(event, slot) ? language.say('record.withheld') : undefined;
}

function text(context, event, slot) {
  return disclosed(event, slot) ?? withheld(context, event, slot);
}

function papers(context, event) {
  const found = publicPapers(event);
  if (found.length === 0) return withheld(context, event, 'public_papers');
  return found.map((paper, i) => paperLink(context, paper, i + 1, `${event.type}-${i + 1}`));
}

// What every paper says: the name on it, how it is known, who signed, where to look at it.
function common(context, record) {
  const { language } = context;
  const { event } = record;
  return [
    [language.say('record.name_on_paper'), text(context, event, 'name_on_paper')],
    [language.say('record.known'), known(context, event.claims)],
    [language.say('record.signed_by'), signed(context, record)],
    [language.say('record.papers'), papers(context, event)],
  ];
}

function issuerText({ recognition, name }) {
  return recognition ? `${name} (${recognition})` : name;
}

function training(context, record) {
  const { language } = context;
  const { claims } = record.event;
  const { level, framework } = claims;
  const rank = language.say('record.level', { level, framework: framework.toUpperCase() });
  return facts([
    [language.say('record.certificate'), claims.title],
    [language.say('record.qualification'), `${claims.qualification}, ${rank}`],
    [language.say('record.awarded_on'), language.day(claims.awarded_on)],
    [language.say('record.awarded_by'), issuerText(claims.issuer)],
    ...common(context, record),
  ]);
}

function section({ language }, { section: code, currency, ...limits }) {
  const kinds = ['per_claim', 'aggregate', 'excess'].filter((kind) =>
    limits[`${kind}_minor`] !== undefined);
  const said = kinds.map((kind) => {
    const limit = language.money(limits[`${kind}_minor`], currency);
    return language.say(`record.${kind}`, { limit });
  });
  const what = said.length > 0 ? said.join(', ') : language.say('record.no_limit');
  return element('li', {}, `${capital(language.words(code))}: ${what}`);
}

function covered({ language }, { treatment, excludes = [] }) {
  const name = capital(language.words(treatment));
  if (excludes.length === 0) return name;
  const exceptions = excludes.map((each) => language.say(`except.${each}`)).join(', ');
  return language.say('record.except', { treatment: name, exceptions });
}

function reach({ language }, { retroactive }) {
  if (retroactive === undefined) return undefined;
  return retroactive === 'unlimited'
    ? language.say('record.unlimited') : language.day(retroactive);
}

function insurance(context, record) {
  const { language, names } = context;
  const { claims } = record.event;
  const period = { from: language.day(claims.from), to: language.day(claims.until) };
  const list = (items) => element('ul', {}, items);
  return facts([
    [language.say('record.cover'), language.say('record.period', period)],
    [language.say('record.insurer'), issuerText(claims.issuer)],
    [language.say('record.intermediary'), claims.intermediary],
    [language.say('record.sections'), list(claims.sections.map((each) => section(context, each)))],
    [language.say('record.treatments'),
      list(claims.treatments.map((each) => element('li', {}, covered(context, each))))],
    [language.say('record.not_covered'), claims.not_covered && capital(language.codes(claims.not_covered))],
    [language.say('record.territories'), language.codes(claims.territories)],
    [language.say('record.clinic'),
      claims.only_while_working_for && names.of(claims.only_while_working_for)],
    [language.say('record.retroactive'), reach(context, claims)],
    [language.say('record.extended_until'),
      claims.extended_until && language.day(claims.extended_until)],
    ...common(context, record),
  ]);
}

function sanction(context, record) {
  const { language } = context;
  const { event } = record;
  const { kind, from, until, barred } = event.claims;
  const [first, last] = [from, until ?? from].map((day) => language.day(formatDay(day)));
  const days = until === undefined
    ? language.say('record.from', { from: first })
    : language.say('record.period', { from: first, to: last });
  return facts([
    [language.say('record.sanction'), `${language.say(`sanction.${kind}`)}, ${days}`],
    [language.say('record.barred'), barred && language.codes(barred)],
    [language.say('record.text'), text(context, event, 'text')],
    [language.say('record.signed_by'), signed(context, record)],
  ]);
}

const FORMS = { training, insurance, sanction };

/**
 * The facts of a record; undefined for a kind that has none of its own.
 * @param {{language, names, api}} context
 * @param record an entry as the verdict names it
 */
export function recordView(context, record) {
  return FORMS[record.event.type]?.(context, record);
}
