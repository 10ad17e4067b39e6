// A connection that sends exactly the bytes it is given, and reads answers of HTTP/1.1 strictly.

import net from 'node:net';
import tls from 'node:tls';

const TIMEOUT_MS = 30000;
const HEAD_END = '\r\n\r\n';
const STATUS_LINE = /^HTTP\/1\.[01] ([1-5][0-9]{2}) [ -~]*$/;
const FIELD = /^([A-Za-z0-9-]+): ([\t -~]*)$/;

function readHead(text) {
  const [line, ...fields] = text.split('\r\n');
  const [, status] = STATUS_LINE.exec(line) ?? [];
  if (!status) throw new Error(`not a status line: ${JSON.stringify(line)}`);
  const headers = {};
  for (const field of fields) {
    const [, name, value] = FIELD.exec(field) ?? [];
    if (!name) throw new Error(`not a header field: ${JSON.stringify(field)}`);
    if (name.toLowerCase() in headers) throw new Error(`a second ${name}`);
    headers[name.toLowerCase()] = value;
  }
  return { status: Number(status), headers };
}

/** What Wire.answer and Wire.rest give up with. */
export class Silent extends Error {}

/** A connection; `Wire.open` makes one. */
export class Wire {
  #socket;
  #bytes = Buffer.alloc(0);
  #ended = false;
  #wake = () => {};

  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (data) => {
      this.#bytes = Buffer.concat([this.#bytes, data]);
      this.#wake();
    });
    const end = () => {
      this.#ended = true;
      this.#wake();
    };
    for (const event of ['end', 'close', 'error']) socket.on(event, end);
  }

  /**
   * Connects to the front of a register.
   * @param {{host: string, port: number, ca: string}} register
   * @param {object} [options] `plain`: without TLS; `from`: the address it comes from; others as
   *     of tls.connect
   */
  static open(register, { plain = false, from, ...options } = {}) {
    const { host, port, ca } = register;
    return new Promise((resolve, reject) => {
      const where = { host, port, localAddress: from, ...options };
      const socket = plain ? net.connect(where) : tls.connect({ ca, ...where });
      const wire = new Wire(socket);
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('closed before it was open')));
      socket.once(plain ? 'connect' : 'secureConnect', () => {
        socket.setNoDelay(true);
        resolve(wire);
      });
    });
  }

  /** Whether the other side has ended the connection. */
  get ended() {
    return this.#ended;
  }

  /** What has arrived and was not read yet. */
  get unread() {
    return this.#bytes;
  }

  /** @param {string|Uint8Array} bytes a string as Latin-1: a character is a byte */
  send(bytes) {
    if (!this.#socket.writable) return;
    this.#socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  async #more(until) {
    const left = until - Date.now();
    if (left <= 0) throw new Silent(`nothing more; so far: ${this.#bytes.toString('latin1')}`);
    let timer;
    await new Promise((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, left);
    });
    clearTimeout(timer);
  }

  /**
   * Reads one answer.
   * @param {string} [method] of the request: the answer to HEAD has no body
   * @returns {Promise<{status: number, headers: Object<string, string>, body: Buffer}|undefined>}
   *     names of headers in lower case; undefined when the connection ended without one
   * @throws {Silent}, and other errors for what is no answer
   */
  async answer(method = 'GET') {
    const until = Date.now() + TIMEOUT_MS;
    let end;
    while ((end = this.#bytes.indexOf(HEAD_END)) < 0) {
      if (this.#ended && this.#bytes.length === 0) return undefined;
      if (this.#ended) throw new Error(`ended within a header: ${this.#bytes.toString('latin1')}`);
      await this.#more(until);
    }
    const { status, headers } = readHead(this.#bytes.subarray(0, end).toString('latin1'));
    const bodiless = method === 'HEAD' || status === 204 || status === 304;
    const length = headers['content-length'];
    if (!bodiless && length === undefined) throw new Error('an answer without a length');
    const whole = end + HEAD_END.length + (bodiless ? 0 : Number(length));
    while (this.#bytes.length < whole) {
      if (this.#ended) throw new Error('ended within a body');
      await this.#more(until);
    }
    const body = this.#bytes.subarray(end + HEAD_END.length, whole);
    this.#bytes = this.#bytes.subarray(whole);
    return { status, headers, body };
  }

  /** What comes until the other side ends the connection. Throws Silent when it does not. */
  async rest() {
    const until = Date.now() + TIMEOUT_MS;
    while (!this.#ended) await this.#more(until);
    const bytes = this.#bytes;
    this.#bytes = Buffer.alloc(0);
    return bytes;
  }

  /** Says that nothing more will be sent, and goes on reading. */
  end() {
    this.#socket.end();
  }

  close() {
    this.#socket.destroy();
  }

  /** Ends the connection as a crash would. */
  reset() {
    if (this.#socket.encrypted) this.#socket.destroy();
    else this.#socket.resetAndDestroy();
  }

  /** Takes nothing any more of what comes. */
  stopReading() {
    this.#socket.pause();
  }

  /** Until the other side has dropped a connection that is not read: writing fails. */
  async closedByOther() {
    const until = Date.now() + TIMEOUT_MS;
    while (!this.#ended) {
      this.send('x');
      await this.#more(Math.min(until, Date.now() + 50)).catch(() => {});
      if (Date.now() > until) throw new Silent('it was not closed');
    }
    this.close();
  }
}

/** The text of a request with a Host field. */
export function requestText(method, target, headers = []) {
  const fields = ['Host: register.example', ...headers];
  return `${method} ${target} HTTP/1.1\r\n${fields.join('\r\n')}${HEAD_END}`;
}

/** One request on a connection of its own, or on `wire`. */
export async function ask(register, target, { method = 'GET', headers = [] } = {}) {
  const wire = await Wire.open(register);
  try {
    wire.send(requestText(method, target, headers));
    return await wire.answer(method);
  } finally {
    wire.close();
  }
}

/** The JSON of an answer's body. */
export const jsonOf = (answer) => JSON.parse(answer.body.toString('utf8'));
