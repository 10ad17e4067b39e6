// Thousands of requests made from the front's own description, each answer held against it.
//
//   BONAFIDE_SEED=TEXT   another run than the usual one
//   BONAFIDE_REQUESTS=N  so many for each path, by default 250

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { answerFault } from './answer.js';
import { readDescription } from './description.js';
import { Random, SEED } from './random.js';
import { openRegister } from './register.js';
import { Requests } from './requests.js';
import { goodValues } from './values.js';
import { Wire, ask, jsonOf, requestText } from './wire.js';

const EACH = Number(process.env.BONAFIDE_REQUESTS ?? 250);
// The page's own script reads these queries: the front takes whatever stands there.
const ANY_QUERY = /^\/(\?|index\.html|p\/)/;
// The description may name one spelling of a number that people write in several.
const isSpelled = ({ registration_number: text }) => /^[0-9 -]+$/.test(text ?? '');
// What the front says of values that are malformed in themselves.
const MALFORMED = new Set(['query_unknown', 'query_value', 'query_missing', 'query_twice',
  'target_form', 'question', 'registration_number', 'page_size', 'digest_hex', 'index']);

let register;
const faults = { answer: [], refused: [], taken: [], echo: [], head: [], caching: [] };
const statuses = new Map();
let count = 0;

async function publicPapers() {
  const found = new Set();
  for (const { number } of Object.values(register.story.cases)) {
    const answer = await ask(register, `/v1/subjects/${number}?page_size=250`);
    for (const { disclosures } of jsonOf(answer).evidence.subjects) {
      for (const disclosure of disclosures.split('~').filter((text) => text !== '')) {
        const text = Buffer.from(disclosure, 'base64url').toString('utf8');
        for (const [, digest] of text.matchAll(/"sha256":"([0-9a-f]{64})"/g)) found.add(digest);
      }
    }
  }
  return [...found];
}

/** A connection that is there again when the front has ended it. */
class Line {
  async exchange(method, target, headers) {
    if (!this.wire || this.wire.ended) this.wire = await Wire.open(register);
    this.wire.send(requestText(method, target, headers));
    const answer = await this.wire.answer(method);
    if (!answer || answer.headers.connection === 'close') {
      this.wire.close();
      this.wire = undefined;
    }
    return answer;
  }
}

function note(kind, request, answer, what) {
  const { method, target, headers, operation } = request;
  const shown = target.length > 160 ? `${target.slice(0, 160)}…` : target;
  faults[kind].push({ what: `${operation.path}: ${what}`,
    sample: `${method} ${JSON.stringify(shown)} ${headers.join(' | ')} -> ${answer?.status}` });
}

/** Fails with one of each sort of fault. */
function assertNone(list) {
  const kinds = new Map();
  for (const { what, sample } of list) {
    const { times, first } = kinds.get(what) ?? { times: 0, first: sample };
    kinds.set(what, { times: times + 1, first });
  }
  const lines = [...kinds].map(([what, { times, first }]) => `${what} (${times}×: ${first})`);
  if (lines.length > 0) assert.fail(lines.join('\n'));
}

function assertNoneOf(kind) {
  assertNone(faults[kind]);
}

function judge(request, answer) {
  const { operation, method, target, canary, isAllowed } = request;
  if (!answer) {
    note('answer', request, answer, 'no answer');
    return;
  }
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  const zipped = answer.headers['content-encoding'] === 'gzip';
  const whole = zipped ? { ...answer, body: gunzipSync(answer.body) } : answer;
  const fault = answerFault(request, whole) ??
    (method === 'OPTIONS' && answer.status === 204 ? undefined : operation.fault(whole));
  if (fault) note('answer', request, answer, fault);
  const { location, ...headers } = answer.headers;
  const said = JSON.stringify(headers) + (answer.status >= 400 ? whole.body.toString('utf8') : '');
  if (said.includes(canary)) {
    // Which parameter is not known is said.
    const isName = new RegExp(`[?&][^=&]*${canary}`).test(target);
    if (!isName) note('echo', request, answer, 'a value comes back');
  }
  if (answer.status >= 400 && whole.headers['content-type'] === 'application/problem+json') {
    const { reason, field } = JSON.parse(whole.body);
    if (isAllowed && MALFORMED.has(reason)) {
      note('refused', request, answer, `refused as ${reason}, of ${field ?? 'nothing named'}`);
    }
  } else if (isAllowed === false && !ANY_QUERY.test(target) && !isSpelled(request.path)) {
    note('taken', request, answer, `answered, though it is not allowed: ${request.what}`);
  }
}

