// The canonical proto3 JSON of a Verdict (proto/bonafide/v1/verdict.proto).

// Leaves out what proto3 leaves out.
function message(members) {
  const kept = Object.entries(members).filter(([, value]) => {
    return !(value === undefined || value === '' || value === false || value?.length === 0);
  });
  return Object.fromEntries(kept);
}

// A 64-bit integer is a string, and 0 the default.
const integer = (value) => (BigInt(value) === 0n ? undefined : String(value));

const enumeration = (prefix, value) => value && `${prefix}_${value.toUpperCase()}`;

function filedRecord({ event, timeMs, index }) {
  return message({
    eventId: event.id,
    signer: integer(event.iss),
    grade: enumeration('GRADE', event.claims.grade),
    loggedAtMs: integer(timeMs),
    index: integer(index),
  });
}

function reason({ code, detail, record }) {
  return message({ code, record: record && filedRecord(record), detail });
}

function leg({ name, outcome, decides, reasons, restsOn, weakestGrade, holdsUntil }) {
  return message({
    name: enumeration('LEG_NAME', name),
    outcome: enumeration('OUTCOME', outcome),
    decides,
    reasons: reasons.map(reason),
    restsOn: restsOn.map(filedRecord),
    weakestGrade: enumeration('GRADE', weakestGrade),
    holdsUntil,
  });
}

/** A verdict as an object whose JSON is the canonical proto3 JSON of the message. */
export function verdictJson(verdict) {
  return message({
    outcome: enumeration('OUTCOME', verdict.outcome),
    legs: verdict.legs.map(leg),
    warnings: verdict.warnings.map(reason),
    negatives: verdict.negatives.map(reason),
    conditions: verdict.conditions.map(reason),
    weakestGrade: enumeration('GRADE', verdict.weakestGrade),
    holdsUntil: verdict.holdsUntil,
    updateNeeded: verdict.updateNeeded,
    scheme: verdict.scheme === undefined ? undefined : String(verdict.scheme),
    schemeVersionFrom: verdict.schemeVersionFrom,
    asOf: verdict.asOf,
    asOfMs: integer(verdict.asOfMs),
  });
}
