// The signed head and how old it may be (docs/protocol.md, section 7, steps 1 and 2).

import { openCheckpoint } from './checkpoint.js';
import { readStateEntry } from './entry.js';
import { refuse } from './refusal.js';
import { checkInclusion, leafHash } from './tree.js';

const AHEAD_MS = 300000n;

/**
 * Opens the head of evidence.
 * @returns {{origin, size, root, cosigners, cosignedTimeMs, timeMs, subjects, stateRoot}}
 *     `timeMs` of the state entry, `subjects` their number, `stateRoot` the root of their tree
 * @throws {Refusal} those of sections 4 and 6, evidence_state_entry, head_in_future
 */
export async function openHead(trust, evidence, nowMs) {
  const head = await openCheckpoint(trust, evidence.checkpoint);
  if (head.cosignedTimeMs > nowMs + AHEAD_MS) refuse('head_in_future', 'cosigned in the future');
  const state = readStateEntry(evidence.stateEntry);
  if (head.size === 0n || state.index !== head.size - 1n) {
    refuse('evidence_state_entry', "the state entry is not the head's last leaf");
  }
  const leaf = leafHash(evidence.stateEntry);
  checkInclusion(leaf, state.index, head.size, evidence.stateInclusion, head.root);
  if (BigInt(state.timeMs) > nowMs + AHEAD_MS) refuse('head_in_future', 'a head in the future');
  return { ...head, timeMs: state.timeMs, subjects: state.subjects, stateRoot: state.root };
}

/**
 * Insists that a head is not older than the reader accepts.
 * @param {bigint} gapMs the longest that this register goes without a new head
 * @throws {Refusal} head_too_old
 */
export function checkAge(head, nowMs, maxAgeMs, gapMs) {
  const { cosignedTimeMs } = head;
  const timeMs = BigInt(head.timeMs);
  if (nowMs - (cosignedTimeMs ?? timeMs) > maxAgeMs) refuse('head_too_old', 'the head is too old');
  if (cosignedTimeMs !== undefined && nowMs - timeMs > maxAgeMs + gapMs) {
    refuse('head_too_old', 'an old head, cosigned anew');
  }
}
