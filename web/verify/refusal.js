// Why evidence, a trust file or a question is not accepted (docs/protocol.md, section 15).

/** A refusal: `reason` is stable, `message` is prose, `where` says which part was being read. */
export class Refusal extends Error {
  constructor(reason, message, where = '') {
    super(message);
    this.name = 'Refusal';
    this.reason = reason;
    this.where = where;
  }
}

/** Throws a Refusal. */
export function refuse(reason, message, where) {
  throw new Refusal(reason, message, where);
}

/**
 * Runs `work` and names the part it reads in a refusal that names none.
 * @throws {Refusal} whatever `work` refuses.
 */
export function reading(where, work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal && !error.where) error.where = where;
    throw error;
  }
}
