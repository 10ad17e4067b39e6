// Policies on cosigners (docs/protocol.md, section 6; C2SP tlog-policy).

import { hex } from './bytes.js';
import { COSIGNER_KEY, LOG_KEY, readVkey } from './note.js';
import { Refusal, refuse } from './refusal.js';

const MAX_CHARACTERS = 65536;
const ALLOWED = /^[\t\n\u0020-\u007e\u0080-\u{10ffff}]*$/u;
const MAX_URL_WORDS = 1;

function key(vkey, type) {
  let read;
  try {
    read = readVkey(vkey);
  } catch (error) {
    if (error instanceof Refusal) refuse('policy_key', `a malformed vkey: ${error.message}`);
    throw error;
  }
  if (read.type !== type) refuse('policy_key', 'a vkey of another type than its line');
  return read;
}

class Policy {
  constructor() {
    this.logs = [];
    /** Cosigners' keys by their name in the policy. */
    this.witnesses = new Map();
    /** Groups as {threshold, members} by their name. */
    this.groups = new Map();
    /** The name asked for; undefined: no cosigner is. */
    this.quorum = undefined;
    this.hasQuorum = false;
    this.memberships = new Set();
    this.keys = new Set();
  }

  once(tag, material) {
    const name = tag + hex(material);
    if (this.keys.has(name)) refuse('policy_duplicate', 'a key defined twice');
    this.keys.add(name);
  }

  define(name) {
    if (name === 'none') refuse('policy_name', 'the name none is taken');
    if (this.witnesses.has(name) || this.groups.has(name)) {
      refuse('policy_duplicate', `${name} is defined twice`);
    }
  }

  needDefined(name) {
    if (!this.witnesses.has(name) && !this.groups.has(name)) {
      refuse('policy_name', `${name} is not defined`);
    }
  }

  log(vkey, ...url) {
    if (vkey === undefined || url.length > MAX_URL_WORDS) refuse('policy_syntax', 'a log line');
    const read = key(vkey, LOG_KEY);
    this.once('log ', read.x);
    this.logs.push(read);
  }

  witness(name, vkey, ...url) {
    if (vkey === undefined || url.length > MAX_URL_WORDS) refuse('policy_syntax', 'a witness line');
    this.define(name);
    const read = key(vkey, COSIGNER_KEY);
    this.once('witness ', read.x);
    this.witnesses.set(name, read);
  }

  group(name, threshold, ...members) {
    if (members.length === 0) refuse('policy_syntax', 'a group without members');
    this.define(name);
    for (const member of members) {
      this.needDefined(member);
      if (this.memberships.has(member)) refuse('policy_member', `${member} is a member already`);
      this.memberships.add(member);
    }
    const named = { any: 1, all: members.length };
    const count = Object.hasOwn(named, threshold)
      ? named[threshold]
      : /^[1-9][0-9]{0,8}$/.test(threshold)
        ? Number(threshold)
        : 0;
    if (count < 1 || count > members.length) refuse('policy_threshold', `of the group ${name}`);
    this.groups.set(name, { threshold: count, members });
  }

  demand(name, ...rest) {
    if (name === undefined || rest.length > 0) refuse('policy_syntax', 'a quorum line');
    if (this.hasQuorum) refuse('policy_quorum', 'two quorum lines');
    this.hasQuorum = true;
    if (name === 'none') return;
    this.needDefined(name);
    this.quorum = name;
  }
}

/** The policy of a text; the empty text asks for no cosigner. @throws {Refusal} policy_* */
export function readPolicy(text) {
  const policy = new Policy();
  if (text === '') return policy;
  if (text.length > MAX_CHARACTERS) refuse('policy_limit', 'a policy that is too large');
  if (!ALLOWED.test(text) || !text.endsWith('\n')) refuse('policy_syntax', 'not lines of text');
  for (const line of text.slice(0, -1).split('\n')) {
    const [word, ...words] = line.split(/[\t ]+/).filter((item) => item !== '');
    if (word === undefined || word.startsWith('#')) continue;
    if (word === 'log') policy.log(...words);
    else if (word === 'witness') policy.witness(...words);
    else if (word === 'group') policy.group(...words);
    else if (word === 'quorum') policy.demand(...words);
    else refuse('policy_syntax', `a line that begins with ${word}`);
  }
  if (!policy.hasQuorum) refuse('policy_quorum', 'no quorum line');
  return policy;
}

/**
 * The greatest time at which the cosignatures meet the quorum; undefined where none is demanded.
 * @param {Map<string, bigint>} times of verified cosignatures, by name in the policy
 * @throws {Refusal} policy_unsatisfied
 */
export function cosignedTime(policy, times) {
  if (policy.quorum === undefined) return undefined;
  const found = new Map(times);
  // Groups stand behind their members, so each needs to be seen once.
  for (const [name, { threshold, members }] of policy.groups) {
    const known = members.filter((member) => found.has(member)).map((member) => found.get(member));
    known.sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
    if (known.length >= threshold) found.set(name, known[threshold - 1]);
  }
  return found.get(policy.quorum) ?? refuse('policy_unsatisfied', 'the head lacks cosignatures');
}
