// A server that lies to somebody who had a true answer on the screen: COULD NOT CHECK takes its
// place, in red, and nothing is left that could be taken for an answer.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makeWorld } from '../web/world.js';
import { asked, edited, flipped, hide, oneByteChanged, rewrite } from './lies.js';
import { refused } from './refused.js';
import { Scene } from './scene.js';

const PROVES_NOTHING = /The evidence does not prove an answer/;

describe('a hostile server', () => {
  const scene = new Scene();
  let reader;
  before(async () => {
    await scene.open();
    reader = await scene.deceived();
    await reader.opens();
    await reader.formIsReady();
  });
  after(async () => {
    try {
      await reader?.leaves(/Failed to load resource/);
    } finally {
      await scene.close();
    }
  });

  // The lie is about the evidence for `number`; `make` gets the honest answer to it.
  async function lies(number, make) {
    scene.server.repent();
    await reader.asks({ person: scene.yes });
    await reader.sees('#outcome', 'YES');
    await reader.page.waitForSelector('.photo img');
    scene.server.lie = async (path, honest) =>
      (path.includes('/evidence') ? make(honest, path) : undefined);
    await reader.asks({ person: number });
    return refused(reader);
  }
  const body = async (honest, change) => ({ body: await change((await honest()).body) });
  const subject = (change) => (honest) =>
    body(honest, (file) => edited(file, (parsed) => change(asked(parsed), parsed)));
  const forOther = (other) => (path) =>
    path.replace(/practitioners\/[0-9-]+/, `practitioners/${other}`);

  test('without a lie the same path is believed', async () => {
    scene.server.lie = (path, honest) => (path.includes('/evidence')
      ? body(honest, (file) => edited(file, () => {})) : undefined);
    await reader.asks({ person: scene.yes });
    await reader.sees('#outcome', 'YES');
    await reader.asks({ person: scene.suspended });
    await reader.sees('#outcome', 'NO');
  });

  test('another person in the place of the one asked for', async () => {
    const because = await lies(scene.suspended, (honest, path) =>
      honest(forOther(scene.yes)(path)));
    assert.match(because, /answered another question than yours/);
  });

  test('another person under the number asked for', async () => {
    const numbers = [];
    const because = await lies(scene.suspended, async (honest, path) => {
      const { question } = JSON.parse((await honest()).body);
      const { body: file } = await honest(forOther(scene.yes)(path));
      return {
        body: edited(file, (parsed) => {
          const found = asked(parsed);
          numbers.push(found.number);
          found.number = question.practitioner;
          parsed.question = question;
        }),
      };
    });
    assert.equal(numbers.length, 1);
    assert.match(because, PROVES_NOTHING);
  });

  test('a hidden suspension', async () => {
    let hidden = 0;
    const because = await lies(scene.suspended, subject((found) => {
      hidden += hide(found, 'sanction');
    }));
    assert.equal(hidden, 1);
    assert.match(because, PROVES_NOTHING);
  });

  test('a subject left out', async () => {
    const because = await lies(scene.yes, subject((found, { evidence }) => {
      evidence.subjects = evidence.subjects.filter((each) => each !== found);
    }));
    assert.match(because, PROVES_NOTHING);
  });

  test('cover that would not have lapsed, under the signature of the policy that did', async () => {
    let before;
    const because = await lies(scene.numberOf('the cover has lapsed'), subject((found) => {
      rewrite(found, 'insurance', (claims) => {
        before = claims.until;
        claims.until = '2099-12-31';
      });
    }));
    assert.match(before, /^20[0-9-]{8}$/);
    assert.match(because, PROVES_NOTHING);
  });

  const FORGED = {
    'a forged proof of a subject': (found) => { found.proof = flipped(found.proof); },
    'a forged proof of the state': (found, { evidence }) => {
      evidence.stateInclusion = flipped(evidence.stateInclusion, -1);
    },
    'a changed state': (found, { evidence }) => {
      evidence.stateEntry = flipped(evidence.stateEntry, -1);
    },
    'a changed detail': (found) => {
      found.disclosures = `${found.disclosures.slice(0, 9)}_${found.disclosures.slice(10)}`;
    },
    'a forged signature of the head': (found, { evidence }) => {
      evidence.checkpoint = evidence.checkpoint.replace(/[^ ]+\n$/, (line) =>
        `${flipped(line.trim(), -1)}\n`);
    },
    'a head of another size': (found, { evidence }) => {
      evidence.checkpoint = evidence.checkpoint.replace(/\n([0-9]+)\n/, (_, size) =>
        `\n${Number(size) + 1}\n`);
    },
  };
  for (const [name, change] of Object.entries(FORGED)) {
    test(name, async () => {
      assert.match(await lies(scene.yes, subject(change)), PROVES_NOTHING);
    });
  }

  test('one byte changed, anywhere', async () => {
    for (const share of [0, 0.003, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999]) {
      const because = await lies(scene.yes, (honest) =>
        body(honest, (file) => oneByteChanged(file, share)));
      assert.match(because, /does not prove an answer|answered another question/, `at ${share}`);
    }
  });

  test('a body that ends too early, and one that is cut off', async () => {
    const half = (file) => file.subarray(0, file.length / 2);
    assert.match(await lies(scene.yes, (honest) => body(honest, half)), PROVES_NOTHING);
    const because = await lies(scene.yes, async (honest) => {
      const { body: file } = await honest();
      return { body: half(file), sizeBytes: file.length };
    });
    assert.match(because, /cannot be reached/);
  });

  test('an answer without evidence', async () => {
    const because = await lies(scene.suspended, () =>
      ({ body: Buffer.from('{"answer": {"outcome": "OUTCOME_YES"}, "outcome": "YES"}') }));
    assert.match(because, PROVES_NOTHING);
    const page = Buffer.from('<!doctype html><h1>YES</h1>');
    assert.match(await lies(scene.suspended, () => ({ body: page })), PROVES_NOTHING);
  });

  test('another register, whose proofs are all right', async () => {
    const { register } = makeWorld();
    const because = await lies(scene.yes, async (honest) => {
      const { question } = JSON.parse((await honest()).body);
      const head = register.head({ timeMs: Date.now() });
      return { body: Buffer.from(register.file({ ...question, practitioner: 6 }, head)) };
    });
    assert.match(because, PROVES_NOTHING);
  });

  test('another picture than the one that was filed', async () => {
    scene.server.lie = (path) => (path.startsWith('v1/papers/')
      ? { body: Buffer.from('another'), own: { 'content-type': 'image/png' } } : undefined);
    await reader.asks({ person: scene.yes });
    await reader.sees('.photo.wrong', 'The server sent another picture than the one that was');
    assert.equal(await reader.page.locator('.photo img').count(), 0);
  });
});
