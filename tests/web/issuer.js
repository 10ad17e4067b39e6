// A register in the test's hands: makes keys, signs tokens, builds the log and the state tree, and
// hands out evidence, honest or not. It hashes and signs with node:crypto alone, and builds trees
// from the top down as RFC 6962 defines them, so that it shares nothing with the verifier.

import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';

const sha256 = (...parts) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const b64u = (value) => Buffer.from(value).toString('base64url');
const u64 = (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};
export const leafOf = (bytes) => sha256(Buffer.of(0), bytes);

const split = (count) => {
  let k = 1;
  while (k * 2 < count) k *= 2;
  return k;
};

export function root(leaves) {
  if (leaves.length === 0) return sha256('');
  if (leaves.length === 1) return leaves[0];
  const k = split(leaves.length);
  return sha256(Buffer.of(1), root(leaves.slice(0, k)), root(leaves.slice(k)));
}

export function inclusion(leaves, index) {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return index < k
    ? [...inclusion(leaves.slice(0, k), index), root(leaves.slice(k))]
    : [...inclusion(leaves.slice(k), index - k), root(leaves.slice(0, k))];
}

/** An Ed25519 key made from a name, so that every run makes the same one. */
export function ed25519(name) {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  const der = Buffer.concat([prefix, sha256(`key of ${name}`)]);
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(secret).export({ format: 'jwk' });
  const jwk = { crv: 'Ed25519', kty: 'OKP', x };
  return keyOf(jwk, 'Ed25519', (message) => sign(null, message, secret));
}

/** A P-256 key of a secret. */
export function p256(secret) {
  const { x, y } = createPublicKey(secret).export({ format: 'jwk' });
  const jwk = { crv: 'P-256', kty: 'EC', x, y };
  const how = { key: secret, dsaEncoding: 'ieee-p1363' };
  return keyOf(jwk, 'ES256', (message) => sign('sha256', message, how));
}

function keyOf(jwk, alg, signs) {
  const names = Object.keys(jwk).sort();
  const json = `{${names.map((name) => `"${name}":"${jwk[name]}"`).join()}}`;
  return { jwk, alg, kid: b64u(sha256(json)), sign: signs, raw: Buffer.from(jwk.x, 'base64url') };
}

/** The vkey of an Ed25519 key. */
export function vkey(name, key, type = 1) {
  const material = Buffer.concat([Buffer.of(type), key.raw]);
  const id = sha256(`${name}\n`, material).subarray(0, 4);
  return { id, text: `${name}+${id.toString('hex')}+${material.toString('base64')}` };
}

const noteLine = (name, id, signature) =>
  `\u2014 ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`;

export const DAY_MS = 86400000;

export class Register {
  constructor({ origin = 'register.example/demo', startMs = Date.UTC(2015, 0, 1) } = {}) {
    this.origin = origin;
    this.clockMs = startMs;
    this.logKey = ed25519('log');
    this.entries = [];
    this.subjects = [];
    this.nonce = 0;
    this.regulator = { number: 0, key: ed25519('regulator') };
  }

  /** Moves the clock forward to a time, or by one millisecond. */
  at(timeMs = this.clockMs + 1) {
    this.clockMs = Math.max(this.clockMs, timeMs);
    return this;
  }

  disclose(slots) {
    const personal = {};
    const disclosures = [];
    for (const [name, value] of Object.entries(slots)) {
      this.nonce += 1;
      const salt = b64u(sha256(`salt ${this.nonce}`)).slice(0, 22);
      const disclosure = b64u(JSON.stringify([salt, 'value', value]));
      personal[name] = { _sd: [b64u(sha256(disclosure))] };
      disclosures.push(disclosure);
    }
    return { personal, disclosures };
  }

