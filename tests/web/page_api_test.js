// What the page makes of answers that are none (web/register_api.js).

import assert from 'node:assert/strict';
import test from 'node:test';
import { RegisterApi } from '../../web/register_api.js';

async function faultFor(context, status, body) {
  context.mock.method(globalThis, 'fetch', async () => new Response(body, { status }));
  const api = new RegisterApi(new URL('https://register.example/'));
  const fault = await api.bytes('v1/names').then(() => undefined, (error) => error);
  return [fault.code, fault.detail, fault.reason];
}

test('a problem is named by what it says, else by its status', async (context) => {
  for (const [status, body, ...fault] of [
    [404, '{"detail": "nobody", "reason": "unknown"}', 'refused', 'nobody', 'unknown'],
    [404, '{"reason": "unknown"}', 'refused', 'unknown', 'unknown'],
    [500, '{}', 'refused', 'HTTP 500', ''],
    [502, '<h1>Bad Gateway</h1>', 'refused', 'HTTP 502', ''],
    [500, 'null', 'refused', 'HTTP 500', ''],
    [429, '{"detail": "slower"}', 'busy', '', ''],
    [503, '', 'busy', '', ''],
  ]) {
    assert.deepEqual(await faultFor(context, status, body), fault, `${status} ${body}`);
  }
});