const withoutDate = ({ date, ...headers }) => headers;

/** HEAD says what GET does. A head that was signed in between changes both: once more then. */
async function compareHead(line, request, answer) {
  const { target, headers } = request;
  let got = answer;
  for (let tries = 3; tries > 0; --tries) {
    const head = await line.exchange('HEAD', target, headers);
    try {
      assert.equal(head.status, got.status);
      assert.deepEqual(withoutDate(head.headers), withoutDate(got.headers));
      return;
    } catch (error) {
      if (tries === 1) note('head', request, head, error.message.slice(0, 200));
    }
    got = await line.exchange('GET', target, headers);
  }
}

/** What was tagged is not sent again to those who name the tag. */
async function compareTag(line, request, answer) {
  const { etag } = answer.headers;
  for (const tag of [etag, `"x", ${etag}`, etag.replace('W/', '')]) {
    const headers = request.headers.filter((text) => !/^if-none-match:/i.test(text));
    headers.push(`If-None-Match: ${tag}`);
    const again = await line.exchange('GET', request.target, headers);
    if (again.status === 304) {
      if (again.body.length > 0 || again.headers.etag !== etag) {
        note('caching', request, again, 'a 304 with a body or another tag');
      }
    } else if (again.headers.etag === etag) {
      note('caching', request, again, `sent again to one who has ${tag}`);
    }
  }
}

before(async () => {
  register = await openRegister({ log_level: 'debug' });
  const { document, operations } = await readDescription(register);
  assert.equal(document.openapi, '3.1.0');
  const size = Number(String((await ask(register, '/checkpoint')).body).split('\n')[1]);
  const papers = await publicPapers();
  assert.ok(papers.length >= 2, `${papers.length} papers`);
  const line = new Line();
  const random = new Random(SEED);
  const requests = new Requests(random, goodValues(register.story, { papers, size }));
  for (let i = 0; i < EACH; ++i) {
    for (const operation of operations) {
      const request = requests.make(operation);
      const answer = await line.exchange(request.method, request.target, request.headers);
      ++count;
      judge(request, answer);
      if (request.method !== 'GET' || !answer) continue;
      if (i % 5 === 0) await compareHead(line, request, answer);
      if (i % 5 === 1 && answer.headers.etag && answer.status === 200) {
        await compareTag(line, request, answer);
      }
    }
  }
});
after(() => register?.stop());

test('requests of every kind were made', (t) => {
  const counted = [...statuses].sort().map(([status, times]) => `${times} × ${status}`).join(', ');
  t.diagnostic(`seed ${SEED}: ${count} requests: ${counted}`);
  for (const status of [200, 204, 400, 404, 405, 414]) {
    assert.ok(statuses.get(status) > 0, `${status}`);
  }
  assert.ok(statuses.get(200) > count / 10);
});

test('every answer is one that the description names, in the form it names', () => {
  assertNoneOf('answer');
});

test('what the description allows is not refused as malformed', () => {
  assertNoneOf('refused');
});

test('what the description does not allow is refused', () => {
  assertNoneOf('taken');
});

test('no value of a request comes back in a refusal or a header', () => {
  assertNoneOf('echo');
});

test('nothing of a request is in the log or in the metrics', async () => {
  const metrics = await Wire.open({ ...register, port: register.adminPort }, { plain: true });
  metrics.send('GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n');
  const counted = (await metrics.rest()).toString('latin1');
  metrics.close();
  assert.match(counted, /^HTTP\/1\.1 200 /);
  assert.ok(register.log.length > count / 2, `${register.log.length} lines of every call`);
  const mark = /zq[0-9a-f]{12}/;
  assert.deepEqual(register.log.filter((line) => mark.test(line)), []);
  assert.doesNotMatch(counted, mark);
  assert.deepEqual(register.log.filter((line) => line.includes('"level":"error"')), []);
});

test('HEAD is answered with the headers of GET', () => {
  assertNoneOf('head');
});

test('what a reader has is not sent again', () => {
  assertNoneOf('caching');
});