  /**
   * Logs an event. `by` {number, key}; `sub` a number, absent in a creation. `edit` may change the
   * payload before it is signed; `header`, `subjects`, `token` replace what would be made.
   */
  log(type, { by = this.regulator, sub, claims = {}, slots, edit, ...how } = {}) {
    this.nonce += 1;
    const key = how.key ?? by.key;
    const payload = {
      iss: `https://${this.origin}/o/${by.number}`,
      aud: this.origin,
      vct: `urn:bonafide:${type}:v1`,
      jti: b64u(sha256(`jti ${this.nonce}`)).slice(0, 22),
      iat: Math.floor(this.clockMs / 1000),
      ...(sub === undefined ? {} : { sub, anchor: this.subjects[sub][0].id }),
      ...claims,
    };
    let disclosures = [];
    if (slots) {
      const made = this.disclose(slots);
      Object.assign(payload, { personal: made.personal, _sd_alg: 'sha-256' });
      disclosures = made.disclosures;
    }
    // What an edit reaches into may be shared between tests.
    if (edit) edit(Object.assign(payload, structuredClone(payload)));
    const header = how.header ?? { alg: key.alg, kid: key.kid, typ: 'dc+sd-jwt' };
    const input = how.input ?? `${b64u(JSON.stringify(header))}.${b64u(JSON.stringify(payload))}`;
    const signature = how.signature ?? key.sign(Buffer.from(input));
    return this.append({
      type, payload, disclosures, id: b64u(sha256(input)), token: `${input}.${b64u(signature)}`,
      subjects: how.subjects ?? this.subjectsOf(type, payload),
    });
  }

  subjectsOf(type, { sub, other }) {
    const own = sub ?? this.subjects.length;
    if (type === 'scheme') return [own, 0];
    return type === 'same-person' ? [own, other] : [own];
  }

  append(entry) {
    const index = this.entries.length;
    const head = Buffer.concat([Buffer.of(1), u64(index), u64(this.clockMs)]);
    const body = [Buffer.of(entry.subjects.length), ...entry.subjects.map(u64)];
    const bytes = Buffer.concat([head, ...body, Buffer.from(entry.token)]);
    const logged = { ...entry, index, timeMs: this.clockMs, bytes, leaf: leafOf(bytes) };
    this.entries.push(logged);
    for (const number of entry.subjects) (this.subjects[number] ??= []).push(logged);
    this.at();
    return { ...logged, number: entry.subjects[0] };
  }

  /** Logs the genesis with one key. */
  genesis(claims = {}) {
    return this.log('genesis', {
      claims: {
        name: 'Example Regulator', keys: [this.regulator.key.jwk], origin: this.origin,
        log_key: vkey(this.origin, this.logKey).text, max_head_gap_s: 3600, ...claims,
      },
    });
  }

  /** Logs an organisation with a key of its own. */
  organisation(kind, name, { by, recognition, key = ed25519(name) } = {}) {
    const claims = { kind, name, ...(recognition ? { recognition } : {}), keys: [key.jwk] };
    const { number, id, index } = this.log('organisation', { by, claims });
    return { number, key, id, index, kind, name };
  }

  /** Logs a grant on an organisation. */
  grant(to, power, scope, { by, ...claims } = {}) {
    return this.log('accreditation', {
      by, sub: to.number,
      claims: { power, scope, delegable: false, from: '2015-01-01', ...claims },
    });
  }

  /** Logs a practitioner. */
  practitioner(by, slots) {
    return this.log('practitioner', { by, slots });
  }

  /** The trust file that pins this register. */
  trust(changes = {}) {
    return {
      version: 1, origin: this.origin, log_key: vkey(this.origin, this.logKey).text,
      genesis: this.entries[0].leaf.toString('hex'), policy: '', max_age_s: 600, ...changes,
    };
  }

