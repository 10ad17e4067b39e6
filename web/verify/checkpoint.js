// Checkpoints and their cosignatures (docs/protocol.md, section 6; C2SP tlog-checkpoint and
// tlog-cosignature).

import { fromBase64 } from './base64.js';
import { readU64, same, utf8 } from './bytes.js';
import { cosignedMessage, readNote } from './note.js';
import { cosignedTime } from './policy.js';
import { Refusal, refuse } from './refusal.js';
import { verifySignature } from './signature.js';
import { treeRoot } from './tree.js';

const ORIGIN = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?(\/[a-z0-9._~-]+)*$/;

/** Whether a string can name a register. */
export const isOrigin = (text) => text.length <= 255 && ORIGIN.test(text);

/**
 * The three lines of a checkpoint.
 * @returns {{origin: string, size: bigint, root: Uint8Array}}
 * @throws {Refusal} checkpoint_*
 */
export function readCheckpoint(text) {
  const lines = text.split('\n');
  if (lines.length < 4 || lines.pop() !== '') refuse('checkpoint_syntax', 'not three lines');
  if (lines.length > 3) refuse('checkpoint_extension', 'a checkpoint of more than three lines');
  const [origin, decimal, encoded] = lines;
  if (!isOrigin(origin)) refuse('checkpoint_origin', 'an origin that is none');
  const size = /^(0|[1-9][0-9]{0,18})$/.test(decimal) ? BigInt(decimal) : 2n ** 63n;
  if (size >= 2n ** 63n) refuse('checkpoint_size', 'a size that is none');
  let root;
  try {
    root = fromBase64(encoded);
  } catch (error) {
    if (error instanceof Refusal) refuse('checkpoint_root', 'a root that is no base64');
    throw error;
  }
  if (root.length !== 32) refuse('checkpoint_root', 'a root that is not 32 bytes');
  if (size === 0n && !same(root, treeRoot([]))) refuse('checkpoint_root', 'no root of no entries');
  return { origin, size, root };
}

async function cosignatureTime(key, signature, text) {
  if (signature.length !== 72) refuse('cosignature_size', `a cosignature of ${key.name}`);
  const timeS = readU64(signature, 0);
  if (timeS === 0n || timeS >= 2n ** 63n) refuse('cosignature_time', `the time of ${key.name}`);
  const message = cosignedMessage(timeS, text);
  if (!(await verifySignature(key, message, signature.subarray(8)))) {
    refuse('cosignature_wrong', `the cosignature of ${key.name} does not verify`);
  }
  return timeS;
}

/**
 * Opens a note under the anchors: its log key, its origin, its policy on cosigners.
 * @returns the checkpoint; `cosigners` as {name, timeMs}, `cosignedTimeMs` where one is demanded
 * @throws {Refusal} note_*, checkpoint_*, cosignature_*, policy_unsatisfied
 */
export async function openCheckpoint(trust, note) {
  const { text, signatures } = readNote(note);
  const signed = signatures.get(`${trust.logKey.name}+${trust.logKey.id}`);
  if (!signed) refuse('note_unsigned', 'the pinned log key has not signed');
  if (!(await verifySignature(trust.logKey, utf8(text), signed))) {
    refuse('note_signature_wrong', 'the signature of the log does not verify');
  }
  const checkpoint = readCheckpoint(text);
  if (checkpoint.origin !== trust.origin) refuse('checkpoint_origin', 'the head of another log');
  const times = new Map();
  checkpoint.cosigners = [];
  for (const [name, key] of trust.policy.witnesses) {
    const cosigned = signatures.get(`${key.name}+${key.id}`);
    if (!cosigned) continue;
    const timeS = await cosignatureTime(key, cosigned, text);
    times.set(name, timeS);
    checkpoint.cosigners.push({ name: key.name, timeMs: timeS * 1000n });
  }
  const timeS = cosignedTime(trust.policy, times);
  checkpoint.cosignedTimeMs = timeS === undefined ? undefined : timeS * 1000n;
  return checkpoint;
}
