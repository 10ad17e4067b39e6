// The OpenAPI description that a running front serves: its operations, and what their parameters
// and answers may be by its schemas.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { ask, jsonOf } from './wire.js';

const npm = createRequire(new URL('../../build/npm/', import.meta.url));
const { default: Ajv } = npm('ajv/dist/2020');
const { default: addFormats } = npm('ajv-formats');

const ID = 'https://register.example/openapi.json';
const pointer = (...keys) =>
  keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

// An integer stands in a query as JSON has it, a boolean by its name.
function fromText(text, type) {
  if (type === 'integer') return /^(0|-?[1-9][0-9]*)$/.test(text) ? Number(text) : text;
  if (type === 'boolean') return { true: true, false: false }[text] ?? text;
  return text;
}

/** One operation: what stands under `get` of a path. */
class Operation {
  constructor(ajv, path, described) {
    this.path = path;
    const compile = (...keys) => ajv.compile({ $ref: `${ID}#${encodeURI(pointer(...keys))}` });
    const base = ['paths', path, 'get'];
    this.parameters = (described.parameters ?? []).map((parameter, i) => ({
      ...parameter,
      allows: compile(...base, 'parameters', String(i), 'schema'),
    }));
    this.responses = {};
    for (const [status, { content = {} }] of Object.entries(described.responses)) {
      this.responses[status] = {};
      for (const [type, { schema }] of Object.entries(content)) {
        this.responses[status][type] =
          schema ? compile(...base, 'responses', status, 'content', type, 'schema') : () => true;
      }
    }
  }

  get queryParameters() {
    return this.parameters.filter((parameter) => parameter.in === 'query');
  }

  get pathParameters() {
    return this.parameters.filter((parameter) => parameter.in === 'path');
  }

  /**
   * Whether the description allows these values, of a path by name, and of a query as pairs of
   * names and values, all there are. Undefined where numbers are too large for this schema checker.
   */
  allows(pathValues, query) {
    const names = query.map(([name]) => name);
    if (new Set(names).size !== names.length) return false;
    const given = new Map([...Object.entries(pathValues), ...query]);
    if (this.parameters.some(({ name, required }) => required && !given.has(name))) return false;
    let isSure = true;
    for (const [name, text] of given) {
      const parameter = this.parameters.find((other) => other.name === name);
      if (!parameter) return false;
      const value = fromText(text, parameter.schema.type);
      if (!parameter.allows(value)) return false;
      const isLarge = typeof value === 'number' && !Number.isSafeInteger(value);
      if (isLarge && 'maximum' in parameter.schema) isSure = false;
    }
    return isSure ? true : undefined;
  }

  /**
   * What is wrong with an answer's status, media type and body, by the description.
   * @returns {string|undefined}
   */
  fault({ status, headers, body }) {
    const types = this.responses[status] ?? (status >= 400 ? this.responses.default : undefined);
    if (!types) return `status ${status} is not described`;
    if (Object.keys(types).length === 0) {
      return body.length > 0 ? `status ${status} has a body` : undefined;
    }
    const type = (headers['content-type'] ?? '').split(';')[0];
    const isValid = types[type];
    if (!isValid) return `${type} is none of ${Object.keys(types)}, for status ${status}`;
    if (!/json$/.test(type)) return undefined;
    let value;
    try {
      value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    } catch (error) {
      return `no JSON: ${error.message}`;
    }
    if (isValid(value)) return undefined;
    const { instancePath, message } = isValid.errors[0];
    return `not as its schema says: ${instancePath} ${message}`;
  }
}

/** @returns {Promise<{document: object, operations: Operation[]}>} */
export async function readDescription(register) {
  const answer = await ask(register, '/openapi.json');
  assert.equal(answer.status, 200);
  const document = jsonOf(answer);
  const ajv = new Ajv({ strict: false });
  addFormats(ajv);
  ajv.addSchema(document, ID);
  const operations = Object.entries(document.paths)
    .map(([path, { get }]) => new Operation(ajv, path, get));
  return { document, operations };
}
