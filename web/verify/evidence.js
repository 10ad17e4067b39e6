// The subjects of evidence and their entries, proven under a head (docs/protocol.md, section 7, the
// limits and step 3).

import { hex, same } from './bytes.js';
import { readEventEntry, readFrames } from './entry.js';
import { readEvent } from './event.js';
import { reading, refuse } from './refusal.js';
import { readToken } from './token.js';
import { checkInclusion, leafHash, stateLeaf, treeRoot } from './tree.js';

const MAX_BYTES = 32 * 1024 * 1024;
const MAX_SUBJECTS = 4096;
const MAX_ENTRIES = 2048;
const MAX_ENTRIES_OF_ZERO = 16384;

/** Insists on the version and the limits of evidence. @throws {Refusal} evidence_* */
export function checkLimits({ version, checkpoint, stateEntry, stateInclusion, subjects }) {
  if (version !== 1n) refuse('evidence_version', 'evidence of another version');
  const parts = [checkpoint, stateEntry, stateInclusion];
  for (const { entries, disclosures, proof } of subjects) parts.push(entries, disclosures, proof);
  const sizeBytes = parts.reduce((sum, part) => sum + part.length, 0);
  if (sizeBytes > MAX_BYTES) refuse('evidence_too_large', 'more than 32 MiB');
  if (subjects.length > MAX_SUBJECTS) refuse('evidence_too_large', 'more than 4,096 subjects');
}

function readEntry(bytes, origin) {
  const { token, ...entry } = readEventEntry(bytes);
  return { ...entry, bytes, event: readEvent(readToken(token), origin) };
}

// What the entry says about this subject agrees with where it stands.
function checkPlace(entry, number, anchor, first) {
  const { event, subjects } = entry;
  const isOwn = subjects[0] === number;
  if (!subjects.includes(number)) refuse('evidence_entry', 'an entry of another subject');
  if (!event.creation && event.sub !== subjects[0]) {
    refuse('entry_subjects', 'the first subject of an entry is that of its event');
  }
  if ((isOwn && event.creation) !== first) {
    refuse('sub', 'a subject begins with its creation, and has no other');
  }
  if (isOwn && !first && event.anchor !== anchor) {
    refuse('anchor_wrong', "not the identity of the subject's first");
  }
  if (!isOwn && event.type === 'same-person' && event.claims.other_anchor !== anchor) {
    refuse('anchor_wrong', "not the identity of the other subject's first");
  }
}

class Reader {
  constructor(trust, head) {
    this.trust = trust;
    this.head = head;
    this.subjects = new Map();
    this.byIndex = new Map();
  }

  entry(bytes, before) {
    const known = this.byIndex.get(bytes.length >= 17 ? hex(bytes.subarray(1, 9)) : '');
    if (known && !same(known.bytes, bytes)) refuse('evidence_entry', 'two entries of one index');
    const entry = known ?? readEntry(bytes, this.trust.origin);
    this.byIndex.set(hex(bytes.subarray(1, 9)), entry);
    if (entry.index >= this.head.size - 1n) refuse('evidence_entry', 'an entry beyond the head');
    if (before && entry.index <= before.index) refuse('evidence_order', 'indexes that do not rise');
    if (entry.timeMs > this.head.timeMs) refuse('evidence_order', 'an entry later than the head');
    if (entry.subjects.some((each) => each >= this.head.subjects)) {
      refuse('subject_unknown', 'an entry of a subject beyond the head');
    }
    return entry;
  }

  subject({ number, knownEntries, entries: framed, proof, disclosures }) {
    if (knownEntries !== 0n) refuse('evidence_frames', 'entries are left out');
    const frames = readFrames(framed, number === 0n ? MAX_ENTRIES_OF_ZERO : MAX_ENTRIES);
    if (frames.length === 0) refuse('evidence_frames', 'a subject without entries');
    // Proven first, so that nothing is parsed that the log did not sign for.
    const leaves = frames.map(leafHash);
    if (number === 0n && hex(leaves[0]) !== this.trust.genesis) {
      refuse('evidence_genesis', 'another first entry than the one pinned');
    }
    const root = treeRoot(leaves);
    const leaf = stateLeaf(number, frames.length, root);
    checkInclusion(leaf, number, this.head.subjects, proof, this.head.stateRoot);
    const entries = [];
    for (const bytes of frames) {
      reading(`subject ${number}, entry ${entries.length}`, () => {
        const entry = this.entry(bytes, entries[entries.length - 1]);
        checkPlace(entry, number, entries[0]?.event.id, entries.length === 0);
        entries.push(entry);
      });
    }
    this.subjects.set(number, { number, entries, root, disclosures });
  }

  // An entry that names two subjects of the set stands in both.
  checkShared() {
    const held = new Map();
    for (const { number, entries } of this.subjects.values()) {
      for (const entry of entries) held.set(entry, [...(held.get(entry) ?? []), number]);
    }
    for (const [entry, numbers] of held) {
      const wanted = entry.subjects.filter((number) => this.subjects.has(number));
      if (numbers.length !== wanted.length) refuse('evidence_entry', 'kept back from a subject');
    }
  }

  merged() {
    const entries = [...this.byIndex.values()];
    entries.sort((a, b) => (a.index < b.index ? -1 : a.index > b.index ? 1 : 0));
    entries.forEach((entry, i) => {
      const before = entries[i - 1]?.timeMs ?? 0;
      if (entry.timeMs < before) refuse('evidence_order', 'times that fall');
    });
    return entries;
  }
}

/**
 * Reads and proves the subjects of evidence.
 * @returns {{subjects: Map, entries: object[]}} by number {number, entries, root, disclosures}; all
 *     entries in the order of their indexes
 * @throws {Refusal} those of sections 2 to 5, evidence_*, frame_*, proof_*, anchor_wrong
 */
export function readSubjects(trust, head, messages) {
  const reader = new Reader(trust, head);
  let before;
  for (const message of messages) {
    if (before !== undefined && message.number <= before) {
      refuse('evidence_order', 'subjects that do not rise');
    }
    before = message.number;
    reading(`subject ${message.number}`, () => reader.subject(message));
  }
  if (!reader.subjects.has(0n)) refuse('evidence_subject_missing', 'subject 0 is needed');
  reader.checkShared();
  return { subjects: reader.subjects, entries: reader.merged() };
}