  /** A head over everything logged, at a time; nothing can be logged under it later. */
  head({ timeMs = this.clockMs, state = {}, cosigners = [] } = {}) {
    const stateLeaves = this.subjects.map((entries, number) =>
      sha256(Buffer.of(0, 3), u64(number), u64(entries.length), root(entries.map((e) => e.leaf))));
    const index = state.index ?? this.entries.length;
    const count = state.count ?? this.subjects.length;
    const stateRoot = state.root ?? root(stateLeaves);
    const stateEntry = Buffer.concat(
      [Buffer.of(2), u64(index), u64(timeMs), u64(count), stateRoot]);
    const leaves = [...this.entries.map((entry) => entry.leaf), leafOf(stateEntry)];
    const lines = [this.origin, leaves.length, root(leaves).toString('base64')];
    const text = `${lines.join('\n')}\n`;
    const { id } = vkey(this.origin, this.logKey);
    let note = `${text}\n${noteLine(this.origin, id, this.logKey.sign(Buffer.from(text)))}`;
    for (const { name, key, timeS } of cosigners) {
      const message = `cosignature/v1\ntime ${timeS}\n${text}`;
      const signature = Buffer.concat([u64(timeS), key.sign(Buffer.from(message))]);
      note += noteLine(name, vkey(name, key, 4).id, signature);
    }
    return { note, text, stateEntry, stateLeaves, leaves, timeMs };
  }

  /** The numbers that a question needs, by the rules of section 7. */
  needed(question) {
    const numbers = new Set([0]);
    for (const number of [question.practitioner, question.at]) {
      if (number !== undefined && number < this.subjects.length) numbers.add(Number(number));
    }
    for (const { type, payload, subjects } of this.subjects[0]) {
      const { treatment, territory } = payload;
      if (type !== 'scheme' || treatment !== question.treatment) continue;
      if (territory === question.territory) numbers.add(subjects[0]);
    }
    for (const number of numbers) {
      for (const { payload, unknown } of this.subjects[number]) {
        const type = payload.vct.split(':')[2];
        numbers.add(Number(payload.iss.split('/').pop()));
        if (unknown && payload.sub !== undefined) numbers.add(payload.sub);
        if (type === 'same-person') numbers.add(payload.sub).add(payload.other);
        if (payload.issuer?.number !== undefined) numbers.add(payload.issuer.number);
        if (type === 'accreditation' && payload.insurer !== undefined) numbers.add(payload.insurer);
      }
    }
    return [...numbers].sort((a, b) => a - b);
  }

  /** One subject as evidence shows it. */
  subject(number, head) {
    const entries = this.subjects[number];
    const frames = entries.map(({ bytes }) => {
      return Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 255), bytes]);
    });
    const own = entries.filter((entry) => entry.subjects[0] === number);
    return {
      number: String(number),
      entries: Buffer.concat(frames).toString('base64'),
      disclosures: own.flatMap((entry) => entry.disclosures.map((each) => `${each}~`)).join(''),
      proof: Buffer.concat(inclusion(head.stateLeaves, number)).toString('base64'),
    };
  }

  /** The Evidence message, in proto3 JSON as an object with every field. */
  evidence(question, head = this.head(), numbers = this.needed(question)) {
    const last = head.leaves.length - 1;
    return {
      version: 1,
      checkpoint: head.note,
      stateEntry: head.stateEntry.toString('base64'),
      stateInclusion: Buffer.concat(inclusion(head.leaves, last)).toString('base64'),
      subjects: numbers.map((number) => this.subject(number, head)),
    };
  }

  /** The evidence file of a question. */
  file(question, head, numbers) {
    return fileOf(question, this.evidence(question, head, numbers));
  }
}

const ORDER = [
  'practitioner', 'treatment', 'territory', 'on', 'claimOn', 'at', 'under18', 'knownAtMs',
];

/** The file form: defaults left out, fields in the order of their numbers. */
export function fileOf(question, evidence) {
  const asked = {};
  for (const name of ORDER) {
    const value = question[name];
    if (value === undefined || value === false || value === '') continue;
    if (name === 'practitioner' && Number(value) === 0) continue;
    asked[name] = value === true || typeof value === 'string' ? value : String(value);
  }
  const subjects = evidence.subjects.map((subject) =>
    Object.fromEntries(
      Object.entries(subject).filter(([, value]) => value !== '' && value !== '0')));
  return JSON.stringify({ question: asked, evidence: { ...evidence, subjects } });
}
