// Who a practitioner is, from what was proven and disclosed: the name, town and photograph that
// hold on a day (docs/protocol.md, section 3.3).

const slotOf = (event, name) => event.slots.find((slot) => slot.name === name);
const isWithheld = (slot) => slot !== undefined && slot.value === undefined;
const valueOf = (event, name) => slotOf(event, name)?.value;

/** A paper {sha256, type} of a disclosed value. */
export const paperOf = (value) => ({ sha256: value.get('sha256'), type: value.get('type') });

/**
 * The details of a practitioner on a day: each of the newest statement in force that has it. Where
 * that one is withheld, an older one would be a lie, so there is none.
 * @param {object[]} subjects as the verifier returns them
 * @param {bigint} number
 * @param {number} on a day
 * @returns {{name?, town?, photo?, withheld: string[], earlier: string[], signer?, timeMs?}}
 *     `photo` {sha256, type}; `withheld`: which of `name`, `town`, `photo` are filed, but not shown
 */
export function personOf(subjects, number, on) {
  const events = (subjects.find((subject) => subject.number === number)?.events ?? [])
    .filter((event) => event.counts && event.subjects[0] === number);
  const creation = events.find((event) => event.type === 'practitioner');
  const held = events
    .filter((event) => event.type === 'practitioner-amended')
    .filter((event) => event.claims.from < (event.withdrawnFrom ?? Infinity));
  const now = held.filter(({ claims, withdrawnFrom }) =>
    claims.from <= on && on < (withdrawnFrom ?? Infinity));
  now.sort((a, b) => b.claims.from - a.claims.from || (a.index < b.index ? 1 : -1));
  const sources = creation ? [...now, creation] : now;
  const newest = (slot) => sources.map((event) => slotOf(event, slot)).find((each) => each);
  const valueNow = (slot) => newest(slot)?.value;
  const photo = valueNow('photo');
  const name = valueNow('name');
  const begun = held.filter(({ claims }) => claims.from <= on);
  const names = [...begun, ...(creation ? [creation] : [])].map((event) => valueOf(event, 'name'));
  return {
    name,
    town: valueNow('town'),
    photo: photo && paperOf(photo),
    withheld: ['name', 'town', 'photo'].filter((slot) => isWithheld(newest(slot))),
    earlier: [...new Set(names)].filter((each) => each !== undefined && each !== name),
    signer: creation?.signer,
    timeMs: creation?.timeMs,
  };
}

/** Whether an event has a slot that is withheld. */
export const hasWithheld = (event, name) => isWithheld(slotOf(event, name));

/** The public papers of a record: [{sha256, type}]. */
export function publicPapers(event) {
  return (valueOf(event, 'public_papers') ?? []).map(paperOf);
}

/** The value of a slot of an event; undefined where it is withheld. */
export const disclosed = valueOf;
