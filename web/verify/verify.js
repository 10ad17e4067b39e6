// The verification of evidence as one pure function (docs/protocol.md, section 7): of trust
// anchors, evidence, the reader's question and the reader's clock. Nothing is fetched, stored or
// remembered.

import { admit } from './admission.js';
import { hex } from './bytes.js';
import { openSlots } from './disclosure.js';
import { checkLimits, readSubjects } from './evidence.js';
import { readEvidence, readFile } from './evidence_json.js';
import { Facts } from './facts.js';
import { checkAge, openHead } from './head.js';
import { readQuestion } from './question.js';
import { reading, Refusal, refuse } from './refusal.js';
import { Register } from './register.js';
import { verifySignature } from './signature.js';
import { checkSubjectSet } from './subjects.js';
import { readTrust } from './trust.js';
import { judge } from './verdict.js';

// Admission in the order of the log; signatures are verified together, behind it.
async function admitAll(entries) {
  const register = new Register();
  const signed = entries.map((entry) =>
    reading(`entry ${entry.index}`, () => ({ entry, ...admit(register, entry) })));
  const verified = await Promise.all(
    signed.map(({ key, message, signature }) => verifySignature(key, message, signature)),
  );
  const wrong = signed[verified.indexOf(false)];
  if (wrong) {
    const where = `entry ${wrong.entry.index}`;
    refuse('token_signature_wrong', 'a signature that does not verify', where);
  }
  return register;
}

function openDisclosures(subjects) {
  for (const { number, entries, disclosures } of subjects.values()) {
    const own = entries.filter((entry) => entry.subjects[0] === number);
    reading(`subject ${number}, disclosures`, () =>
      openSlots(own.map((entry) => entry.event), disclosures));
  }
}

// What was checked, for whoever asks how.
function stepsOf(trust, head, subjects, entries) {
  const slots = entries.flatMap((entry) => entry.event.slots);
  return {
    origin: head.origin,
    logKeyId: trust.logKey.id,
    treeSize: head.size,
    root: hex(head.root),
    headTimeMs: BigInt(head.timeMs),
    cosigners: head.cosigners,
    cosignedTimeMs: head.cosignedTimeMs,
    genesis: trust.genesis,
    registerSubjects: head.subjects,
    stateRoot: hex(head.stateRoot),
    subjects: [...subjects.values()].map(({ number, entries: { length }, root }) => ({
      number, entries: length, root: hex(root),
    })),
    entries: entries.length,
    signatures: entries.length + 1 + head.cosigners.length,
    disclosed: slots.filter((slot) => slot.value !== undefined).length,
    withheld: slots.filter((slot) => slot.value === undefined).length,
  };
}

// The events of each subject, with what is disclosed of them, for display.
function shownSubjects(register, facts, subjects) {
  return [...subjects.values()].map(({ number, entries }) => ({
    number,
    kind: register.organisation(number)?.kind ?? register.subjects.get(number)?.type,
    name: register.organisation(number)?.name,
    events: entries.map((entry) => ({
      id: entry.event.id,
      type: entry.event.type,
      known: entry.event.known,
      index: entry.index,
      timeMs: entry.timeMs,
      signer: entry.event.iss,
      subjects: entry.subjects,
      claims: entry.event.claims,
      slots: entry.event.slots.map(({ name, value }) => ({ name, value })),
      counts: facts.counts(entry),
      withdrawnFrom: facts.withdrawal(entry)?.from,
    })),
  }));
}

async function check(trust, evidence, question, { nowMs, saved }) {
  checkLimits(evidence);
  const now = BigInt(nowMs);
  const head = await openHead(trust, evidence, now);
  if (!saved && head.cosignedTimeMs === undefined) checkAge(head, now, trust.maxAgeMs, 0n);
  const { subjects, entries } = readSubjects(trust, head, evidence.subjects);
  const register = await admitAll(entries);
  const gapMs = entries[0].event.claims.max_head_gap_s * 1000n;
  if (!saved) checkAge(head, now, trust.maxAgeMs, gapMs);
  openDisclosures(subjects);
  checkSubjectSet(subjects, question, head.subjects);
  const headMs = BigInt(head.timeMs);
  const { knownAtMs = headMs } = question;
  const facts = new Facts(register, entries, knownAtMs < headMs ? knownAtMs : headMs);
  return {
    verdict: judge(facts, question),
    steps: stepsOf(trust, head, subjects, entries),
    subjects: shownSubjects(register, facts, subjects),
  };
}

// Whatever goes wrong is an answer, never a raw error.
async function answered(work) {
  try {
    return { ok: true, ...(await work()) };
  } catch (error) {
    if (error instanceof Refusal) {
      return { ok: false, reason: error.reason, message: error.message, where: error.where };
    }
    return { ok: false, reason: 'internal', message: String(error), where: error?.stack ?? '' };
  }
}

/**
 * Checks an evidence file, for the question in it.
 * @param {{trust, file: Uint8Array|string, nowMs: number|bigint, saved?: boolean}} given `saved`
 *     (default true): no maximum age
 * @returns {Promise<object>} {ok: true, verdict, question, steps, subjects} or
 *     {ok: false, reason, message, where}; never rejects
 */
export function checkFile({ trust, file, nowMs, saved = true }) {
  return answered(async () => {
    const anchors = readTrust(trust);
    const { question, evidence } = readFile(file);
    const asked = readQuestion(question);
    const answer = await check(anchors, evidence, asked, { nowMs, saved });
    return { ...answer, question: asked };
  });
}

/**
 * Checks the Evidence message of a server, for the reader's own question.
 * @param {{trust, evidence, question: object, nowMs: number|bigint, saved?: boolean}} given
 *     `evidence` its proto3 JSON as text or parsed, `question` as readQuestion takes it
 * @returns {Promise<object>} as checkFile
 */
export function checkEvidence({ trust, evidence, question, nowMs, saved = false }) {
  return answered(async () => {
    const anchors = readTrust(trust);
    const asked = readQuestion(question);
    const answer = await check(anchors, readEvidence(evidence), asked, { nowMs, saved });
    return { ...answer, question: asked };
  });
}
