// Entries of the log and the frames they travel in (docs/protocol.md, sections 4 and 7).

import { readU64 } from './bytes.js';
import { refuse } from './refusal.js';

const EVENT = 1;
const STATE = 2;
const HEAD_BYTES = 17;
const STATE_BYTES = 57;
const MAX_BYTES = 65535;
const MAX_TIME = 2n ** 53n;

function readHead(bytes, kind) {
  if (bytes.length < HEAD_BYTES + 1) refuse('entry_size', 'an entry that is too short');
  if (bytes[0] !== kind) refuse('entry_kind', `an entry of kind ${bytes[0]}`);
  const time = readU64(bytes, 9);
  if (time > MAX_TIME) refuse('entry_time', 'an entry later than 2^53 ms');
  return { index: readU64(bytes, 1), timeMs: Number(time) };
}

/**
 * An event entry.
 * @returns {{index: bigint, timeMs: number, subjects: bigint[], token: Uint8Array}}
 * @throws {Refusal} entry_*
 */
export function readEventEntry(bytes) {
  if (bytes.length > MAX_BYTES) refuse('entry_size', 'an entry that is too long');
  const head = readHead(bytes, EVENT);
  const count = bytes[HEAD_BYTES];
  if (count !== 1 && count !== 2) refuse('entry_subjects', 'not one or two subjects');
  const begin = HEAD_BYTES + 1 + 8 * count;
  if (bytes.length <= begin) refuse('entry_size', 'an entry without a token');
  const subjects = [readU64(bytes, HEAD_BYTES + 1)];
  if (count === 2) subjects.push(readU64(bytes, HEAD_BYTES + 9));
  if (subjects[0] === subjects[1]) refuse('entry_subjects', 'one subject twice');
  return { ...head, subjects, token: bytes.subarray(begin) };
}

/**
 * A state entry.
 * @returns {{index: bigint, timeMs: number, subjects: bigint, root: Uint8Array}}
 * @throws {Refusal} entry_*
 */
export function readStateEntry(bytes) {
  if (bytes.length !== STATE_BYTES) refuse('entry_size', 'a state entry that is not 57 bytes');
  return { ...readHead(bytes, STATE), subjects: readU64(bytes, 17), root: bytes.subarray(25) };
}

/** The entries of a run of frames. @throws {Refusal} frame_* */
export function readFrames(bytes, most) {
  const frames = [];
  for (let at = 0; at < bytes.length; ) {
    if (frames.length === most) refuse('frame_count', `more than ${most} entries`);
    if (at + 2 > bytes.length) refuse('frame_truncated', 'the bytes end within a length');
    const size = bytes[at] * 256 + bytes[at + 1];
    if (size === 0) refuse('frame_size', 'an entry of no bytes');
    if (at + 2 + size > bytes.length) refuse('frame_truncated', 'the bytes end within an entry');
    frames.push(bytes.subarray(at + 2, at + 2 + size));
    at += 2 + size;
  }
  return frames;
}
