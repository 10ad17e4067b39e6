// What the page asks of a register over HTTP. Nothing that comes back is believed here.

import { formatRegistrationNumber } from './verify/registration_number.js';

const TIMEOUT_MS = 20000;
const MAX_BYTES = 48 * 1024 * 1024;

/** A question that got no answer: `code` unreachable, busy, refused, not_json or too_large. */
export class ApiFault extends Error {
  constructor(code, detail = '', reason = '') {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
    this.reason = reason;
  }
}

async function readBody(response, maxBytes) {
  const parts = [];
  let sizeBytes = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    sizeBytes += value.length;
    if (sizeBytes > maxBytes) {
      reader.cancel();
      throw new ApiFault('too_large');
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

async function problemOf(response) {
  if (response.status === 429 || response.status === 503) return new ApiFault('busy');
  try {
    const body = await readBody(response, 65536);
    const { reason, detail } = JSON.parse(new TextDecoder().decode(body));
    // Words of the server: no more than a line of them.
    const said = String(detail ?? reason ?? `HTTP ${response.status}`).slice(0, 200);
    return new ApiFault('refused', said, String(reason ?? '').slice(0, 64));
  } catch {
    return new ApiFault('refused', `HTTP ${response.status}`);
  }
}

export class RegisterApi {
  /** @param {URL} base where `v1/` is */
  constructor(base) {
    this.base = base;
  }

  /** The address of a resource; parameters that are undefined, false or empty are left out. */
  url(path, query = {}) {
    const url = new URL(path, this.base);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== '' && value !== false) url.searchParams.set(name, value);
    }
    return url;
  }

  /** The bytes of a resource. @throws {ApiFault} */
  async bytes(path, query, { maxBytes = MAX_BYTES, cache = 'default' } = {}) {
    const signal = AbortSignal.timeout?.(TIMEOUT_MS);
    try {
      const how = { cache, signal, credentials: 'omit', referrerPolicy: 'no-referrer' };
      const response = await fetch(this.url(path, query), how);
      if (!response.ok) throw await problemOf(response);
      return await readBody(response, maxBytes);
    } catch (error) {
      throw error instanceof ApiFault ? error : new ApiFault('unreachable', error.message);
    }
  }

  async json(path, query) {
    const bytes = await this.bytes(path, query, { cache: 'no-cache' });
    try {
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      throw new ApiFault('not_json');
    }
  }

  /** The evidence file for a question: exactly the bytes to save. @throws {ApiFault} */
  evidence({ practitioner, treatment, territory, on, claimOn, at, under18 }, cache) {
    const path = `v1/practitioners/${formatRegistrationNumber(practitioner)}/evidence`;
    const query = { treatment, territory, on, claim_on: claimOn, under_18: under18 };
    if (at !== undefined) query.at = String(at);
    return this.bytes(path, query, { cache });
  }

  /** Who bears a name: hints. @throws {ApiFault} */
  names(name, town, pageToken) {
    return this.json('v1/names', { name, town, page_size: 10, page_token: pageToken });
  }

  /** A page of what is filed for a subject. @throws {ApiFault} */
  subject(number, pageToken) {
    const path = `v1/subjects/${formatRegistrationNumber(number)}`;
    return this.json(path, { page_size: 250, page_token: pageToken });
  }

  /** A public paper; whoever asks has to hash it. @throws {ApiFault} */
  paper(sha256) {
    return this.bytes(`v1/papers/${sha256}`);
  }

  /** A consistency proof in base64. @throws {ApiFault} */
  async consistencyProof(first, second) {
    const query = { first_size: String(first), second_size: String(second) };
    const { proof = '' } = await this.json('v1/log/consistency-proof', query);
    return proof;
  }
}
