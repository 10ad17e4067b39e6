// What the entries taken so far say the register holds (docs/protocol.md, section 8).

/** Subjects, keys, grants and events as admission has built them. */
export class Register {
  constructor() {
    /** By number: {number, type, creation, organisation?, scheme?}. */
    this.subjects = new Map();
    /** Admitted entries by the identity of their event. */
    this.events = new Map();
    /** Every thumbprint that an organisation ever had. */
    this.thumbprints = new Set();
    /** (iss, jti) pairs. */
    this.nonces = new Set();
    /** Schemes by treatment and territory. */
    this.schemes = new Map();
    /** What was said once and not again: revocations, withdrawals. */
    this.said = new Set();
  }

  /** The organisation of a number, or undefined. */
  organisation(number) {
    return this.subjects.get(number)?.organisation;
  }

  /** The scheme of a number, or undefined. */
  scheme(number) {
    return this.subjects.get(number)?.scheme;
  }

  /** Whether a number is that of a practitioner. */
  isPractitioner(number) {
    return this.subjects.get(number)?.type === 'practitioner';
  }

  /** The grant of an identity on an organisation, or undefined. */
  grant(number, id) {
    return this.organisation(number)?.grants.find((grant) => grant.event.id === id);
  }

  /** Whether `above` signed the creation of `number`, or that of an organisation that did, … */
  isAncestor(above, number) {
    for (let at = number; at !== 0n; ) {
      at = this.organisation(at).creation.event.iss;
      if (at === above) return true;
    }
    return false;
  }
}

/** The name of a scheme's place: one for every (treatment, territory). */
export const schemeKey = (treatment, territory) => `${treatment} ${territory}`;
