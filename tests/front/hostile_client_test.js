// Clients of the front that are malformed, confused, slow or many, against the real program. What
// holds of all of them: they are refused or closed, nothing is answered that was not asked, and
// others are served. Times are only ever bounded from above, and generously.

import assert from 'node:assert/strict';
import http2 from 'node:http2';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openRegister } from './register.js';
import { Wire, ask, jsonOf, requestText } from './wire.js';

const LINE = 'GET /checkpoint HTTP/1.1\r\n';
const HOST = 'Host: x\r\n';
const GET = `${LINE}${HOST}\r\n`;
const HEADER_BYTES = 8192;
const FIELDS = 64;
const TARGET_BYTES = 4096;
const PER_ADDRESS = 64;

let register;
before(async () => {
  register = await openRegister({
    handshake_timeout_ms: 1500, http_header_ms: 1500, http_idle_s: 1, http_write_ms: 1500,
    http_connections_per_address: PER_ADDRESS,
  });
});
after(() => register?.stop());

/** All answers to some bytes, and whether the connection was ended after them. */
async function say(bytes, options) {
  const wire = await Wire.open(register, options);
  try {
    wire.send(bytes);
    const answers = [];
    for (let answer; (answer = await wire.answer());) answers.push(answer);
    return answers;
  } finally {
    wire.close();
  }
}

async function assertServed(from) {
  const wire = await Wire.open(register, { from });
  wire.send(GET);
  assert.equal((await wire.answer()).status, 200);
  wire.close();
}

/** What comes until the other side ends the connection, which it has to. */
async function assertEnded(wire) {
  const bytes = await wire.rest();
  wire.close();
  return bytes;
}

/** One answer, a refusal, and the end: what stands behind it is never read as a request. */
async function assertRefused(bytes, status, reason) {
  const answers = await say(bytes);
  const shown = JSON.stringify(bytes.slice(0, 80));
  assert.deepEqual(answers.map((answer) => answer.status), [status], shown);
  assert.equal(jsonOf(answers[0]).reason, reason, shown);
  assert.equal(answers[0].headers.connection, 'close', shown);
}

