// A server that lies: it hands on the page of the real one, and of its data what its lie makes of
// them. What it may not do is sign, which is all that the page relies on.

import { once } from 'node:events';
import https from 'node:https';

// Of the real server's limits each liar has its own, as another address on the loopback.
let addresses = 1;

const PASSED_ON = ['content-type', 'content-security-policy', 'location', 'cache-control', 'etag'];

export class HostileServer {
  /** @param {{base, tls}} demo as startDemo gives it */
  static async open({ base, tls }) {
    const server = new HostileServer(base, tls);
    server.listener.listen(0, '127.0.0.1');
    await once(server.listener, 'listening');
    server.base = `https://127.0.0.1:${server.listener.address().port}`;
    return server;
  }

  constructor(upstream, { ca, cert, key }) {
    this.upstream = upstream;
    addresses += 1;
    this.agent = new https.Agent({ ca, keepAlive: true, localAddress: `127.0.0.${addresses}` });
    this.listener = https.createServer({ cert, key }, (request, response) =>
      this.serve(request, response).catch(() => response.destroy()));
    // A test that failed may not have closed it.
    this.listener.unref();
    this.listener.on('connection', (socket) => socket.unref());
    /**
     * What becomes of data: (path, honest) => {status?, headers?, body} or 'cut', where path is
     * behind `v1/` and honest(path) fetches that from the real server. Undefined: the truth.
     */
    this.lie = undefined;
  }

  /** Tells the truth from now on. */
  repent() {
    this.lie = undefined;
  }

  /** What the real server answers: {status, headers, body}. */
  async honest(path) {
    const request = https.get(`${this.upstream}${path}`, { agent: this.agent });
    request.on('socket', (socket) => socket.unref());
    const [response] = await once(request, 'response');
    const parts = [];
    for await (const part of response) parts.push(part);
    const { statusCode: status, headers } = response;
    return { status, headers, body: Buffer.concat(parts) };
  }

  async answer(url) {
    const [, path] = /^\/(v1\/.*|trust\.json)$/.exec(url) ?? [];
    const lie = path && await this.lie?.(path, (other = path) => this.honest(`/${other}`));
    if (!lie) return this.honest(url);
    if (lie === 'cut') return lie;
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
    return { status: 200, ...lie, headers: { ...headers, ...lie.own } };
  }

  async serve({ url }, response) {
    const answer = await this.answer(url);
    if (answer === 'cut') {
      response.destroy();
      return;
    }
    for (const [name, value] of Object.entries(answer.headers)) {
      if (PASSED_ON.includes(name) || name in (answer.own ?? {})) response.setHeader(name, value);
    }
    response.writeHead(answer.status, { 'content-length': answer.sizeBytes ?? answer.body.length });
    // A length that promises more than there is: the connection ends before it.
    if (answer.sizeBytes) response.write(answer.body, () => response.destroy());
    else response.end(answer.body);
  }

  async close() {
    this.listener.close();
    this.listener.closeAllConnections();
    this.agent.destroy();
  }
}
