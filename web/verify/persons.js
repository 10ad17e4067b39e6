// Who the practitioner is: the numbers of one person, the clinics that are the person's own, the
// names held (docs/verdict.md, "Standing", "How a paper is known", "Warnings").

/** All numbers that count as the same person, directly or through others. */
export function samePerson(facts, number) {
  const links = [...facts.effective].filter((entry) => {
    const isLink = entry.event.type === 'same-person';
    return isLink && !facts.withdrawal(entry);
  });
  const numbers = new Set([number]);
  for (const at of numbers) {
    for (const { event } of links) {
      if (event.sub === at) numbers.add(event.claims.other);
      if (event.claims.other === at) numbers.add(event.sub);
    }
  }
  return numbers;
}

/** The clinics that registered the person under any number, or ever filed work of the person. */
export function ownClinics(facts, numbers) {
  const clinics = new Set();
  for (const number of numbers) {
    for (const entry of facts.of(number, 'practitioner')) clinics.add(entry.event.iss);
    for (const entry of facts.of(number, 'affiliation')) clinics.add(entry.event.iss);
  }
  return new Set(
    [...clinics].filter((number) => facts.register.organisation(number).kind === 'clinic'),
  );
}

const disclosed = (entry, name) => entry.event.slots.find((slot) => slot.name === name)?.value;

/** The names that a practitioner ever held, as far as they are disclosed. */
export function namesHeld(facts, number) {
  const amendments = facts
    .of(number, 'practitioner-amended')
    .filter((entry) => entry.event.claims.from < facts.withdrawnFrom(entry));
  return [...facts.of(number, 'practitioner'), ...amendments]
    .map((entry) => disclosed(entry, 'name'))
    .filter((name) => name !== undefined);
}

/** The name on a paper, where it is disclosed. */
export const nameOnPaper = (entry) => disclosed(entry, 'name_on_paper');