test('what is no request of HTTP/1.1 is refused, and the connection ended', async () => {
  const field = (text) => `${LINE}${HOST}${text}\r\n\r\n${GET}`;
  for (const [bytes, status, reason] of [
    ['nonsense\r\n\r\n', 400, 'request_syntax'],
    ['\x16\x03\x01 again\r\n\r\n', 400, 'request_syntax'],
    ['GET /checkpoint\r\n\r\n', 400, 'request_syntax'],
    ['GET  /checkpoint HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'request_syntax'],
    ['GET /checkpoint  HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'request_syntax'],
    ['GET /a b HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'request_syntax'],
    ['GET /checkpoint HTTP/1.2\r\nHost: x\r\n\r\n', 400, 'request_syntax'],
    ['GET /checkpoint HTTP/2.0\r\nHost: x\r\n\r\n', 400, 'request_syntax'],
    ['GET /checkpoint HTTP/0.9\r\nHost: x\r\n\r\n', 400, 'request_syntax'],
    ['GET /checkpoint http/1.1\r\nHost: x\r\n\r\n', 400, 'request_syntax'],
    ['G\u00cbT /checkpoint HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'request_syntax'],
    ['(GET) /checkpoint HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'request_syntax'],
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00', 400, 'request_syntax'],
    ['GET /checkpoint HTTP/1.1\nHost: x\n\n', 400, 'request_syntax'],
    [`${LINE}Host: x\nEvil: y\r\n\r\n`, 400, 'request_syntax'],
    [`${LINE}Host: x\rEvil: y\r\n\r\n`, 400, 'request_syntax'],
    [field('Host : x'), 400, 'request_syntax'],
    [`${LINE} X: y\r\n${HOST}\r\n${GET}`, 400, 'request_syntax'],
    [field('X y'), 400, 'request_syntax'],
    [field(': y'), 400, 'request_syntax'],
    [field('X\x00: y'), 400, 'request_syntax'],
    [field('X: a\x00b'), 400, 'request_syntax'],
    [field('X: a\x01b'), 400, 'request_syntax'],
    [field('\u00c4: y'), 400, 'request_syntax'],
    [`${LINE}\r\n`, 400, 'header_host'],
    [`${LINE}${HOST}${HOST}\r\n`, 400, 'header_host'],
    [`${LINE}${HOST}Host: other\r\n\r\n${GET}`, 400, 'header_host'],
    [field('host: y'), 400, 'header_host'],
  ]) {
    await assertRefused(bytes, status, reason);
  }
});

test('a body is refused however it is announced, and never read as a request', async () => {
  const chunked = 'Transfer-Encoding: chunked\r\n';
  const smuggled = `0\r\n\r\n${GET}`;
  for (const [fields, reasons] of [
    [`Content-Length: ${GET.length}\r\n`, ['body_unwanted']],
    ['Content-Length: 1\r\n', ['body_unwanted']],
    ['Content-Length: 00\r\n', ['body_unwanted', 'request_syntax']],
    ['Content-Length: +1\r\n', ['request_syntax']],
    ['Content-Length: -1\r\n', ['request_syntax']],
    ['Content-Length: 0x0\r\n', ['request_syntax']],
    ['Content-Length: 1, 1\r\n', ['request_syntax', 'body_unwanted']],
    ['Content-Length: 18446744073709551616\r\n', ['request_syntax']],
    ['Content-Length: 0\r\nContent-Length: 0\r\n', ['body_unwanted', 'request_syntax']],
    ['Content-Length: 0\r\nContent-Length: 5\r\n', ['body_unwanted', 'request_syntax']],
    [chunked, ['body_unwanted']],
    [`Content-Length: 5\r\n${chunked}`, ['request_syntax', 'body_unwanted']],
    [`${chunked}Content-Length: 5\r\n`, ['request_syntax', 'body_unwanted']],
    [`${chunked}${chunked}`, ['request_syntax', 'body_unwanted']],
    ['Transfer-Encoding: gzip, chunked\r\n', ['body_unwanted']],
    ['Transfer-Encoding: chunked, identity\r\n', ['body_unwanted', 'request_syntax']],
    ['Transfer-Encoding: identity\r\n', ['body_unwanted']],
    ['Transfer-Encoding: xchunked\r\n', ['body_unwanted']],
    ['Transfer-Encoding:\r\n', ['body_unwanted', 'request_syntax']],
  ]) {
    for (const verb of ['GET', 'POST', 'HEAD']) {
      const bytes = `${verb} /checkpoint HTTP/1.1\r\n${HOST}${fields}\r\n${smuggled}`;
      const wire = await Wire.open(register);
      wire.send(bytes);
      const answer = await wire.answer(verb);
      const shown = `${verb}, ${JSON.stringify(fields)}`;
      assert.ok([400, 413].includes(answer.status), `${shown}: ${answer.status}`);
      if (answer.body.length > 0) {
        assert.ok(reasons.includes(jsonOf(answer).reason), `${shown}: ${answer.body}`);
      }
      const rest = await assertEnded(wire);
      // A parser that fails knows no verb: only then may a body follow the answer to HEAD.
      assert.doesNotMatch(rest.toString('latin1'), /^HTTP|\nHTTP/, shown);
    }
  }
  const [none, ...others] = await say(
    `${LINE}${HOST}Content-Length: 0\r\n\r\n${LINE}${HOST}Connection: close\r\n\r\n`);
  assert.equal(none.status, 200, 'a body of no bytes is none');
  assert.equal(others.length, 1);
});

test('headers and targets have bounds', async () => {
  const sized = (bytes) => {
    const fixed = `${LINE}${HOST}Connection: close\r\nX: \r\n\r\n`.length;
    return `${LINE}${HOST}Connection: close\r\nX: ${'x'.repeat(bytes - fixed)}\r\n\r\n`;
  };
  assert.equal((await say(sized(HEADER_BYTES)))[0].status, 200);
  // The bound is that of the fields; the line before them has one of its own.
  await assertRefused(sized(HEADER_BYTES + 256), 431, 'header_size');
  await assertRefused(`${LINE}${HOST}X: ${'x'.repeat(1 << 20)}`, 431, 'header_size');
  await assertRefused(`GET /${'x'.repeat(1 << 20)}`, 431, 'header_size');
  const counted = (fields) => {
    const names = Array.from({ length: fields - 2 }, (_, i) => `X-${i}: y\r\n`);
    return `${LINE}${HOST}Connection: close\r\n${names.join('')}\r\n`;
  };
  assert.equal((await say(counted(FIELDS)))[0].status, 200);
  await assertRefused(counted(FIELDS + 1), 431, 'header_size');
  const target = (bytes) => `/${'x'.repeat(bytes - 1)}`;
  assert.equal((await ask(register, target(TARGET_BYTES))).status, 404);
  const long = await ask(register, target(TARGET_BYTES + 1));
  assert.equal(long.status, 414);
  assert.equal(jsonOf(long).reason, 'target_size');
  const many = await ask(register, `/checkpoint?${'head=HEAD_NEWEST&'.repeat(100)}`);
  assert.equal(many.status, 400);
});

test('a folded field is one field (RFC 9112, section 5.2)', async () => {
  const { etag } = (await ask(register, '/trust.json')).headers;
  for (const [fields, status] of [
    [`X: y\r\n Content-Length: 5\r\n`, 200], [`If-None-Match: "x",\r\n\t${etag}\r\n`, 304],
    ['Transfer-Encoding:\r\n chunked\r\n', 413], ['Content-Length:\r\n 5\r\n', 413],
  ]) {
    const wire = await Wire.open(register);
    wire.send(`GET /trust.json HTTP/1.1\r\n${HOST}${fields}\r\n`);
    const answer = await wire.answer();
    // To refuse it is right as well.
    assert.ok([status, 400].includes(answer.status), `${JSON.stringify(fields)}: ${answer.status}`);
    wire.close();
  }
});

test('paths that are not plain lead nowhere', async () => {
  for (const path of [
    '/..', '/../', '/../../etc/passwd', '/tile/../checkpoint', '/verify/../index.html',
    '/%2e%2e/checkpoint', '/.%2e/checkpoint', '/%2E/checkpoint', '/./checkpoint', '//checkpoint',
    '/checkpoint/', '//', '/%2fcheckpoint', '/verify%2ftree.js', '/verify%5ctree.js',
    '/checkpoint%00', '/checkpoint%00.js', '/checkpoint%0d%0aX:%20y', '/checkpoint;x=y',
    '/CHECKPOINT', '/checkpoint%20', '/checkpoint.', '/checkpoint#x', '/\\checkpoint',
    '\\checkpoint', 'checkpoint', '*', '?', '/%c0%ae%c0%ae/checkpoint',
    '/%25%32%65%25%32%65/checkpoint', '/index.html/', '/index.html/x', '/web_files.cc',
    '/verify/cli.js', '/package.json', '/README.md', '/v1', '/v1/', '/tile', '/.well-known',
    '/.well-known/jwt-vc-issuer', '/metrics', '/healthz', '/.git/HEAD',
    '//register.example/checkpoint', 'register.example:443', 'https:/checkpoint',
  ]) {
    const answer = await ask(register, path);
    assert.ok([400, 404].includes(answer.status), `${path}: ${answer.status}`);
    assert.equal(answer.headers['content-type'], 'application/problem+json', path);
    assert.equal('location' in answer.headers, false, path);
  }
  for (const [method, target, statuses] of [
    ['CONNECT', 'register.example:443', [405]], ['OPTIONS', '*', [204, 400]], ['TRACE', '/', [405]],
  ]) {
    const answer = await ask(register, target, { method });
    assert.ok(statuses.includes(answer.status), `${method}: ${answer.status}`);
  }
});

test('an absolute target is one too (RFC 9112, section 3.2.2)', async () => {
  for (const scheme of ['https', 'http']) {
    const answer = await ask(register, `${scheme}://register.example/checkpoint`);
    assert.equal(answer.status, 200, String(answer.body));
  }
});

test('a list in several fields is one list (RFC 9110, section 5.3)', async () => {
  const { etag } = (await ask(register, '/trust.json')).headers;
  for (const headers of [
    [`If-None-Match: "x", ${etag}`], [`If-None-Match: ${etag}`, 'If-None-Match: "x"'],
    ['If-None-Match: "x"', `If-None-Match: ${etag}`],
  ]) {
    assert.equal((await ask(register, '/trust.json', { headers })).status, 304, headers.join());
  }
  const headers = ['Accept-Encoding: br', 'Accept-Encoding: gzip'];
  const zipped = await ask(register, '/index.html', { headers });
  assert.equal(zipped.headers['content-encoding'], 'gzip');
});

test('any tag is one a reader may have (RFC 9110, section 13.1.2)', async () => {
  assert.equal((await ask(register, '/trust.json', { headers: ['If-None-Match: *'] })).status, 304);
});

test('an empty line before a request is passed over (RFC 9112, section 2.2)',
  async () => {
    assert.equal((await say(`\r\n${LINE}${HOST}Connection: close\r\n\r\n`))[0].status, 200);
  });

test('a Host that is none is refused (RFC 9112, section 3.2)', async () => {
  for (const host of ['a b', 'a/b', 'x@y', 'a,b', '[::1', 'x:port', '<x>', '\xff']) {
    const [answer] = await say(`${LINE}Host: ${host}\r\nConnection: close\r\n\r\n`);
    assert.equal(answer.status, 400, host);
  }
});

test('requests that come at once are answered in their order', async () => {
  const wire = await Wire.open(register);
  const targets = ['/checkpoint', '/nothing', '/trust.json', '/site.json', '/checkpoint?x=y'];
  const requests = targets.map((target) => requestText('GET', target)).join('');
  for (let i = 0; i < 20; ++i) wire.send(requests);
  for (let i = 0; i < 20; ++i) {
    for (const [target, status] of targets.map((t, k) => [t, [200, 404, 200, 200, 400][k]])) {
      assert.equal((await wire.answer()).status, status, target);
    }
  }
  wire.close();
  const answers = await say(`${GET}${LINE}Host : x\r\n\r\n${GET}`);
  assert.deepEqual(answers.map(({ status }) => status), [200, 400]);
});

test('who does not read what they asked for is dropped', async () => {
  const wire = await Wire.open(register);
  wire.stopReading();
  wire.send(requestText('GET', '/texts/cy.js').repeat(20000));
  await assertServed();
  await wire.closedByOther();
  await assertServed();
});

test('another protocol than TLS on the port of the front is closed', async () => {
  for (const bytes of [GET, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '\x00'.repeat(100), 'SSH-2.0-x\r\n',
    '\x16\x03\x01\xff\xff\x01', '\x80\x2e\x01\x03\x01']) {
    const wire = await Wire.open(register, { plain: true });
    wire.send(bytes);
    assert.doesNotMatch((await assertEnded(wire)).toString('latin1'), /HTTP/);
  }
  const old = Wire.open(register,
    { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
  await assert.rejects(old, 'TLS 1.1');
  await assertServed();
});

test('gRPC and HTTP/2 on the front are closed, HTTP/1.1 on the port of gRPC too', async () => {
  const session = http2.connect(`https://${register.host}:${register.port}`, { ca: register.ca });
  await new Promise((resolve) => {
    session.on('error', resolve);
    session.on('close', resolve);
    const call = session.request({
      ':method': 'POST', ':path': '/bonafide.v1.LookupService/Verify',
      'content-type': 'application/grpc', te: 'trailers',
    });
    call.on('error', resolve);
    call.on('response', () => assert.fail('a response'));
    call.end(Buffer.alloc(5));
  });
  session.destroy();
  await assertServed();
  const grpc = { ...register, port: register.grpcPort };
  for (const options of [{}, { ALPNProtocols: ['http/1.1'] }, { ALPNProtocols: ['h2'] }]) {
    let wire;
    try {
      wire = await Wire.open(grpc, options);
    } catch {
      continue; // no protocol in common: not even a handshake
    }
    wire.send(GET);
    const bytes = await assertEnded(wire);
    assert.doesNotMatch(bytes.toString('latin1'), /HTTP\/1\.1 2/);
  }
  const plain = await Wire.open(grpc, { plain: true });
  plain.send(GET);
  await assertEnded(plain);
  await register.command('search', 'zoe');
});

test('the admin port is plain, small, and closed to TLS', async () => {
  const admin = { ...register, port: register.adminPort };
  const open = () => Wire.open(admin, { plain: true });
  await assert.rejects(Wire.open(admin), 'TLS');
  for (const [bytes, wanted] of [
    ['GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n', /^HTTP\/1\.1 200 /],
    ['POST /healthz HTTP/1.1\r\nHost: x\r\n\r\n', /^HTTP\/1\.1 405 /],
    ['GET /checkpoint HTTP/1.1\r\nHost: x\r\n\r\n', /^HTTP\/1\.1 404 /],
    ['GET /../healthz HTTP/1.1\r\nHost: x\r\n\r\n', /^HTTP\/1\.1 404 /],
    [`GET /healthz HTTP/1.1\r\nX: ${'x'.repeat(HEADER_BYTES)}\r\n\r\n`, /^$/],
    ['POST /healthz HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello', /^(HTTP\/1\.1 4.*)?$/],
    ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', /^$/],
    ['GET /healthz HTTP/1.1\r\n', /^$/],
  ]) {
    const wire = await open();
    wire.send(bytes);
    const [line] = (await assertEnded(wire)).toString('latin1').split('\r\n');
    assert.match(line, wanted, bytes.slice(0, 60));
  }
});

test('connections that do nothing, or not enough, are closed', async () => {
  const started = [
    ['no handshake', () => Wire.open(register, { plain: true })],
    ['half a handshake', async () => {
      const wire = await Wire.open(register, { plain: true });
      wire.send('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03');
      return wire;
    }],
    ['silence', () => Wire.open(register)],
    ['half a line', async () => {
      const wire = await Wire.open(register);
      wire.send('GET /check');
      return wire;
    }],
    ['half a header', async () => {
      const wire = await Wire.open(register);
      wire.send(`${LINE}${HOST}`);
      return wire;
    }],
    ['nothing more after an answer', async () => {
      const wire = await Wire.open(register);
      wire.send(GET);
      assert.equal((await wire.answer()).status, 200);
      return wire;
    }],
    ['half a header, and the end', async () => {
      const wire = await Wire.open(register);
      wire.send(LINE);
      wire.end();
      return wire;
    }],
  ];
  const wires = await Promise.all(started.map(([, start]) => start()));
  for (const [i, wire] of wires.entries()) {
    const bytes = await assertEnded(wire);
    assert.doesNotMatch(bytes.toString('latin1'), /HTTP\/1\.1 2/, started[i][0]);
  }
});

test('who has said all they want is answered still', async () => {
  const wire = await Wire.open(register, { allowHalfOpen: true });
  wire.send(GET);
  wire.end();
  assert.equal((await wire.answer()).status, 200);
  await assertEnded(wire);
});

// Sends a piece at a time until the other side ends it.
async function drip(wire, pieces, pauseMs) {
  for (let i = 0; !wire.ended; ++i) {
    assert.ok(i * pauseMs < 60000, 'it may go on for ever');
    wire.send(pieces(i));
    await pause(pauseMs);
  }
  const bytes = wire.unread;
  wire.close();
  return bytes;
}

test('bytes that drip are no excuse', async () => {
  const hello = Buffer.from('16030102000100', 'hex');
  const [header, target, handshake] = await Promise.all([
    Wire.open(register).then((wire) => {
      wire.send(LINE);
      return drip(wire, (i) => `X-${i}: y\r\n`, 20);
    }),
    Wire.open(register).then((wire) => drip(wire, (i) => (i === 0 ? 'GET /' : 'x'), 20)),
    Wire.open(register, { plain: true }).then((wire) =>
      drip(wire, (i) => hello.subarray(i, i + 1), 200)),
  ]);
  for (const bytes of [header, target, handshake]) {
    assert.doesNotMatch(bytes.toString('latin1'), /HTTP\/1\.1 2/);
  }
});

test('three hundred slow headers do not keep others from their answers', async () => {
  const slow = await Promise.all(Array.from({ length: 300 }, async (_, i) => {
    const wire = await Wire.open(register, { from: `127.0.1.${1 + (i % 10)}` });
    wire.send(LINE);
    return wire;
  }));
  let asked = 0;
  while (slow.some((wire) => !wire.ended)) {
    for (const wire of slow) if (!wire.ended) wire.send('X: y\r\n');
    await assertServed();
    await assertServed('127.0.1.1');
    assert.ok(++asked < 2000, 'they may go on for ever');
    await pause(20);
  }
  for (const wire of slow) wire.close();
  assert.ok(asked > 0);
});

test('one address has so many connections, and no other suffers', async () => {
  const from = '127.0.2.1';
  // Not always is the last one that is opened the last one that arrives.
  const wires = await Promise.all(Array.from({ length: PER_ADDRESS + 6 }, () =>
    Wire.open(register, { plain: true, from }).catch(() => undefined)));
  const open = wires.filter((wire) => wire !== undefined);
  await pause(300);
  const ended = open.filter((wire) => wire.ended).length + wires.length - open.length;
  assert.ok(ended >= 6, `${ended} of ${wires.length} were refused`);
  await assert.rejects(Wire.open(register, { from }), 'one too many');
  await assertServed('127.0.2.2');
  await Promise.all(open.map(assertEnded));
  // Their places are free as soon as the front has seen that.
  for (let tries = 0; ; ++tries) {
    try {
      await assertServed(from);
      break;
    } catch (error) {
      if (tries === 100) throw error;
      await pause(50);
    }
  }
});

test('connections that come and go leave the front as it was', async () => {
  for (let round = 0; round < 10; ++round) {
    const wires = await Promise.all(Array.from({ length: 30 }, (_, i) =>
      Wire.open(register, { plain: i % 2 === 0 })));
    for (const [i, wire] of wires.entries()) {
      if (i % 3 === 0) wire.send(i % 2 === 0 ? '\x16\x03' : GET);
      wire.reset();
    }
  }
  await assertServed();
  assert.deepEqual(register.log.filter((line) => line.includes('"level":"error"')), []);
});
