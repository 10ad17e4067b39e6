// Trust files: what a reader pins (docs/protocol.md, section 12).

import { isOrigin } from './checkpoint.js';
import { integer, object, pattern, string } from './claim.js';
import { parseJson } from './json.js';
import { LOG_KEY, readVkey } from './note.js';
import { readPolicy } from './policy.js';
import { reading, refuse } from './refusal.js';

// Ten years and a day or two: more is a mistake.
const MAX_AGE_S = 316224000n;

const readMembers = object({
  version: integer(1n, 1n),
  origin: string,
  log_key: string,
  genesis: pattern(/^[0-9a-f]{64}$/, 'digest_hex'),
  policy: string,
  max_age_s: integer(1n, MAX_AGE_S),
});

/**
 * The anchors of a trust file.
 * @param {string|Uint8Array|object} source its text, its bytes, or an object with its members
 * @throws {Refusal} json_*, claim_*, digest_hex, checkpoint_origin, note_*, policy_*
 */
export function readTrust(source) {
  return reading('trust file', () => {
    const isText = typeof source === 'string' || source instanceof Uint8Array;
    const file = readMembers(parseJson(isText ? source : JSON.stringify(source) ?? ''));
    if (!isOrigin(file.origin)) refuse('checkpoint_origin', 'an origin that is none');
    const logKey = readVkey(file.log_key);
    if (logKey.type !== LOG_KEY) refuse('note_key', 'a log key of another type than 0x01');
    if (logKey.name !== file.origin) refuse('checkpoint_origin', 'a log key of another origin');
    const policy = readPolicy(file.policy);
    const listed = policy.logs.some((log) => log.name === logKey.name && log.id === logKey.id);
    if (policy.logs.length > 0 && !listed) {
      refuse('policy_unsatisfied', 'a policy for other logs than the pinned one');
    }
    const maxAgeMs = file.max_age_s * 1000n;
    return { origin: file.origin, logKey, genesis: file.genesis, policy, maxAgeMs };
  });
}
