// Who may sign what: chains of grants up to the regulator (docs/protocol.md, section 8.4).

const GRADES = ['self_declared', 'document_seen', 'issuer_confirmed', 'issuer_signed'];

/** The grants in a chain, and in one that is to be passed on. */
export const CHAIN = 4;
export const PASSED_ON = 3;

/** The place of a grade, lowest first. */
export const gradeRank = (grade) => GRADES.indexOf(grade);

function covers({ power, scope }, item) {
  if (scope[0] === '*') return true;
  if (power === 'attest') return item !== '*' && gradeRank(scope[0]) >= gradeRank(item);
  return scope.includes(item);
}

/** Whether a grant on an organisation can stand in a chain for an item and an insurer. */
export function fits(organisation, grant, { power, item, insurer }) {
  const { claims } = grant.event;
  if (claims.power !== power || !covers(claims, item)) return false;
  if (power !== 'issue_insurance') return true;
  if (organisation.kind === 'coverholder') {
    return insurer !== undefined && claims.insurer === insurer;
  }
  if (organisation.kind !== 'insurer' || insurer === undefined) return true;
  return organisation.number === insurer;
}

/**
 * Whether an organisation holds a power at an index.
 * @param ask {power, item, insurer?, index, day, grantCounts(grant), endCounts(end)}
 * @param {number} chain the most grants
 * @param {boolean} delegable whether it must be held so that it can be passed on
 */
export function holds(register, number, ask, chain = CHAIN, delegable = false, seen = new Map()) {
  if (number === 0n) return true;
  if (chain === 0) return false;
  const key = `${number} ${chain} ${delegable}`;
  if (!seen.has(key)) {
    seen.set(key, false);
    const organisation = register.organisation(number);
    const held = (organisation?.grants ?? []).some((grant) => {
      const { claims, iss } = grant.event;
      if (grant.index >= ask.index || (delegable && !claims.delegable)) return false;
      if (!fits(organisation, grant, ask) || !ask.grantCounts(grant)) return false;
      if (ask.day < claims.from || ask.day > (claims.until ?? Infinity)) return false;
      const ended = grant.ends.some((end) => {
        const { cut, last_day: lastDay } = end.event.claims;
        const earlier = end.index < ask.index && ask.endCounts(end);
        return earlier && (cut !== undefined || lastDay < ask.day);
      });
      return !ended && holds(register, iss, ask, chain - 1, true, seen);
    });
    seen.set(key, held);
  }
  return seen.get(key);
}
